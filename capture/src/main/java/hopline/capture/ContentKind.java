package hopline.capture;

import hopline.capture.erf.ErfReader;
import hopline.capture.etl.EtlReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/// What a file's first octets say it is, for whoever must decide which reader gets it, or say why none does.
public enum ContentKind {
    EMPTY("empty"),
    CAPTURE("a capture"),
    JSON("JSON"),
    HTML("an HTML page, not a capture or a JSON list"),
    XML("an XML document, not a capture"),
    JPEG("a JPEG image, not a capture"),
    PNG("a PNG image, not a capture"),
    GIF("a GIF image, not a capture"),
    PDF("a PDF document, not a capture"),
    ZIP("a zip archive inside another file, which is not opened: unpack it"),
    COMPRESSED_TWICE("compressed within another compression: decompress it once"),
    BZIP2("bzip2-compressed, which is not opened: decompress it with bunzip2"),
    XZ("xz-compressed, which is not opened: decompress it with unxz"),
    OLD_LZ4("lz4-compressed in the legacy format, which is not opened: decompress it with lz4 -d"),
    OTHER_PCAP("a pcap of a rare kind that is not read: Wireshark's editcap may convert it"),
    SNOOP("a snoop capture, which is not read: Wireshark's editcap converts it to pcapng"),
    NETWORK_MONITOR("a Network Monitor capture, which is not read: Wireshark's editcap converts it to pcapng"),
    SNIFFER("a Sniffer capture, which is not read: Wireshark's editcap converts it to pcapng"),
    BLUETOOTH_SNOOP("a Bluetooth snoop capture, which is not read"),
    EXECUTABLE("a program, not a capture"),
    TEXT("text, not a capture"),
    UNKNOWN("not a capture: neither pcap, pcapng nor ETL");

    /// Octets worth handing to [#of].
    public static final int EXAMINED = 512;

    private record Signature(String hex, ContentKind kind) {}

    private static final List<Signature> SIGNATURES = List.of(
            new Signature("0a0d0d0a", CAPTURE),
            new Signature("a1b2c3d4", CAPTURE),
            new Signature("d4c3b2a1", CAPTURE),
            new Signature("a1b23c4d", CAPTURE),
            new Signature("4d3cb2a1", CAPTURE),
            new Signature("a1b2cd34", CAPTURE),
            new Signature("34cdb2a1", CAPTURE),
            new Signature("ffd8ff", JPEG),
            new Signature("89504e47", PNG),
            new Signature("47494638", GIF),
            new Signature("25504446", PDF),
            new Signature("504b0304", ZIP),
            new Signature("1c0001ac", CAPTURE),
            new Signature("ac01001c", CAPTURE),
            new Signature("1c0001ab", CAPTURE),
            new Signature("ab01001c", CAPTURE),
            new Signature("a1b234cd", OTHER_PCAP),
            new Signature("cd34b2a1", OTHER_PCAP),
            new Signature("a12b3c4d", OTHER_PCAP),
            new Signature("4d3c2ba1", OTHER_PCAP),
            new Signature("a1b2c3cb", OTHER_PCAP),
            new Signature("cbc3b2a1", OTHER_PCAP),
            new Signature("736e6f6f70000000", SNOOP),
            new Signature("6274736e6f6f7000", BLUETOOTH_SNOOP),
            new Signature("474d4255", NETWORK_MONITOR),
            new Signature("52545353", NETWORK_MONITOR),
            new Signature("5452534e494646", SNIFFER), // "TRSNIFF "
            new Signature("1f8b", COMPRESSED_TWICE),
            new Signature("28b52ffd", COMPRESSED_TWICE),
            new Signature("04224d18", COMPRESSED_TWICE),
            new Signature("02214c18", OLD_LZ4),
            new Signature("425a68", BZIP2),
            new Signature("fd377a585a00", XZ),
            new Signature("7f454c46", EXECUTABLE),
            new Signature("4d5a", EXECUTABLE));

    private final String description;

    ContentKind(String description) {
        this.description = description;
    }

    /// Completes a sentence such as "photo.pcap: …".
    public String description() {
        return description;
    }

    /// Tells the kind from the first octets of decompressed content.
    public static ContentKind of(Octets head) {
        if (head.length() == 0) {
            return EMPTY;
        }
        if (EtlReader.isTrace(head) || ErfReader.isErf(head)) {
            return CAPTURE;
        }
        String hex = head.toString();
        return SIGNATURES.stream()
                .filter(s -> hex.startsWith(s.hex()))
                .map(Signature::kind)
                .findFirst()
                .orElseGet(() -> ofText(head));
    }

    private static ContentKind ofText(Octets head) {
        if (!isText(head)) {
            return UNKNOWN;
        }
        String text = decode(head).strip().toLowerCase(Locale.ROOT);
        if (text.startsWith("{") || text.startsWith("[")) {
            return JSON;
        }
        if (text.startsWith("<!doctype html") || text.startsWith("<html")) {
            return HTML;
        }
        return text.startsWith("<?xml") ? XML : TEXT;
    }

    private static boolean isText(Octets head) {
        Charset encoding = TextEncoding.of(head);
        if (!encoding.equals(StandardCharsets.UTF_8)) {
            return hasMark(head) || decode(head).chars().allMatch(ContentKind::isOfText);
        }
        for (int i = 0; i < head.length(); i++) {
            if (!isOfText(head.u8(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean hasMark(Octets head) {
        return head.u16(0) == 0xfffe || head.u16(0) == 0xfeff;
    }

    private static boolean isOfText(int c) {
        return c >= ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
    }

    private static String decode(Octets head) {
        String text = new String(head.toByteArray(), TextEncoding.of(head));
        return text.startsWith("\ufeff") ? text.substring(1) : text;
    }
}
