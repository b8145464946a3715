package hopline.decode.header;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.capture.Octets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class IcmpHeaderTest {

    record Echo(String what, int version, String octets, boolean request, boolean echo) {

        @Override
        public String toString() {
            return what;
        }
    }

    static final List<Echo> ECHOES = List.of(
            new Echo("ping", 4, "0800 0000 8001 fffe", true, true),
            new Echo("its answer", 4, "0000 0000 8001 fffe", false, true),
            new Echo("a ping of IPv6", 6, "8000 0000 8001 fffe", true, true),
            new Echo("its answer in IPv6", 6, "8100 0000 8001 fffe", false, true),
            new Echo("IPv6's number in IPv4", 4, "8000 0000 8001 fffe", false, false),
            new Echo("IPv4's number in IPv6", 6, "0800 0000 8001 fffe", false, false));

    @ParameterizedTest
    @FieldSource("ECHOES")
    void echoes(Echo expected) {
        IcmpHeader header = new IcmpHeader(expected.version(), Octets.ofHex(expected.octets()));

        assertThat(header.isEchoRequest()).isEqualTo(expected.request());
        assertThat(header.isEcho()).isEqualTo(expected.echo());
        assertThat(header.identifier()).isEqualTo(0x8001);
        assertThat(header.sequenceNumber()).isEqualTo(0xfffe);
    }

    @Test
    void errorsAreToldByTheirTypes() {
        assertThat(IntStream.range(0, 256).filter(type -> header(4, type).isError()))
                .containsExactly(3, 4, 5, 11, 12);
        assertThat(IntStream.range(0, 256).filter(type -> header(6, type).isError()))
                .containsExactly(1, 2, 3, 4);
    }

    private static IcmpHeader header(int version, int type) {
        byte[] octets = new byte[8];
        octets[0] = (byte) type;
        return new IcmpHeader(version, Octets.wrap(octets));
    }

    record TooBig(String what, int version, String octets, boolean tooBig, int mtu) {

        @Override
        public String toString() {
            return what;
        }
    }

    static final List<TooBig> TOO_BIG = List.of(
            new TooBig("fragmentation needed", 4, "0304 0000 0000 0582", true, 1_410),
            new TooBig("an old router's", 4, "0304 0000 0000 0000", true, 0),
            new TooBig("port unreachable", 4, "0303 0000 0000 0000", false, 0),
            new TooBig("packet too big", 6, "0200 0000 0000 0514", true, 1_300),
            new TooBig("IPv6's port unreachable", 6, "0104 0000 0000 0000", false, 0));

    @ParameterizedTest
    @FieldSource("TOO_BIG")
    void pathMtu(TooBig expected) {
        IcmpHeader header = new IcmpHeader(expected.version(), Octets.ofHex(expected.octets()));

        assertThat(header.isPacketTooBig()).isEqualTo(expected.tooBig());
        assertThat(header.nextHopMtu()).isEqualTo(expected.mtu());
    }

    @Test
    void neighborMessagesNameATarget() {
        String solicitation = "8700 0000 00000000 fe800000000000000200fffe00000001";

        IcmpHeader header = new IcmpHeader(6, Octets.ofHex(solicitation));

        assertThat(header.isNeighborMessage()).isTrue();
        assertThat(header.targetHigh()).isEqualTo(0xfe80_0000_0000_0000L);
        assertThat(header.targetLow()).isEqualTo(0x0200_fffe_0000_0001L);
        assertThat(new IcmpHeader(6, Octets.ofHex(solicitation).truncatedTo(23)).isNeighborMessage())
                .as("cut short")
                .isFalse();
        assertThat(new IcmpHeader(4, Octets.ofHex(solicitation)).isNeighborMessage())
                .as("in IPv4")
                .isFalse();
    }

    @Test
    void typeAndCode() {
        IcmpHeader header = new IcmpHeader(4, Octets.ofHex("ff80 0000 0000 0000"));

        assertThat(header.type()).isEqualTo(255);
        assertThat(header.code()).isEqualTo(128);
    }
}
