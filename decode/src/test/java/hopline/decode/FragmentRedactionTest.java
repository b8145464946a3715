package hopline.decode;

import static hopline.decode.Packets.IPV4;
import static hopline.decode.Packets.IPV6;
import static hopline.decode.Packets.ethernet;
import static hopline.decode.Packets.hex;
import static hopline.decode.Packets.ipv4Fragment;
import static hopline.decode.Packets.ipv6;
import static hopline.decode.Packets.join;
import static hopline.decode.Packets.octets;
import static hopline.decode.Packets.tcp;
import static hopline.decode.Packets.u16;
import static hopline.decode.Packets.with;
import static org.assertj.core.api.Assertions.assertThat;

import hopline.capture.CaptureRecord;
import hopline.capture.LinkType;
import hopline.decode.redact.AddressPseudonyms;
import hopline.decode.redact.NamePseudonyms;
import hopline.decode.redact.PacketRedaction;
import hopline.decode.redact.RedactionKey;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Datagrams that were redacted fragment by fragment, put together again: their checksums are right.
class FragmentRedactionTest {

    private static final RedactionKey KEY = RedactionKey.of("test");
    private static final int TCP = 6;
    private static final int ICMPV6 = 58;
    private static final int[] CUTS = {0, 24, 40};

    private final AddressPseudonyms addresses = new AddressPseudonyms(KEY, false);
    private final PacketRedaction redaction =
            new PacketRedaction(KEY, addresses, new NamePseudonyms(KEY), false, List.of());

    @Test
    void aSegmentInFragmentsHasTheRightChecksum() {
        byte[] segment = with(tcp(40_000, 80, octets(73)), 16, "1234");
        byte[] whole = {};
        for (int i = 0; i < CUTS.length; i++) {
            byte[] part = part(segment, i);
            boolean more = i + 1 < CUTS.length;
            byte[] packet = ipv4Fragment("10.0.0.1", "10.0.0.2", TCP, 7, CUTS[i], more, part);
            whole = join(whole, redacted(ethernet(IPV4, packet), part.length));
        }

        assertThat(whole).hasSize(segment.length);
        assertThat(sum(TCP, "10.0.0.1", "10.0.0.2", whole)).isEqualTo(0xffff);
    }

    @Test
    void aPingInFragmentsHasTheRightChecksum() {
        byte[] ping = join(hex("8000 1234 0001 0001"), octets(61));
        byte[] whole = {};
        for (int i = 0; i < CUTS.length; i++) {
            byte[] part = part(ping, i);
            byte[] header = join(hex("3a00"), u16(CUTS[i] | (i + 1 < CUTS.length ? 1 : 0)), hex("00000007"));
            byte[] packet = ipv6("fd00::1", "fd00::2", 44, header, part);
            whole = join(whole, redacted(ethernet(IPV6, packet), part.length));
        }

        assertThat(whole).hasSize(ping.length);
        assertThat(sum(ICMPV6, "fd00::1", "fd00::2", whole)).isEqualTo(0xffff);
    }

    private static byte[] part(byte[] datagram, int fragment) {
        int end = fragment + 1 < CUTS.length ? CUTS[fragment + 1] : datagram.length;
        return Arrays.copyOfRange(datagram, CUTS[fragment], end);
    }

    /// What is left of the last `length` octets.
    private byte[] redacted(byte[] frame, int length) {
        CaptureRecord record = new CaptureRecord();
        record.set(1, 0, 0, frame.length);
        record.setOctets(frame, 0, frame.length);
        byte[] redacted = redaction.redact(record, LinkType.ETHERNET);
        return Arrays.copyOfRange(redacted, redacted.length - length, redacted.length);
    }

    /// The sum of a datagram's words and of those of its pseudo header, 0xffff when the checksum among them is right.
    private int sum(int protocol, String source, String destination, byte[] payload) {
        ByteBuffer words = ByteBuffer.allocate(2 * 16 + 4 + 4 + payload.length + 1);
        put(Address.of(source), words);
        put(Address.of(destination), words);
        words.putInt(payload.length).putInt(protocol).put(payload);
        long sum = 0;
        for (int at = 0; at + 1 < words.capacity(); at += 2) {
            sum += words.getShort(at) & 0xffff;
        }
        while (sum > 0xffff) {
            sum = (sum >>> 16) + (sum & 0xffff);
        }
        return (int) sum;
    }

    private void put(Address original, ByteBuffer words) {
        Address address = addresses.address(original);
        if (address.isIpv4()) {
            words.putInt((int) address.low());
        } else {
            words.putLong(address.high()).putLong(address.low());
        }
    }
}
