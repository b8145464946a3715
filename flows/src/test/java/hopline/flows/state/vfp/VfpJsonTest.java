package hopline.flows.state.vfp;

import static org.assertj.core.api.Assertions.assertThat;

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

/// What `vfpctrl … /format 1` prints. Made by hand from the published layout: no real output has been seen.
class VfpJsonTest {

    private static final String RULE =
            """
            { "Id": "r1", "Name": "LB_DSR_1_10.0.0.1_10.96.0.10_53_53_17", "Type": 4, "Priority": 100,
              "Conditions": [
                { "ConditionType": 1, "ProtocolList": [ 17 ] },
                { "ConditionType": 5, "DestinationPortList": [ 53, 54 ] },
                { "ConditionType": 11, "DestinationIPv4RangeList": [ { "L": "10.96.0.10", "H": "10.96.0.20" } ] }
              ],
              "InformationArray": [ { "RuleCounters": { "MatchedPackets": 7, "DroppedPackets": 1, "PendingPackets": 0,
                "DroppedFlows": 2 } } ] }""";

    private final VfpState state = new VfpState();

    private void read(String json) throws IOException {
        TextInput in = TextInput.of(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
        VfpJson reader = new VfpJson("vfp.json", state);
        new JsonReader(in, new Damage("vfp.json"), (object, parent) -> assertThat(reader.read(object))
                        .isTrue())
                .read();
    }

    @Test
    void portsOfTheSwitch() throws IOException {
        read(
                """
                { "Ports": [
                  { "Id": "Container NIC 5d2a", "Name": "5A3F0515-1515-4F15-A015-00ABCDEF0515", "MacAddress": "00155D5AB0B2",
                    "VmsPortId": 7 } ] }""");
        assertThat(state.ports()).singleElement().satisfies(port -> {
            assertThat(port.id()).isEqualTo("5a3f0515-1515-4f15-a015-00abcdef0515");
            assertThat(port.friendlyName()).isEqualTo("Container NIC 5d2a");
            assertThat(port.number()).isEqualTo(OptionalInt.of(7));
            assertThat(port.mac()).isEqualTo(OptionalLong.of(0x00155d5ab0b2L));
            assertThat(port.source().line()).isEqualTo(2);
        });
    }

    @Test
    void aRuleUnderItsLayerAndGroup() throws IOException {
        read("{ \"Layers\": [ { \"Id\": \"LB_DSR\", \"Priority\": 40, \"Groups\": [ { \"Id\": \"LB_DSR_IPv4_OUT\",\n"
                + "\"Rules\": [\n" + RULE + "] } ] } ] }");
        assertThat(state.layers()).singleElement().satisfies(layer -> assertThat(layer.priority())
                .isEqualTo(OptionalInt.of(40)));
        assertThat(state.rules()).singleElement().satisfies(rule -> {
            assertThat(rule.layer()).isEqualTo("LB_DSR");
            assertThat(rule.group()).isEqualTo("LB_DSR_IPv4_OUT");
            assertThat(rule.direction()).isEqualTo("OUT");
            assertThat(rule.type()).isEqualTo("nat");
            assertThat(rule.conditions())
                    .isEqualTo(Map.of(
                            "protocols",
                            "17",
                            "destination ports",
                            "53, 54",
                            "destination ip",
                            "10.96.0.10-10.96.0.20"));
            assertThat(rule.counters())
                    .containsEntry("matched packets", 7L)
                    .containsEntry("dropped packets", 1L)
                    .containsEntry("dropped flows", 2L);
            assertThat(rule.source().line()).isEqualTo(3);
        });
    }

    @Test
    void aGroupOrItsRulesAlone() throws IOException {
        read("{ \"Groups\": [ { \"Id\": \"G_IN\", \"Rules\": [" + RULE + "] } ] }");
        read("{ \"Rules\": [" + RULE + "] }");
        assertThat(state.rules()).extracting(VfpRule::group).containsExactly("G_IN", "");
        assertThat(state.rules()).extracting(VfpRule::direction).containsExactly("IN", "");
    }

    @Test
    void addressesThatAreNumbersAndTypesThatAreWords() throws IOException {
        read("{ \"Rules\": [ { \"Id\": \"block-all\", \"Type\": \"Block\", \"Conditions\": [ { \"ConditionType\": 11,"
                + " \"DestinationIPv4RangeList\": [ { \"L\": 168427521, \"H\": 168427521 } ] },"
                + " { \"ConditionType\": 99 } ] } ] }");
        assertThat(state.rules()).singleElement().satisfies(rule -> {
            assertThat(rule.name()).isEqualTo("block-all");
            assertThat(rule.type()).isEqualTo("block");
            assertThat(rule.conditions()).isEqualTo(Map.of("destination ip", "10.10.0.1"));
        });
    }

    @Test
    void countersOfAPort() throws IOException {
        read("{ \"InformationArray\": { \"PortCounters\": [ { \"Direction\": 0, \"TotalPackets\": 12 },"
                + " { \"Direction\": 1, \"DroppedAcl\": 3 } ] } }");
        assertThat(state.readings())
                .extracting(reading -> reading.direction() + " " + reading.key() + " " + reading.value())
                .contains("OUT totalpackets 12", "IN droppedacl 3");
    }

    @Test
    void whatIsNotOfVfpIsLeftToOthers() throws IOException {
        TextInput in = TextInput.of(
                new ByteArrayInputStream("{\"Ports\": [1], \"Rules\": 7}".getBytes(StandardCharsets.UTF_8)));
        VfpJson reader = new VfpJson("vfp.json", state);
        new JsonReader(in, new Damage("vfp.json"), (object, parent) -> assertThat(reader.read(object))
                        .isFalse())
                .read();
        assertThat(state.isEmpty()).isTrue();
    }
}
