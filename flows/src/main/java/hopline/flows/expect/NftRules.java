package hopline.flows.expect;

import hopline.decode.Address;
import hopline.decode.IpProtocol;
import hopline.flows.expect.Ruleset.Family;
import hopline.flows.expect.Ruleset.Hook;
import hopline.flows.state.AddressText;
import hopline.flows.state.linux.NftObject;
import hopline.flows.state.text.JsonObject;
import hopline.flows.state.text.JsonValue;
import hopline.flows.state.text.MacText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Makes chains of what `nft -j list ruleset` lists.
final class NftRules {

    private static final Map<String, Integer> PROTOCOLS = Map.of(
            "tcp", IpProtocol.TCP,
            "udp", IpProtocol.UDP,
            "sctp", IpProtocol.SCTP,
            "icmp", IpProtocol.ICMP,
            "ipv6-icmp", IpProtocol.ICMPV6,
            "icmpv6", IpProtocol.ICMPV6);

    private final Ruleset rules;
    private final Map<String, List<JsonValue>> sets = new HashMap<>();

    private NftRules(Ruleset rules) {
        this.rules = rules;
    }

    /// Adds what `objects` hold to `rules`.
    static void add(List<NftObject> objects, Ruleset rules) {
        NftRules nft = new NftRules(rules);
        for (NftObject object : objects) {
            if (object.kind().equals("set") || object.kind().equals("map")) {
                nft.sets.put(
                        object.table() + " " + object.body().text("name"),
                        elements(object.body().get("elem")));
            }
        }
        for (NftObject object : objects) {
            switch (object.kind()) {
                case "chain" -> nft.chain(object);
                case "rule" -> nft.rule(object);
                default -> {}
            }
        }
    }

    private void chain(NftObject object) {
        JsonObject body = object.body();
        String name = object.table() + " " + body.text("name");
        Optional<Hook> hook = hook(body.text("hook"));
        if (hook.isEmpty()
                || object.table().startsWith("bridge ")
                || object.table().startsWith("arp ")) {
            rules.chain(name);
            return;
        }
        rules.add(new Ruleset.Base(
                name,
                family(body.text("family")),
                hook.get(),
                body.number("prio").orElse(0),
                body.text("type").equals("nat"),
                body.text("policy").equals("drop"),
                device(body),
                RuleRef.of("nft chain", name, object.source())));
    }

    private static String device(JsonObject body) {
        List<String> devices = body.texts("dev");
        return devices.isEmpty() ? "" : devices.getFirst();
    }

    private static Family family(String name) {
        return switch (name) {
            case "ip" -> Family.IPV4;
            case "ip6" -> Family.IPV6;
            default -> Family.BOTH;
        };
    }

