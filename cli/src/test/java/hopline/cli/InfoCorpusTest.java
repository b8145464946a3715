package hopline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// `info` against what tshark and capinfos said about captures of other projects.
///
/// They lie beside a development checkout, under the system property `hopline.testdata`; without them there is nothing
/// to test. Of the 1,200 well-formed ones, [#SAMPLE] are taken; `-Dhopline.corpus=all` takes all, the broken ones too.
class InfoCorpusTest {

    private static final int SAMPLE = 300;
    private static final long SEED = 4_789;
    private static final String NO_UDP_LENGTH = "a UDP length of 0, left to the NIC, stops tshark, not us";
    private static final String BROKEN = "malformed-fuzz";

    /// tshark's names in the order of our labels.
    private static final Map<String, String> TSHARK_NAMES = tsharkNames();

    /// Why tshark sees protocols that are not decoded yet, by a name that then stands in a record's protocols.
    private static final Map<String, String> BEYOND = Map.ofEntries(
            Map.entry("geneve", "what Geneve carries"),
            Map.entry("gre", "what GRE carries"),
            Map.entry("mpls", "what MPLS carries"),
            Map.entry("pppoes", "what PPPoE carries"),
            Map.entry("pppoed", "what PPPoE carries"),
            Map.entry("llc", "IEEE 802.3 frames: LLC and SNAP instead of an EtherType"),
            Map.entry("ieee8021ah", "provider backbone bridges"),
            Map.entry("vntag", "VN-Tag"),
            Map.entry("cmd", "Cisco metadata between Ethernet and IP"),
            Map.entry("ah", "an authentication header after IPv4"),
            Map.entry("gtp", "GTP"),
            Map.entry("l2tp", "L2TP"),
            Map.entry("teredo", "Teredo"),
            Map.entry("ayiya", "AYIYA"),
            Map.entry("lisp", "LISP"),
            Map.entry("sflow", "samples of other packets in sFlow"),
            Map.entry("wg", "WireGuard, which tshark decrypts"));

    /// IP in IP, with extension headers between them or not.
    private static final String IP_IN_IP = ".*:(ip|ipv6)(:ipv6\\.\\w+)*:(ip|ipv6)(:.*)?";

    /// Files that tshark takes for something else, each looked at.
    private static final Map<String, String> PROTOCOLS_DIFFER = Map.ofEntries(
            Map.entry(
                    "crafted-edge/PcapFlowLab__pbb_10_pbb_outer_btag_inner_vlan_ipv4_tcp.pcap",
                    "provider backbone bridges"),
            Map.entry("dns/debian-ndpi__pcap_avast_securedns.pcapng", "DNS on another port, found by its looks"),
            Map.entry("dns/tcpdump__tests_someip1.pcap", "DNS on another port, found by its looks"),
            Map.entry("overlay-ipip-6in4-teredo/libpcap__filter_ipv6_ext_headers.pcap", "70 extension headers"),
            Map.entry("overlay-ipip-6in4-teredo/tcpdump__tests_ipv6-srh-ipproto-ether.pcap", "Ethernet in IPv6"),
            Map.entry(
                    "overlay-ipip-6in4-teredo/zeek__Traces_ipv6-mobility-dst-opts.pcap",
                    "a broken destination option stops tshark, not us"),
            Map.entry("overlay-geneve/tcpdump__tests_bigtcp-ipv4-geneve-ipv6.pcap", NO_UDP_LENGTH),
            Map.entry("overlay-geneve/tcpdump__tests_bigtcp-ipv6-geneve-ipv4.pcap", NO_UDP_LENGTH),
            Map.entry("overlay-geneve/tcpdump__tests_bigtcp-ipv6-geneve-ipv6.pcap", NO_UDP_LENGTH),
            Map.entry("overlay-vxlan/tcpdump__tests_bigtcp-ipv4-vxlan-ipv4.pcap", NO_UDP_LENGTH),
            Map.entry("overlay-vxlan/tcpdump__tests_bigtcp-ipv4-vxlan-ipv6.pcap", NO_UDP_LENGTH),
            Map.entry("overlay-vxlan/tcpdump__tests_bigtcp-ipv6-vxlan-ipv6.pcap", NO_UDP_LENGTH));

    /// Formats that cannot be opened yet, by how capinfos calls them.
    private static final List<String> UNREADABLE = List.of("erf");

    /// Files of whose records tshark and we read another number, each looked at.
    private static final Map<String, String> RECORDS_DIFFER = Map.ofEntries(
            Map.entry(
                    "format-pcap/debian-ndpi__pcap_fuzz-2021-10-13.pcap",
                    "tshark shows a record longer than the limit"),
            Map.entry("format-pcap/nDPI__pcap_fuzz-2021-10-13.pcap", "tshark shows a record longer than the limit"),
            Map.entry("format-pcapng/python-pcapng__test_data_test007.ntar", "tshark does not open its link type"),
            Map.entry(
                    "malformed-fuzz/PcapPlusPlus__regression_samples_clusterfuzz-testcase-minimized-FuzzTarget-5766899836387328.bin",
                    "tshark guesses another variant of pcap"),
            Map.entry(
                    "malformed-fuzz/PcapPlusPlus__regression_samples_crash-exception-cast-constructed-record.bin",
                    "tshark guesses another variant of pcap"),
            Map.entry(
                    "malformed-fuzz/suricata-verify__bug-6875-01_fuzz.pcap", "tshark guesses another variant of pcap"),
            Map.entry("malformed-fuzz/tcpdump__tests_frf16_magic_ie-oobr.pcap", "tshark does not open its link type"),
            Map.entry(
                    "malformed-fuzz/tcpdump__tests_juniper_monitor_invalid_cookie_length.pcap",
                    "tshark does not open its link type"),
            Map.entry("malformed-fuzz/tcpdump__tests_vtp_asan-2.pcap", "tshark does not open its link type"),
            Map.entry("malformed-fuzz/tcpdump__tests_vtp_asan-3.pcap", "tshark does not open its link type"),
            Map.entry("malformed-fuzz/tcpdump__tests_vtp_asan.pcap", "tshark does not open its link type"));

