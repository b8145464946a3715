package hopline.flows.state.vfp;

import hopline.decode.Address;
import hopline.flows.state.Source;
import hopline.flows.state.text.Digits;
import hopline.flows.state.text.JsonObject;
import hopline.flows.state.text.JsonValue;
import hopline.flows.state.text.MacText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Reads what `vfpctrl … /format 1` prints. It holds no backends: those are in the text form alone.
public final class VfpJson {

    private static final int PROTOCOLS = 1;
    private static final int DESTINATION_PORTS = 5;
    private static final int DESTINATION_IPV4 = 11;
    private static final int DESTINATION_IPV6 = 13;

    private static final Map<Integer, String> TYPES = Map.of(
            1,
            "allow",
            2,
            "block",
            3,
            "meter",
            4,
            "nat",
            5,
            "dynnat",
            6,
            "decap",
            17,
            "routeencap",
            20,
            "transposition",
            21,
            "paroute");

    private final String file;
    private final VfpState state;

    /// Reads into `state` what `file` holds.
    public VfpJson(String file, VfpState state) {
        this.file = file;
        this.state = state;
    }

    /// Takes in `object` when it is VFP's; false when it is something else.
    public boolean read(JsonObject object) {
        if (object.has("Ports") && object.objects("Ports").stream().anyMatch(port -> port.has("VmsPortId"))) {
            object.objects("Ports").forEach(this::port);
        } else if (object.has("Layers")) {
            object.objects("Layers").forEach(this::layer);
        } else if (object.has("Groups") && object.objects("Groups").stream().anyMatch(group -> group.has("Rules"))) {
            object.objects("Groups").forEach(group -> group("", group));
        } else if (object.has("Rules") && object.objects("Rules").stream().anyMatch(rule -> rule.has("Conditions"))) {
            object.objects("Rules").forEach(rule -> rule("", "", rule));
        } else if (object.object("InformationArray").has("PortCounters")) {
            object.object("InformationArray").objects("PortCounters").forEach(this::counters);
        } else {
            return false;
        }
        return true;
    }

    private Source at(JsonValue value) {
        return new Source(file, value.line());
    }

    private void port(JsonObject port) {
        state.add(new SwitchPort(
                port.text("Name").toLowerCase(Locale.ROOT),
                port.text("Id"),
                port.number("VmsPortId"),
                "",
                MacText.parse(port.text("MacAddress")),
                "",
                port.number("Mtu"),
                at(port)));
    }

    private static String name(JsonObject object) {
        return object.first("Id", "Name").text();
    }

    private void layer(JsonObject layer) {
        state.add(new VfpLayer("", name(layer), layer.number("Priority"), at(layer)));
        layer.objects("Groups").forEach(group -> group(name(layer), group));
    }

    private void group(String layer, JsonObject group) {
        group.objects("Rules").forEach(rule -> rule(layer, name(group), rule));
    }

    private void rule(String layer, String group, JsonObject rule) {
        Map<String, String> conditions = new LinkedHashMap<>();
        rule.objects("Conditions").forEach(condition -> condition(condition, conditions));
        Map<String, Long> counters = new LinkedHashMap<>();
        for (JsonObject information : rule.objects("InformationArray")) {
            JsonObject counted = information.object("RuleCounters");
            counted.wide("MatchedPackets").ifPresent(count -> counters.put("matched packets", count));
            counted.wide("DroppedPackets").ifPresent(count -> counters.put("dropped packets", count));
            counted.wide("PendingPackets").ifPresent(count -> counters.put("pending packets", count));
            counted.wide("DroppedFlows").ifPresent(count -> counters.put("dropped flows", count));
        }
        String name = rule.text("Name");
        state.add(new VfpRule(
                "",
                layer,
                group,
                group.endsWith("_IN") ? "IN" : group.endsWith("_OUT") ? "OUT" : "",
                name.isEmpty() ? rule.text("Id") : name,
                type(rule.text("Type")),
                rule.number("Priority"),
                conditions,
                List.of(),
                List.of(),
                Map.of(),
                counters,
                at(rule)));
    }

    /// In the words of the text form. That rules have the numbers that the events of VFP use is taken from those.
    private static String type(String text) {
        return Digits.only(text, 2) ? TYPES.getOrDefault(Integer.parseInt(text), text) : text.toLowerCase(Locale.ROOT);
    }

    private static void condition(JsonObject condition, Map<String, String> conditions) {
        switch (condition.number("ConditionType").orElse(0)) {
            case PROTOCOLS -> conditions.put("protocols", list(condition, "ProtocolList"));
            case DESTINATION_PORTS -> conditions.put("destination ports", list(condition, "DestinationPortList"));
            case DESTINATION_IPV4 -> conditions.put("destination ip", range(condition, "DestinationIPv4RangeList"));
            case DESTINATION_IPV6 -> conditions.put("destination ip", range(condition, "DestinationIPv6RangeList"));
            default -> {}
        }
    }

    private static String list(JsonObject condition, String name) {
        return String.join(", ", condition.texts(name));
    }

    private static String range(JsonObject condition, String name) {
        List<String> ranges = new ArrayList<>();
        for (JsonObject range : condition.objects(name)) {
            String low = address(range.text("L"));
            String high = address(range.text("H"));
            ranges.add(low.equals(high) ? low : low + "-" + high);
        }
        return String.join(", ", ranges);
    }

    /// IPv4 addresses may be numbers.
    private static String address(String text) {
        return Digits.only(text, 10)
                ? Address.ofIpv4((int) Long.parseLong(text)).toString()
                : text;
    }

    private void counters(JsonObject counters) {
        String direction = counters.number("Direction").orElse(0) == 1 ? "IN" : "OUT";
        for (int i = 0; i < counters.names().size(); i++) {
            String value = counters.value(i).text();
            if (!value.isEmpty()) {
                String key = counters.names().get(i).toLowerCase(Locale.ROOT);
                state.add(new PortReading("", direction, key, value, at(counters)));
            }
        }
    }
}
