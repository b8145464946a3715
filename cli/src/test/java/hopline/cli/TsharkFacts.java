package hopline.cli;

import hopline.decode.dns.DnsNames;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/// What tshark 4.0 said about a capture, by the names that `info --format json` gives the same things.
final class TsharkFacts {

    /// Our names for protocols, and tshark's.
    private static final Map<String, String> PROTOCOLS = protocols();

    /// Where these occur, conversations are not compared: those inside and those outside would have to be
    /// told apart.
    private static final Set<String> TUNNELS = Set.of(
            "gre",
            "vxlan",
            "geneve",
            "gtp",
            "gtpprime",
            "l2tp",
            "teredo",
            "ayiya",
            "lisp",
            "erspan",
            "sflow",
            "ieee8021ah",
            "nsh");

    private static final Set<String> OTHER_NAMING = Set.of("mdns", "llmnr");

    private final Path capture;
    private final Json facts;

    private TsharkFacts(Path capture, Json facts) {
        this.capture = capture;
        this.facts = facts;
    }

    static TsharkFacts of(Path corpus, String file) throws IOException {
        return new TsharkFacts(
                corpus.resolve(file), Json.of(corpus.resolve("facts").resolve(file + ".json")));
    }

    private static Map<String, String> protocols() {
        Map<String, String> names = new LinkedHashMap<>();
        names.put("ethernet", "eth");
        names.put("ipv4", "ip");
        for (String same : "vlan mpls arp ipv6 tcp udp sctp icmp icmpv6 gre vxlan geneve dns dhcp".split(" ")) {
            names.put(same, same);
        }
        return names;
    }

    /// What `info` says of the same things, as text; `entry` is the file's part of its JSON.
    static Map<String, String> said(Json entry) {
        Map<String, String> said = new TreeMap<>();
        said.put("readable", entry.get("readable").text());
        said.put("records", String.valueOf(entry.get("records").number()));
        entry.get("protocols").object().forEach((name, records) -> said.put(name, String.valueOf(records)));
        said.put("vnis", new TreeMap<>(entry.get("recordsByVni").object()).toString());
        said.put("geneveVnis", new TreeMap<>(entry.get("recordsByGeneveVni").object()).toString());
        said.put("dnsResponseCodes", new TreeMap<>(entry.get("dnsResponseCodes").object()).toString());
        said.put(
                "tcpConversations", String.valueOf(entry.get("tcpConversations").number()));
        said.put(
                "udpConversations", String.valueOf(entry.get("udpConversations").number()));
        return said;
    }

    /// The names of what tshark says otherwise than `said`; what it does not say is no difference.
    List<String> differences(Map<String, String> said) throws IOException {
        return expected(said).entrySet().stream()
                .filter(fact -> !fact.getValue().equals(said.get(fact.getKey())))
                .map(Map.Entry::getKey)
                .toList();
    }

    private Map<String, String> expected(Map<String, String> said) throws IOException {
        long recordsSaid = Long.parseLong(said.get("records"));
        Map<String, String> expected = new TreeMap<>();
        boolean failed = facts.get("tshark_rc").number() == 2;
        long records = facts.get("packets").number();
        boolean near = failed && Math.abs(records - recordsSaid) <= 1;
        boolean nothing = failed && records == 0 && said.get("readable").equals("no"); // not even a first block
        expected.put("readable", nothing ? "no" : failed ? "partly" : "whole");
        expected.put("records", String.valueOf(near ? recordsSaid : records));
        Optional<Stacks> stacks = stacks();
        if (stacks.isPresent()) {
            PROTOCOLS.forEach((label, name) ->
                    expected.put(label, String.valueOf(stacks.get().recordsOf(name))));
            expected.put("vnis", stacks.get().vnis().toString());
            if (stacks.get().recordsOf("vxlan") == 0) {
                expected.put("geneveVnis", geneveVnis().toString());
            }
            if (stacks.get().recordsOfAny(OTHER_NAMING) == 0) {
                expected.put("dnsResponseCodes", responseCodes().toString());
            }
            if (!stacks.get().hasTunnels()) {
                expected.put("tcpConversations", conversations("tcp"));
                expected.put("udpConversations", conversations("udp"));
            }
        }
        return expected;
    }