    private static Map<String, String> tsharkNames() {
        Map<String, String> names = new LinkedHashMap<>();
        names.put("ethernet", "eth");
        names.put("ipv4", "ip");
        for (String same : "vlan mpls arp ipv6 tcp udp sctp icmp icmpv6 gre vxlan geneve dns dhcp".split(" ")) {
            names.put(same, same);
        }
        return names;
    }

    @TestFactory
    Stream<DynamicTest> agreesWithTshark() throws IOException {
        Path corpus = Path.of(System.getProperty("hopline.testdata", ""), "pcap");
        assumeTrue(Files.exists(corpus.resolve("MANIFEST.tsv")), "no third-party captures beside this checkout");
        return files(corpus).stream().map(file -> DynamicTest.dynamicTest(file, () -> check(file, corpus)));
    }

    private static List<String> files(Path corpus) throws IOException {
        boolean all = "all".equals(System.getProperty("hopline.corpus"));
        List<String> files = new ArrayList<>();
        Files.readAllLines(corpus.resolve("MANIFEST.tsv")).stream()
                .skip(1)
                .map(line -> line.split("\t", 3))
                .filter(columns -> all || !columns[1].equals(BROKEN))
                .map(columns -> columns[0])
                .sorted()
                .forEach(files::add);
        if (!all) {
            Collections.shuffle(files, new Random(SEED));
        }
        return all ? files : files.subList(0, SAMPLE);
    }

    private static void check(String file, Path corpus) throws IOException {
        Json facts = Json.of(corpus.resolve("facts").resolve(file + ".json"));
        Session run =
                Session.of("info", "--format", "json", corpus.resolve(file).toString());

        assertThat(run.exitCode()).isIn(ExitCode.CLEAN, ExitCode.UNREADABLE);
        assertThat(run.err().lines().count()).isEqualTo(run.exitCode() == ExitCode.CLEAN ? 0 : 1);
        Json entry = Json.of(run.out()).get("files").array().getFirst();
        if (isUnreadable(facts)) {
            assertThat(entry.get("readable").text()).isEqualTo("no");
            return;
        }
        if (!RECORDS_DIFFER.containsKey(file)) {
            assertThat(entry.get("records").number())
                    .as("records")
                    .isEqualTo(facts.get("packets").number());
        }
        if (!file.startsWith(BROKEN) && !PROTOCOLS_DIFFER.containsKey(file)) {
            expectedProtocols(facts)
                    .ifPresent(expected -> assertThat(protocols(entry)).isEqualTo(expected));
        }
    }

    private static boolean isUnreadable(Json facts) {
        Json capinfos = facts.get("capinfos");
        return capinfos.has("File type")
                && UNREADABLE.stream().anyMatch(capinfos.get("File type").text()::contains);
    }

    private static Map<String, Long> protocols(Json entry) {
        Map<String, Long> records = new TreeMap<>();
        entry.get("protocols").object().forEach((name, count) -> records.put(name, (Long) count));
        return records;
    }

    /// Records per protocol, from the protocols that tshark names for each record, what ICMP errors quote included.
    /// Empty where tshark looks further than we do, or where its answer is not complete.
    private static Optional<Map<String, Long>> expectedProtocols(Json facts) {
        Map<String, Object> stacks = facts.get("top_protocol_stacks").object();
        long records = stacks.values().stream().mapToLong(count -> (Long) count).sum();
        if (records != facts.get("packets").number() || stacks.keySet().stream().anyMatch(InfoCorpusTest::isBeyond)) {
            return Optional.empty();
        }
        Map<String, Long> expected = new TreeMap<>();
        TSHARK_NAMES.forEach((label, name) -> expected.put(
                label,
                stacks.entrySet().stream()
                        .filter(stack -> layers(stack.getKey()).contains(name))
                        .mapToLong(stack -> (Long) stack.getValue())
                        .sum()));
        boolean decodedAs = recordsInHierarchy(facts, "vxlan") != expected.get("vxlan"); // on port 8472
        return decodedAs ? Optional.empty() : Optional.of(expected);
    }

    private static List<String> layers(String stack) {
        return Arrays.asList(stack.split(":"));
    }

    private static boolean isBeyond(String stack) {
        boolean ethernet = stack.equals("eth") || stack.startsWith("eth:");
        boolean nested = stack.matches(IP_IN_IP);
        return !ethernet || nested || layers(stack).stream().anyMatch(BEYOND::containsKey);
    }

    /// How many records hold `protocol` at some place of the hierarchy, nested ones left out.
    private static long recordsInHierarchy(Json facts, String protocol) {
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
}