    private static Optional<Hook> hook(String name) {
        try {
            return name.isEmpty() ? Optional.empty() : Optional.of(Hook.valueOf(name.toUpperCase(Locale.ROOT)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private void rule(NftObject object) {
        JsonObject body = object.body();
        String chain = object.table() + " " + body.text("chain");
        List<Expression> expressions = new ArrayList<>();
        for (JsonObject part : body.objects("expr")) {
            expressions.add(expression(part, object.table()));
        }
        String handle = body.number("handle").isPresent()
                ? " handle " + body.number("handle").getAsInt()
                : "";
        rules.add(chain, new Ruleset.Line(expressions, RuleRef.of("nft rule", chain + handle, object.source())));
    }

    private Expression expression(JsonObject part, String table) {
        String name = part.names().isEmpty() ? "" : part.names().getFirst();
        JsonObject body = part.object(name);
        return switch (name) {
            case "match" -> match(body, table);
            case "jump" -> new Expression.Jump(table + " " + body.text("target"));
            case "goto" -> new Expression.Goto(table + " " + body.text("target"));
            case "accept" -> new Expression.Accept();
            case "drop" -> new Expression.Drop("a rule drops it");
            case "reject" -> new Expression.Drop("a rule rejects it");
            case "return" -> new Expression.Return();
            case "vmap" -> lookup(body, table);
            case "dnat" -> dnat(body);
            case "snat" -> snat(body);
            case "masquerade" -> new Expression.Snat(Optional.empty());
            case "redirect" -> new Expression.Redirect(body.number("port").orElse(-1));
            case "queue" -> new Expression.Unclear("a program decides on it (queue)");
            case "tproxy" -> new Expression.Unclear("a proxy of the node takes it (tproxy)");
            case "fwd", "synproxy" -> new Expression.Unclear("what " + name + " does with it");
            case "xt" -> compatible(body);
            case "mangle" -> mangle(body);
            case "limit" -> new Expression.Sometimes("within its limit");
            case "counter",
                    "log",
                    "comment",
                    "meta",
                    "notrack",
                    "continue",
                    "last",
                    "set",
                    "dup",
                    "flow",
                    "ct timeout",
                    "ct helper",
                    "ct expectation" -> new Expression.Nothing();
            default -> new Tests.Unread(name);
        };
    }

    /// What iptables has a word for and nftables has not: matches are tests, targets do something.
    private static Expression compatible(JsonObject body) {
        String what = body.text("name").isEmpty() ? "an extension of iptables" : body.text("name");
        boolean isTarget = body.text("type").equals("target");
        return isTarget ? new Expression.Unclear("what " + what + " does with it") : new Tests.Unread(what);
    }

    private Expression match(JsonObject body, String table) {
        JsonValue right = body.get("right");
        return values(right, table)
                .map(values -> match(body, right, values))
                .orElseGet(() -> new Tests.Unread(unreadSet(right)));
    }

    private static String unreadSet(JsonValue name) {
        return "the set " + name.text() + ", which was not read";
    }

    private static Expression match(JsonObject body, JsonValue right, List<JsonValue> values) {
        boolean negated = body.text("op").equals("!=");
        JsonObject left = body.object("left");
        JsonObject payload = left.object("payload");
        String key = payload.has("field")
                ? payload.text("protocol") + " " + payload.text("field")
                : left.has("meta")
                        ? "meta " + left.object("meta").text("key")
                        : left.has("ct")
                                ? "ct " + left.object("ct").text("key")
                                : left.has("fib")
                                        ? "fib"
                                        : left.names().isEmpty()
                                                ? ""
                                                : left.names().getFirst();
        return switch (key) {
            case "ip saddr", "ip6 saddr" -> addresses(true, values, negated);
            case "ip daddr", "ip6 daddr" -> addresses(false, values, negated);
            case "ip protocol", "ip6 nexthdr", "meta l4proto" ->
                new Tests.OfNumber("protocol", frame -> frame.headers().protocol(), protocols(values), negated);
            case "tcp dport", "udp dport", "th dport", "sctp dport" ->
                ports(payload.text("protocol"), false, values, negated);
            case "tcp sport", "udp sport", "th sport", "sctp sport" ->
                ports(payload.text("protocol"), true, values, negated);
            case "meta iifname", "meta iif" -> Tests.in(names(values), negated);
            case "meta oifname", "meta oif" -> Tests.out(names(values), negated);
            case "ct state" -> Tests.state(names(values), negated);
            case "meta nfproto", "meta protocol" -> version(values, negated);
            case "ether saddr" -> mac(true, right, negated);
            case "ether daddr" -> mac(false, right, negated);
            case "meta mark" -> new Tests.OfMark(-1, number(right), negated);
            case "&" -> masked(left, right, negated);
            case "fib" -> fib(left.object("fib"), values, negated);
            case "numgen" -> new Expression.Sometimes("by turns");
            default -> new Tests.Unread(key.isEmpty() ? "a test" : key);
        };
    }

    private static Expression fib(JsonObject fib, List<JsonValue> values, boolean negated) {
        boolean isType = fib.text("result").equals("type") && names(values).contains("local");
        return isType ? Tests.local(fib.texts("flags").contains("saddr"), negated) : new Tests.Unread("fib");
    }

    /// The version of IP, as a number of the family or as the frame's type.
    private static Expression version(List<JsonValue> values, boolean negated) {
        Set<String> names = names(values);
        boolean isIpv4 = names.contains("ipv4") || names.contains("ip");
        boolean isIpv6 = names.contains("ipv6") || names.contains("ip6");
        return new Tests.OfFrame(
                "version of IP " + names,
                frame -> frame.headers().source().address().isIpv4() ? isIpv4 : isIpv6,
                negated);
    }

    private static Expression mac(boolean isSource, JsonValue right, boolean negated) {
        return new Tests.OfMac(isSource, MacText.parse(right.text()).orElse(Headers.UNKNOWN_MAC), negated);
    }

    private static Expression masked(JsonObject left, JsonValue right, boolean negated) {
        List<JsonValue> parts = left.get("&").elements();
        boolean isMark = parts.size() == 2
                && parts.getFirst()
                        .object()
                        .map(meta -> meta.object("meta").text("key"))
                        .equals(Optional.of("mark"));
        return isMark
                ? new Tests.OfMark(number(parts.get(1)), number(right), negated)
                : new Tests.Unread("bits of a field");
    }

    private static Expression addresses(boolean isSource, List<JsonValue> values, boolean negated) {
        List<AddressSpan> spans = new ArrayList<>();
        boolean isRead = true;
        for (JsonValue value : values) {
            Optional<AddressSpan> span = span(value);
            isRead &= span.isPresent();
            span.ifPresent(spans::add);
        }
        return isRead ? new Tests.OfAddress(isSource, spans, negated) : new Tests.Unread("an address");
    }

    /// The elements of a set, be it named or written out; a single value stands for itself. Empty for a named set
    /// that was not read.
    private Optional<List<JsonValue>> values(JsonValue right, String table) {
        String text = right.text();
        if (text.startsWith("@")) {
            return Optional.ofNullable(sets.get(table + " " + text.substring(1)));
        }
        Optional<JsonObject> object = right.object();
        if (object.isPresent() && object.get().has("set")) {
            return Optional.of(elements(object.get().get("set")));
        }
        return Optional.of(right instanceof JsonValue.JsonList list ? list.values() : List.of(right));
    }

    /// The values of a set. One that has a counter or a time-out stands in an object of its own.
    private static List<JsonValue> elements(JsonValue set) {
        return set.elements().stream().map(NftRules::plain).toList();
    }

    private static JsonValue plain(JsonValue element) {
        return element.object()
                .filter(object -> object.has("elem"))
                .map(object -> object.object("elem").get("val"))
                .orElse(element);
    }

    private static Optional<AddressSpan> span(JsonValue value) {
        Optional<JsonObject> object = value.object();
        if (object.isEmpty()) {
            return AddressSpan.parse(value.text()).map(List::getFirst);
        }
        JsonObject body = object.get();
        if (body.has("prefix")) {
            JsonObject prefix = body.object("prefix");
            return AddressSpan.parse(
                            prefix.text("addr") + "/" + prefix.number("len").orElse(-1))
                    .map(List::getFirst);
        }
        if (body.has("range")) {
            List<JsonValue> ends = body.get("range").elements();
            return ends.size() == 2
                    ? AddressSpan.parse(
                                    ends.getFirst().text() + "-" + ends.get(1).text())
                            .map(List::getFirst)
                    : Optional.empty();
        }
        return Optional.empty();
    }

    private static List<PortSpan> protocols(List<JsonValue> values) {
        List<PortSpan> spans = new ArrayList<>();
        for (String name : names(values)) {
            Integer known = PROTOCOLS.get(name);
            if (known != null) {
                spans.add(PortSpan.of(known));
            } else {
                PortSpan.parse(name).ifPresent(spans::addAll);
            }
        }
        return spans;
    }

    private static Expression ports(String protocol, boolean isSource, List<JsonValue> values, boolean negated) {
        List<PortSpan> spans = new ArrayList<>();
        boolean isRead = true;
        for (JsonValue value : values) {
            Optional<PortSpan> span = port(value);
            isRead &= span.isPresent();
            span.ifPresent(spans::add);
        }
        return isRead
                ? new Tests.OfPort(isSource, PROTOCOLS.getOrDefault(protocol, -1), spans, negated)
                : new Tests.Unread("a port");
    }

    private static Optional<PortSpan> port(JsonValue value) {
        Optional<JsonObject> object = value.object();
        if (object.isPresent() && object.get().has("range")) {
            List<JsonValue> ends = object.get().get("range").elements();
            return ends.size() == 2
                    ? PortSpan.parse(ends.getFirst().text() + "-" + ends.get(1).text())
                            .map(List::getFirst)
                    : Optional.empty();
        }
        return PortSpan.parse(value.text()).map(List::getFirst);
    }

    private static Set<String> names(List<JsonValue> values) {
        Set<String> names = new HashSet<>();
        values.forEach(value -> names.add(value.text()));
        return names;
    }

    private static int number(JsonValue value) {
        try {
            return Long.decode(value.text()).intValue();
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static Expression dnat(JsonObject body) {
        Optional<Address> to = AddressText.parse(body.text("addr"));
        return to.<Expression>map(address ->
                        new Expression.Dnat(address, body.number("port").orElse(-1)))
                .orElse(new Expression.Unclear("a translation of its destination that is not written out"));
    }

    private static Expression snat(JsonObject body) {
        Optional<Address> to = AddressText.parse(body.text("addr"));
        return to.isPresent()
                ? new Expression.Snat(to)
                : new Expression.Unclear("a translation of its source that is not written out");
    }

    private static Expression mangle(JsonObject body) {
        JsonObject key = body.object("key");
        if (key.object("meta").text("key").equals("mark")) {
            return mark(body.get("value"));
        }
        JsonObject payload = key.object("payload");
        String value = body.get("value").text();
        Optional<Address> address = AddressText.parse(value);
        long mac = MacText.parse(value).orElse(Headers.UNKNOWN_MAC);
        return switch (payload.text("protocol") + " " + payload.text("field")) {
            case "ip saddr" -> write(Expression.Field.SOURCE, address, mac);
            case "ip daddr" -> write(Expression.Field.DESTINATION, address, mac);
            case "ether saddr" -> write(Expression.Field.SOURCE_MAC, Optional.of(Address.ofIpv4(0)), mac);
            case "ether daddr" -> write(Expression.Field.DESTINATION_MAC, Optional.of(Address.ofIpv4(0)), mac);
            default -> new Expression.Nothing();
        };
    }

    private static Expression write(Expression.Field field, Optional<Address> address, long mac) {
        return address.<Expression>map(to -> new Expression.Write(field, to, mac))
                .orElse(new Tests.Unread("a value that is written"));
    }

    private static Expression mark(JsonValue value) {
        Optional<JsonObject> object = value.object();
        if (object.isEmpty()) {
            return new Expression.Mark(0, number(value));
        }
        for (String operator : List.of("|", "^", "&")) {
            List<JsonValue> parts = object.get().get(operator).elements();
            if (parts.size() == 2) {
                int bits = number(parts.get(1));
                return switch (operator) {
                    case "|" -> new Expression.Mark(~bits, bits);
                    case "^" -> new Expression.Mark(-1, bits);
                    default -> new Expression.Mark(bits, 0);
                };
            }
        }
        return new Tests.Unread("a mark that is written");
    }

    private Expression lookup(JsonObject body, String table) {
        JsonValue key = body.get("key");
        JsonValue data = body.get("data");
        return values(data, table)
                .map(entries -> lookup(key, entries, table))
                .orElseGet(() -> new Expression.Unclear(unreadSet(data)));
    }

    private Expression lookup(JsonValue key, List<JsonValue> entries, String table) {
        if (key.object()
                .map(object -> object.has("numgen") || object.has("jhash") || object.has("symhash"))
                .orElse(false)) {
            return new Expression.OneOf(
                    entries.stream().map(entry -> verdict(entry, table)).toList());
        }
        List<String> fields = fields(key);
        if (fields.contains("")) {
            return new Expression.Unclear("it looks up what the packet's headers do not tell");
        }
        Map<List<Object>, Expression> map = new HashMap<>();
        for (JsonValue entry : entries) {
            List<JsonValue> pair = entry.elements();
            List<JsonValue> keys = pair.size() == 2 ? keys(pair.getFirst()) : List.of();
            if (keys.stream().anyMatch(NftRules::isWide)) {
                return new Expression.Unclear("it looks up ranges");
            }
            if (keys.size() == fields.size()) {
                map.put(keys(keys, fields), verdict(entry, table));
            }
        }
        return new Expression.Look(
                frame -> fields.stream().map(field -> field(field, frame)).toList(), map);
    }

    private Expression verdict(JsonValue entry, String table) {
        List<JsonValue> pair = entry.elements();
        Optional<JsonObject> verdict = pair.size() == 2 ? pair.get(1).object() : Optional.empty();
        return verdict.map(object -> expression(object, table)).orElse(new Tests.Unread("a verdict"));
    }

    private static List<String> fields(JsonValue key) {
        Optional<JsonObject> object = key.object();
        if (object.isPresent() && object.get().has("concat")) {
            return object.get().get("concat").elements().stream()
                    .map(NftRules::fieldName)
                    .toList();
        }
        return List.of(fieldName(key));
    }

    private static String fieldName(JsonValue key) {
        JsonObject object = key.object().orElse(new JsonObject(0));
        String field = object.object("payload").text("field");
        if (object.object("ct").text("key").equals("state")) {
            return "state";
        }
        return switch (field.isEmpty() ? object.object("meta").text("key") : field) {
            case "saddr" -> "saddr";
            case "daddr" -> "daddr";
            case "sport" -> "sport";
            case "dport" -> "dport";
            case "l4proto", "protocol" -> "protocol";
            case "iifname" -> "in";
            case "oifname" -> "out";
            case "mark" -> "mark";
            default -> "";
        };
    }

    private static Object field(String field, Frame frame) {
        Headers headers = frame.headers();
        return switch (field) {
            case "saddr" -> headers.source().address();
            case "daddr" -> headers.destination().address();
            case "sport" -> headers.source().port();
            case "dport" -> headers.destination().port();
            case "protocol" -> headers.protocol();
            case "in" -> frame.in();
            case "out" -> frame.out();
            case "state" -> frame.state();
            default -> frame.mark();
        };
    }

    private static List<JsonValue> keys(JsonValue element) {
        JsonValue key = plain(element);
        Optional<JsonObject> object = key.object();
        return object.isPresent() && object.get().has("concat")
                ? object.get().get("concat").elements()
                : List.of(key);
    }

    /// Whether it stands for several values: prefixes and ranges are objects, and names may be open.
    private static boolean isWide(JsonValue value) {
        return value.object().isPresent() || value.text().endsWith("*");
    }

    private static List<Object> keys(List<JsonValue> values, List<String> fields) {
        List<Object> keys = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            keys.add(key(values.get(i).text(), fields.get(i)));
        }
        return keys;
    }

    private static Object key(String text, String field) {
        return switch (field) {
            case "saddr", "daddr" ->
                AddressText.parse(text).<Object>map(address -> address).orElse(text);
            case "protocol" -> PROTOCOLS.getOrDefault(text, -1);
            case "sport", "dport", "mark" -> text.matches("\\d{1,9}") ? Integer.parseInt(text) : -1;
            default -> text;
        };
    }
}
