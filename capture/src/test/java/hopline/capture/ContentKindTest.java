package hopline.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class ContentKindTest {

    record Case(String what, Octets head, ContentKind kind) {

        static Case ofHex(String what, String hex, ContentKind kind) {
            return new Case(what, Octets.ofHex(hex), kind);
        }

        static Case ofText(String text, ContentKind kind) {
            return ofText(text, StandardCharsets.UTF_8, kind);
        }

        static Case ofText(String text, Charset charset, ContentKind kind) {
            return new Case(text, Octets.wrap(text.getBytes(charset)), kind);
        }

        @Override
        public String toString() {
            return what.strip() + " is " + kind;
        }
    }

    static final List<Case> HEADS = List.of(
            Case.ofHex("nothing", "", ContentKind.EMPTY),
            Case.ofHex("a single zero", "00", ContentKind.UNKNOWN),
            Case.ofHex("pcapng", "0a0d0d0a 1c000000 4d3c2b1a", ContentKind.CAPTURE),
            Case.ofHex("pcap, big-endian", "a1b2c3d4 0002 0004", ContentKind.CAPTURE),
            Case.ofHex("pcap, little-endian", "d4c3b2a1 0200 0400", ContentKind.CAPTURE),
            Case.ofHex("pcap of nanoseconds, big-endian", "a1b23c4d 0002 0004", ContentKind.CAPTURE),
            Case.ofHex("pcap of nanoseconds, little-endian", "4d3cb2a1 0200 0400", ContentKind.CAPTURE),
            Case.ofHex("pcap of old Linux, big-endian", "a1b2cd34 0002 0004", ContentKind.CAPTURE),
            Case.ofHex("pcap of old Linux, little-endian", "34cdb2a1 0200 0400", ContentKind.CAPTURE),
            Case.ofHex(
                    "an ERF file",
                    "00000080 01f15365 02 04 0022 0003 0014 0000 020000000001 020000000002 0806 0001",
                    ContentKind.CAPTURE),
            Case.ofHex("a photograph", "ffd8ffe0 0010 4a46 4946", ContentKind.JPEG),
            Case.ofHex("a screenshot", "89504e47 0d0a1a0a", ContentKind.PNG),
            Case.ofText("{ \"kind\": \"List\" }", StandardCharsets.UTF_16LE, ContentKind.JSON),
            Case.ofText("[ { \"ID\": 1 } ]", StandardCharsets.UTF_16BE, ContentKind.JSON),
            Case.ofText("GIF89a", ContentKind.GIF),
            Case.ofText("%PDF-1.7", ContentKind.PDF),
            Case.ofHex("a zip archive", "504b0304 1400", ContentKind.ZIP),
            Case.ofHex("IXIA's hardware pcap, big-endian", "1c0001ac 0002 0004", ContentKind.CAPTURE),
            Case.ofHex("IXIA's hardware pcap, little-endian", "ac01001c 0200 0400", ContentKind.CAPTURE),
            Case.ofHex("IXIA's software pcap, big-endian", "1c0001ab 0002 0004", ContentKind.CAPTURE),
            Case.ofHex("IXIA's software pcap, little-endian", "ab01001c 0200 0400", ContentKind.CAPTURE),
            Case.ofHex("Francisco Mesquita's pcap", "cd34b2a1 0200 0400", ContentKind.OTHER_PCAP),
            Case.ofHex("Navtel's pcap", "a12b3c4d 0002 0004", ContentKind.OTHER_PCAP),
            Case.ofHex("a compiled filter", "cbc3b2a1", ContentKind.OTHER_PCAP),
            Case.ofText("snoop\0\0\0", ContentKind.SNOOP),
            Case.ofText("btsnoop\0", ContentKind.BLUETOOTH_SNOOP),
            Case.ofText("GMBU", ContentKind.NETWORK_MONITOR),
            Case.ofText("RTSS", ContentKind.NETWORK_MONITOR),
            Case.ofText("TRSNIFF data    \u001a", ContentKind.SNIFFER),
            Case.ofHex("gzip inside", "1f8b 0800", ContentKind.COMPRESSED_TWICE),
            Case.ofHex("zstd inside", "28b52ffd 04", ContentKind.COMPRESSED_TWICE),
            Case.ofHex("lz4 inside", "04224d18 64", ContentKind.COMPRESSED_TWICE),
            Case.ofHex("lz4's legacy format", "02214c18", ContentKind.OLD_LZ4),
            Case.ofText("BZh91AY", ContentKind.BZIP2),
            Case.ofHex("xz", "fd377a58 5a00 0004", ContentKind.XZ),
            Case.ofHex("a Linux program", "7f454c46 0201", ContentKind.EXECUTABLE),
            Case.ofHex("a Windows program", "4d5a 9000", ContentKind.EXECUTABLE),
            Case.ofText("{\"kind\": \"PodList\"}", ContentKind.JSON),
            Case.ofText("\n\t [1, 2]", ContentKind.JSON),
            Case.ofText("\ufeff{\"behind\": \"a mark\"}", ContentKind.JSON),
            Case.ofText("\ufeff{\"by\": \"PowerShell\"}", StandardCharsets.UTF_16LE, ContentKind.JSON),
            Case.ofText("\ufeff{\"by\": \"somebody\"}", StandardCharsets.UTF_16BE, ContentKind.JSON),
            Case.ofText("<!DOCTYPE html><title>404</title>", ContentKind.HTML),
            Case.ofText("<HTML>", ContentKind.HTML),
            Case.ofText("<?xml version=\"1.0\"?>", ContentKind.XML),
            Case.ofText("No.  Time  Source\r\n", ContentKind.TEXT),
            Case.ofText("Größe", ContentKind.TEXT),
            Case.ofHex("other octets", "00 01 02 03", ContentKind.UNKNOWN),
            Case.ofHex("text with a control character", "61 62 01", ContentKind.UNKNOWN),
            Case.ofHex("the beginning of a magic number", "a1b2c3", ContentKind.TEXT));

    @ParameterizedTest
    @FieldSource("HEADS")
    void isToldByTheFirstOctets(Case expected) {
        assertThat(ContentKind.of(expected.head())).isEqualTo(expected.kind());
    }
}
