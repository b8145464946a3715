package hopline.decode.redact;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import hopline.capture.CaptureRecord;
import hopline.capture.Octets;
import hopline.decode.Address;
import hopline.decode.Dissector;
import hopline.decode.Layers;
import hopline.decode.Protocol;
import hopline.decode.header.Ipv4Header;
import hopline.decode.header.Ipv6Header;
import java.util.List;

/// Whatever a record of whatever link type holds, it is as long when it is redacted, and at the place of each address
/// stands another.
///
/// The first two octets are the link type; the rest is the record. The seeds beside the test's resources, and what
/// fuzzing found, are run with all tests; `JAZZER_FUZZ=1` fuzzes.
class RedactionFuzzTest {

    private static final int HEADER = 2;
    private static final RedactionKey KEY = RedactionKey.of("fuzz");

    private final AddressPseudonyms addresses = new AddressPseudonyms(KEY, false);
    private final PacketRedaction redaction =
            new PacketRedaction(KEY, addresses, new NamePseudonyms(KEY), false, List.of());
    private final Dissector dissector = new Dissector();
    private final Layers layers = new Layers();

    @FuzzTest(maxDuration = "60s")
    void redact(byte @NotNull [] octets) {
        if (octets.length < HEADER) {
            return;
        }
        int linkType = Octets.wrap(octets, 0, HEADER).u16(0);
        int captured = octets.length - HEADER;
        CaptureRecord record = new CaptureRecord();
        record.set(1, 0, 0, captured);
        record.setOctets(octets, HEADER, captured);

        byte[] redacted = redaction.redact(record, linkType);

        assertThat(redacted).hasSize(captured);
        dissector.dissect(record, linkType, layers);
        for (int layer = 0; layer < layers.count(); layer++) {
            int at = layers.start(layer) - HEADER;
            if (layers.protocol(layer) == Protocol.IPV4) {
                Ipv4Header ip = new Ipv4Header(layers.octets(layer));
                replaced(Address.ofIpv4(ip.source()), ipv4(redacted, at + 12));
                replaced(Address.ofIpv4(ip.destination()), ipv4(redacted, at + 16));
            } else if (layers.protocol(layer) == Protocol.IPV6) {
                Ipv6Header ip = new Ipv6Header(layers.octets(layer));
                replaced(new Address(ip.sourceHigh(), ip.sourceLow()), ipv6(redacted, at + 8));
                replaced(new Address(ip.destinationHigh(), ip.destinationLow()), ipv6(redacted, at + 24));
            }
        }
    }

    private void replaced(Address original, Address redacted) {
        if (!addresses.address(original).equals(original)) {
            assertThat(redacted).isNotEqualTo(original);
        }
    }

    private static Address ipv4(byte[] octets, int at) {
        return Address.ofIpv4(Octets.wrap(octets, at, 4).i32(0));
    }

    private static Address ipv6(byte[] octets, int at) {
        Octets address = Octets.wrap(octets, at, 16);
        return new Address(address.i64(0), address.i64(8));
    }
}
