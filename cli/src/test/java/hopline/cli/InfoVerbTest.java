package hopline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InfoVerbTest {

    /// pcap with microseconds, little-endian, snap length 96, Ethernet.
    private static final byte[] PCAP_HEADER = hex("d4c3b2a1 0200 0400 00000000 00000000 60000000 01000000");

    /// 2026-03-01T10:22:05.000007Z: VXLAN, VNI 4096, in it a DNS answer "no such name"; 111 octets.
    private static final byte[] VXLAN_RECORD = join(
            hex("4d13a469 07000000 6f000000 6f000000"),
            hex("020000000002 020000000001 0800"),
            hex("45 00 0061 0000 0000 40 11 0000 0a000001 0a000002"),
            hex("c350 12b5 004d 0000"),
            hex("08000000 00100000"),
            hex("020000000004 020000000003 0800"),
            hex("45 00 002f 0000 0000 40 11 0000 0a320001 0a320002"),
            hex("0035 9c40 001b 0000"),
            hex("1234 8183 0001 0000 0000 0000 0161 00 0001 0001"));

    /// A pcapng section of two interfaces, the first with a name that would colour a terminal.
    private static final byte[] PCAPNG_HEADERS = join(
            hex("0a0d0d0a 1c000000 4d3c2b1a 0100 0000 ffffffffffffffff 1c000000"),
            hex("01000000 24000000 0100 0000 00000000 0200 0600 1b5b33316d61 0000 0000 0000 24000000"),
            hex("01000000 14000000 9300 0000 00000000 14000000"));

    /// An ARP question at interface 0, 1 µs after 1970; 42 octets.
    private static final byte[] ARP_BLOCK = join(
            hex("06000000 4c000000 00000000 00000000 01000000 2a000000 2a000000"),
            hex("ffffffffffff 020000000001 0806 0001 0800 06 04 0001"),
            hex("020000000001 0a000001 000000000000 0a000002 0000 4c000000"));

    @TempDir
    private Path folder;

    private static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }

    private String file(String name, byte[]... parts) throws IOException {
        return Files.write(folder.resolve(name), join(parts)).toString();
    }

    private static Json entry(Session run) {
        assertThat(run.out()).startsWith("{");
        return Json.of(run.out()).get("files").array().getFirst();
    }

    @Test
    void tellsWhatACaptureHoldsAndProves() throws IOException {
        String file = file("tunnel.pcap", PCAP_HEADER, VXLAN_RECORD);

        Session run = Session.of("info", file);

        assertThat(run.exitCode()).isEqualTo(ExitCode.CLEAN);
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .isEqualTo(
                        file
                                + """
                : pcap, whole
                Holds          1 record, 111 octets, at 2026-03-01 10:22:05 UTC
                Proves         what passed one capture point
                Cannot tell    where a packet went next, was lost or rewritten: that takes a second capture point or
                               node
                Interfaces     id  name  link type  cut at  records
                                0  -     ETHERNET       96        1
                Protocols      ethernet  1  100.0 %
                               ipv4      1  100.0 %
                               udp       1  100.0 %
                               vxlan     1  100.0 %
                               dns       1  100.0 %
                VNIs           4096  1
                DNS codes      NXDOMAIN  1
                Conversations  TCP  0
                               UDP  2
                """);
    }

    @Test
    void tellsTheSameAsJson() throws IOException {
        Session run = Session.of("info", "--format", "json", file("tunnel.pcap", PCAP_HEADER, VXLAN_RECORD));

        Json entry = entry(run);
        assertThat(Json.of(run.out()).get("schemaVersion").number()).isEqualTo(1);
        assertThat(entry.get("format").text()).isEqualTo("pcap");
        assertThat(entry.get("readable").text()).isEqualTo("whole");
        assertThat(entry.has("problem")).isFalse();
        assertThat(entry.get("records").number()).isEqualTo(1);
        assertThat(entry.get("octets").number()).isEqualTo(111);
        assertThat(entry.get("first").text()).isEqualTo("2026-03-01T10:22:05.000007000Z");
        assertThat(entry.get("last")).isEqualTo(entry.get("first"));
        assertThat(entry.get("interfaces").array())
                .containsExactly(new Json(Map.of("id", 0L, "linkType", "ETHERNET", "snapLength", 96L, "records", 1L)));
        assertThat(entry.get("protocols").object().keySet())
                .containsExactly("ethernet vlan mpls arp ipv4 ipv6 tcp udp sctp icmp icmpv6 gre vxlan geneve dns dhcp"
                        .split(" "));
        assertThat(entry.get("protocols").object()).containsEntry("udp", 1L).containsEntry("tcp", 0L);
        assertThat(entry.get("vnis").array()).containsExactly(new Json(4096L));
        assertThat(entry.get("recordsByVni").object()).isEqualTo(Map.of("4096", 1L));
        assertThat(entry.get("dnsResponseCodes").object()).isEqualTo(Map.of("NXDOMAIN", 1L));
        assertThat(entry.get("tcpConversations").number()).isZero();
        assertThat(entry.get("udpConversations").number()).isEqualTo(2);
        assertThat(entry.get("truncatedRecords").number()).isZero();
        assertThat(entry.get("malformedRecords").number()).isZero();
    }

    private static String gaps(String file) {
        return Session.of("info", file).out().replaceAll("\\s+", " ");
    }

    /// Wherever the file says that it would have cut them.
    @Test
    void recordsThatAreCutSayWhere() throws IOException {
        byte[] atAddresses = join(hex("4d13a469 07000000 1e000000 6f000000"), Arrays.copyOfRange(VXLAN_RECORD, 16, 46));
        byte[] atPayload = join(hex("4d13a469 07000000 6c000000 6f000000"), Arrays.copyOfRange(VXLAN_RECORD, 16, 124));

        assertThat(gaps(file("one.pcap", PCAP_HEADER, atPayload, VXLAN_RECORD)))
                .contains("the ends of 1 record, cut short when captured at 108 octets; their headers are whole");
        assertThat(gaps(file("two.pcap", PCAP_HEADER, atPayload, atAddresses)))
                .contains("the ends of 2 records, cut short when captured at 30 to 108 octets; 1 of them ends within");
    }

    @Test
    void aFileThatBreaksIsReportedAsFarAsItGoes() throws IOException {
        byte[] cut = Arrays.copyOf(ARP_BLOCK, 50);
        String file = file("cut.pcapng", PCAPNG_HEADERS, ARP_BLOCK, cut);
        String problem = "offset 160: file ends inside an Enhanced Packet Block: 76 octets expected, 50 found";

        Session run = Session.of("info", "--format", "json", file);

        assertThat(run.exitCode()).isEqualTo(ExitCode.UNREADABLE);
        assertThat(run.err()).isEqualTo("hopline: " + file + ": " + problem + "\n");
        assertThat(entry(run).get("readable").text()).isEqualTo("partly");
        assertThat(entry(run).get("problem").text()).isEqualTo(problem);
        assertThat(entry(run).get("records").number()).isEqualTo(1);
        assertThat(entry(run).get("protocols").object()).containsEntry("arp", 1L);
        assertThat(Session.of("info", file).out())
                .contains(
                        ": pcapng, only in part\nBreaks         offset 160: file ends inside an Enhanced Packet Block:")
                .contains("what came after the break");
    }

    @Test
    void namesFromTheFileAreEscapedInTextAndGivenAsTheyAreInJson() throws IOException {
        String file = file("name.pcapng", PCAPNG_HEADERS, ARP_BLOCK);

        assertThat(Session.of("info", file).out()).contains("\\u{1b}[31ma").doesNotContain("\u001b");
        Json first = entry(Session.of("info", "--format", "json", file))
                .get("interfaces")
                .array()
                .getFirst();
        assertThat(first.get("name").text()).isEqualTo("\u001b[31ma");
    }

    @Test
    void interfacesWithoutRecordsAreListedAndLinkTypesNamed() throws IOException {
        String file = file("two.pcapng", PCAPNG_HEADERS, ARP_BLOCK);

        assertThat(Session.of("info", file).out())
                .contains(
                        """
                Interfaces     id  name         link type       cut at  records
                                0  \\u{1b}[31ma  ETHERNET      no limit        1
                                1  -            LINKTYPE 147  no limit        0
                """);
    }

    @Test
    void whatIsNoCaptureSaysWhatItIs() throws IOException {
        String jpeg = file("photo.pcap", hex("ffd8ffe0 00104a464946"));
        String empty = file("empty.pcap");
        String missing = folder.resolve("missing.pcap").toString();

        Session run = Session.of("info", jpeg, empty, missing);

        assertThat(run.exitCode()).isEqualTo(ExitCode.UNREADABLE);
        assertThat(run.err())
                .isEqualTo("hopline: " + jpeg + ": a JPEG image, not a capture\n" + "hopline: " + empty + ": empty\n"
                        + "hopline: " + missing + ": no such file\n");
        assertThat(run.out())
                .isEqualTo(jpeg + ": cannot be read: a JPEG image, not a capture\n\n" + empty
                        + ": cannot be read: empty\n\n" + missing + ": cannot be read: no such file\n");
    }

    @Test
    void oneFileThatCannotBeReadLeavesTheOthersReadable() throws IOException {
        String missing = folder.resolve("missing.pcap").toString();
        String good = file("tunnel.pcap", PCAP_HEADER, VXLAN_RECORD);

        Session run = Session.of("info", "--format", "json", missing, good);

        assertThat(run.exitCode()).isEqualTo(ExitCode.UNREADABLE);
        assertThat(Json.of(run.out()).get("files").array())
                .extracting(entry ->
                        entry.get("file").text() + " " + entry.get("readable").text())
                .containsExactly(missing + " no", good + " whole");
    }

    @Test
    void aFolderGivesTheCapturesInIt() throws IOException {
        Files.createDirectories(folder.resolve("node-b"));
        file("a.pcap", PCAP_HEADER, VXLAN_RECORD);
        file("node-b/trace", PCAPNG_HEADERS, ARP_BLOCK);
        file("notes.txt", "not a capture".getBytes(java.nio.charset.StandardCharsets.US_ASCII));

        Session run = Session.of("info", "--format", "json", folder.toString());

        assertThat(run.exitCode()).isEqualTo(ExitCode.CLEAN);
        assertThat(Json.of(run.out()).get("files").array())
                .extracting(entry -> folder.relativize(Path.of(entry.get("file").text()))
                        .toString()
                        .replace('\\', '/'))
                .containsExactly("a.pcap", "node-b/trace");
    }

    @Test
    void aFolderWithoutCapturesSaysSo() {
        Session run = Session.of("info", folder.toString());

        assertThat(run.exitCode()).isEqualTo(ExitCode.UNREADABLE);
        assertThat(run.out()).isEqualTo(folder + ": cannot be read: no capture in this folder\n");
    }

    @Test
    void gzipIsOpenedInPlace() throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(join(PCAP_HEADER, VXLAN_RECORD));
        }

        Session run = Session.of("info", "--format", "json", file("tunnel", compressed.toByteArray()));

        assertThat(run.exitCode()).isEqualTo(ExitCode.CLEAN);
        assertThat(entry(run).get("records").number()).isEqualTo(1);
    }

    @Test
    void theOldLinuxVariantOfPcapIsRecognised() throws IOException {
        byte[] header = hex("34cdb2a1 0200 0400 00000000 00000000 60000000 01000000");

        Session run = Session.of("info", "--format", "json", file("old.pcap", header));

        assertThat(entry(run).get("readable").text()).isEqualTo("whole");
    }

    @Test
    void wrongUseIsToldFromUnreadableInput() {
        assertThat(Session.of("info").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(Session.of("info", "--format", "yaml", "x").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(Session.of("info", "--no-such-option").exitCode()).isEqualTo(ExitCode.USAGE);
    }
}