    private String conversations(String protocol) {
        Map<String, Object> all = facts.get("conversations").object();
        return all.containsKey(protocol)
                ? String.valueOf(new Json(all.get(protocol)).get("count").number())
                : "0";
    }

    private Map<String, Long> geneveVnis() {
        Stacks stacks = new Stacks();
        forEachValue("geneve.vni", stacks::addVnis);
        return stacks.vnis();
    }

    private Map<String, Long> responseCodes() {
        Map<String, Long> codes = new TreeMap<>();
        forEachValue("dns.flags.rcode", (values, records) -> {
            for (String value : values.split(",")) {
                codes.merge(DnsNames.responseCode(Integer.decode(value)), records, Long::sum);
            }
        });
        return codes;
    }

    private void forEachValue(String field, BiConsumer<String, Long> each) {
        Map<String, Object> fields = facts.get("field_counts").object();
        if (fields.containsKey(field)) {
            new Json(fields.get(field)).object().forEach((values, records) -> each.accept(values, (Long) records));
        }
    }

    /// The protocols of all records. The facts hold the most frequent stacks, without VXLAN on port 8472:
    /// where that is not everything tshark is asked again; empty when it is not installed.
    private Optional<Stacks> stacks() throws IOException {
        Stacks stacks = new Stacks();
        facts.get("top_protocol_stacks").object().forEach((stack, records) -> stacks.add(stack, (Long) records));
        forEachValue("vxlan.vni", stacks::addVnis);
        boolean whole = stacks.records == facts.get("packets").number()
                && stacks.recordsOf("vxlan") == recordsInHierarchy("vxlan");
        return whole ? Optional.of(stacks) : asked();
    }

    /// How many records hold `protocol` at some place of the hierarchy, nested ones left out.
    private long recordsInHierarchy(String protocol) {
        long records = 0;
        long within = Long.MAX_VALUE;
        for (Json row : facts.get("protocol_hierarchy").array()) {
            long depth = row.array().get(0).number();
            within = depth <= within ? Long.MAX_VALUE : within;
            if (within == Long.MAX_VALUE && row.array().get(1).text().equals(protocol)) {
                within = depth;
                records += row.array().get(2).number();
            }
        }
        return records;
    }

    private Optional<Stacks> asked() throws IOException {
        List<String> command = List.of(
                "tshark",
                "-n",
                "-d",
                "udp.port==8472,vxlan",
                "-r",
                capture.toString(),
                "-T",
                "fields",
                "-e",
                "frame.protocols",
                "-e",
                "vxlan.vni");
        Process tshark;
        try {
            tshark = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException notInstalled) {
            return Optional.empty();
        }
        Stacks stacks = new Stacks();
        String said = new String(tshark.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        said.lines().map(line -> line.split("\t", 2)).forEach(fields -> {
            stacks.add(fields[0], 1);
            if (fields.length > 1 && !fields[1].isEmpty()) {
                stacks.addVnis(fields[1], 1);
            }
        });
        return Optional.of(stacks);
    }

    private static final class Stacks {

        private final Map<Set<String>, Long> recordsOf = new HashMap<>();
        private final Map<String, Long> vnis = new TreeMap<>();
        private long records;
        private boolean tunnels;

        void add(String stack, long count) {
            List<String> layers = Arrays.asList(stack.split(":"));
            recordsOf.merge(new HashSet<>(layers), count, Long::sum);
            records += count;
            long packets = layers.stream()
                    .filter(layer -> layer.equals("ip") || layer.equals("ipv6"))
                    .count();
            tunnels |= packets > 1 || layers.stream().anyMatch(TUNNELS::contains);
        }

        void addVnis(String values, long count) {
            for (String value : new HashSet<>(Arrays.asList(values.split(",")))) {
                vnis.merge(String.valueOf(Integer.decode(value)), count, Long::sum);
            }
        }

        long recordsOf(String protocol) {
            return recordsOfAny(Set.of(protocol));
        }

        long recordsOfAny(Set<String> protocols) {
            return recordsOf.entrySet().stream()
                    .filter(stack -> stack.getKey().stream().anyMatch(protocols::contains))
                    .mapToLong(Map.Entry::getValue)
                    .sum();
        }

        Map<String, Long> vnis() {
            return vnis;
        }

        boolean hasTunnels() {
            return tunnels;
        }
    }
}
