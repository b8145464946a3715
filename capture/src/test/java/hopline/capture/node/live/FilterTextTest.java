package hopline.capture.node.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import hopline.capture.CaptureRecord;
import hopline.capture.LinkType;
import hopline.capture.MissingLibraryException;
import hopline.capture.PacketFilter;
import hopline.capture.node.plan.CapturePlan;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// What the filter lets through is asked of libpcap itself.
class FilterTextTest {

    /// UDP from 172.30.0.11 to .12, port 4789, VNI 4096; inside TCP from 10.42.1.11:41234 to
    /// 10.42.2.21:8080.
    private static final String VXLAN = "02000000000202000000000108004500005a000000004011000"
            + "0ac1e000bac1e000c" + "c00012b500460000" + "0800000000100000"
            + "020000000022020000000011" + "0800" + "4500002800000000400600000a2a010b0a2a0215"
            + "a1121f9000000001000000005002ffff00000000";

    private static final String TCP = "020000000022020000000011" + "0800" + "4500002800000000400600000a2a010b0a2a0215"
            + "a1121f9000000001000000005002ffff00000000";
    private static final String ARP =
            "ffffffffffff020000000011080600010800060400010200000000110a2a010b0000000000000a2a0101";

    record Case(String what, Map<String, List<String>> plan, String packet, boolean passes) {}

    static final List<Case> CASES = List.of(
            new Case("the address", Map.of("address", List.of("10.42.1.11")), TCP, true),
            new Case("another address", Map.of("address", List.of("10.42.1.12")), TCP, false),
            new Case("one of two", Map.of("address", List.of("10.42.1.12", "10.42.2.21")), TCP, true),
            new Case("a range", Map.of("address", List.of("10.42.0.0/16")), TCP, true),
            new Case("port and address", Map.of("address", List.of("10.42.1.11"), "port", List.of("8080")), TCP, true),
            new Case("another port", Map.of("address", List.of("10.42.1.11"), "port", List.of("80")), TCP, false),
            new Case("the protocol", Map.of("protocol", List.of("tcp")), TCP, true),
            new Case("another protocol", Map.of("protocol", List.of("udp")), TCP, false),
            new Case("inside VXLAN", Map.of("address", List.of("10.42.1.11")), VXLAN, true),
            new Case("inside, another", Map.of("address", List.of("10.42.1.12")), VXLAN, false),
            new Case("inside, a range", Map.of("address", List.of("10.42.2.0/24")), VXLAN, true),
            new Case("inside, another range", Map.of("address", List.of("10.42.3.0/24")), VXLAN, false),
            new Case("inside, the port", Map.of("port", List.of("8080")), VXLAN, true),
            new Case("inside, another port", Map.of("port", List.of("8081")), VXLAN, false),
            new Case("inside, IPv6 wanted", Map.of("address", List.of("fd00::1")), VXLAN, false),
            new Case("not inside", Map.of("port", List.of("8080"), "inside-tunnels", List.of("false")), VXLAN, false),
            new Case("ARP in any case", Map.of("address", List.of("10.42.9.9")), ARP, true));

    @ParameterizedTest
    @FieldSource("CASES")
    void letsThroughWhatIsWanted(Case example) throws Exception {
        PacketFilter filter =
                filter(FilterText.of(CapturePlan.of(example.plan()).wanted()));
        byte[] octets = HexFormat.of().parseHex(example.packet());
        CaptureRecord packet = new CaptureRecord();
        packet.set(1, 0, 0, octets.length);
        packet.setOctets(octets, 0, octets.length);

        assertThat(filter.matches(packet, LinkType.ETHERNET)).isEqualTo(example.passes());
    }

    private static PacketFilter filter(String text) throws Exception {
        try {
            return PacketFilter.of(text);
        } catch (MissingLibraryException e) {
            assumeThat(false).as("libpcap is not installed").isTrue();
            throw e;
        }
    }

    @Test
    void isBlankWhenEverythingIsWanted() throws Exception {
        assertThat(FilterText.of(CapturePlan.of(Map.of()).wanted())).isEmpty();
    }
}
