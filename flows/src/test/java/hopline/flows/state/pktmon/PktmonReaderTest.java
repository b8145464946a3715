package hopline.flows.state.pktmon;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.flows.state.Source;
import hopline.flows.state.text.Damage;
import hopline.flows.state.text.JsonReader;
import hopline.flows.state.text.TextInput;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/// What `pktmon list --json` and `pktmon counters --json` print. Made by hand from the published layout: no
/// output of a container host has been seen.
class PktmonReaderTest {

    private final PktmonState state = new PktmonState();
    private final PktmonReader reader = new PktmonReader("pktmon.json", state);

    private void read(String json) throws IOException {
        TextInput in = TextInput.of(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
        new JsonReader(in, new Damage("pktmon.json"), (object, parent) -> assertThat(reader.read(object))
                        .isTrue())
                .read();
    }

    @Test
    void componentsWithTheirProperties() throws IOException {
        read(
                """
                [ { "Group": "vEthernet", "Components": [
                  { "Id": 74, "Name": "cbr0_ep", "Type": "Host vNIC", "Properties": [
                    { "Name": "MAC Address", "Value": "00-15-5D-C5-E2-88" },
                    { "Name": "ifIndex", "Value": 26 },
                    { "Name": "Switch Name", "Value": "cbr0" } ], "Counters": [ { "Name": "Upper" } ] },
                  { "Id": 75, "Name": "WFP Native Filter", "Type": "Filter" } ] } ]""");
        assertThat(state.components()).hasSize(2);
        assertThat(state.components().getFirst()).satisfies(component -> {
            assertThat(component.id()).isEqualTo(OptionalInt.of(74));
            assertThat(component.type()).isEqualTo("Host vNIC");
            assertThat(component.mac()).isEqualTo(OptionalLong.of(0x00155dc5e288L));
            assertThat(component.properties()).containsEntry("ifindex", "26").containsEntry("switch name", "cbr0");
            assertThat(component.source().line()).isEqualTo(2);
        });
        assertThat(state.counters()).isEmpty();
    }

    @Test
    void countersOfFlowsAndDrops() throws IOException {
        read(
                """
                [ { "Group": "External", "Components": [ { "Name": "Ethernet", "Counters": [
                  { "Name": "Lower", "Type": "Flow", "Inbound": { "Packets": 120, "Bytes": 9000 },
                    "Outbound": { "Packets": 80, "Bytes": 7000 } },
                  { "Name": "MacSpoofing", "Type": "Drop", "Inbound": { "Packets": 3, "Bytes": 180 } } ] } ] } ]""");
        assertThat(state.components()).isEmpty();
        assertThat(state.counters())
                .extracting(counter -> counter.component() + " " + counter.name() + " " + counter.isDrop() + " "
                        + counter.packetsIn() + " " + counter.packetsOut())
                .containsExactly("Ethernet Lower false 120 80", "Ethernet MacSpoofing true 3 0");
    }

    private void listed(String... lines) {
        for (int i = 0; i < lines.length; i++) {
            String line = "[00]425C.34D8::2024-04-02 10:27:05.458537400 [Microsoft-Windows-PktMon] " + lines[i];
            assertThat(reader.line(line, i + 1)).as(line).isTrue();
        }
        reader.end();
    }

    /// The end of `etl2txt`'s output, of which the line with the first component's name is not there.
    @Test
    void theLinesOfAComponentAreOne() {
        listed(
                "Property: Component 135, PhysAddress  = 0x00155D3AAA31 ",
                "Property: Component 135, IfIndex  = 26 ",
                "Drop Counters: Component 135, Direction In = Egress , Packets In 0, Bytes In 0, Direction Out ="
                        + " Ingress , Packets Out 0, Bytes Out 0 ",
                "Component 134, Type VmsMiniport , Name vmswitch.sys, cbr0_ep ",
                "Property: Component 134, VmsExtIfIndex  = 16 ",
                "Property: Component 134, PhysAddress  = 0x00155DC5E288 ");
        assertThat(state.components())
                .containsExactly(
                        component(
                                135,
                                "",
                                "",
                                0x00155d3aaa31L,
                                Map.of("physaddress", "0x00155D3AAA31", "ifindex", "26"),
                                1),
                        component(
                                134,
                                "vmswitch.sys, cbr0_ep",
                                "VmsMiniport",
                                0x00155dc5e288L,
                                Map.of("vmsextifindex", "16", "physaddress", "0x00155DC5E288"),
                                4));
    }

    /// A second list, and a component without properties, are components of their own.
    @Test
    void eachLineWithANameBeginsAComponent() {
        listed(
                "Component 134, Type VmsMiniport , Name vmswitch.sys, a ",
                "Component 135, Type Filter , Name wfp, b ",
                "Property: Component 134, IfIndex  = 26 ",
                "Component 134, Type VmsMiniport , Name vmswitch.sys, a ");
        assertThat(state.components())
                .extracting(component -> component.id().getAsInt() + " " + component.name())
                .containsExactly("134 vmswitch.sys, a", "135 wfp, b", "134 ", "134 vmswitch.sys, a");
    }

    private static PktmonComponent component(
            int id, String name, String type, long mac, Map<String, String> properties, int line) {
        return new PktmonComponent(
                OptionalInt.of(id), name, type, OptionalLong.of(mac), properties, new Source("pktmon.json", line));
    }

    @Test
    void neverMoreThanItsBound() {
        for (int i = 0; i <= 100_000; i++) {
            assertThat(reader.line("  " + i % 10 + " 00-15-5D-00-00-01 Adapter", i + 1))
                    .isTrue();
        }
        assertThat(state.components()).hasSize(100_000);
        assertThat(state.isCut()).isTrue();
    }
}
