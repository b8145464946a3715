package hopline.capture.etl;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/// Reads one field of an event as text, by its in-type, the same numbers in manifests and TraceLogging
/// (`TDH_INTYPE_…`), and its out-type where that says how to show it (`TDH_OUTTYPE_…`).
final class FieldType {

    static final int BINARY = 14;
    static final int STRUCT = 24;

    private static final int UTF16 = 1;
    private static final int UTF8 = 2;
    private static final int COUNTED_UTF16 = 22;
    private static final int COUNTED_UTF8 = 23;
    private static final int COUNTED_BINARY = 25;

    private static final int OUT_PORT = 22;
    private static final int OUT_IPV4 = 23;
    private static final int OUT_IPV6 = 24;
    private static final int OUT_SOCKET_ADDRESS = 25;

    private static final int FAMILY_IPV4 = 2;
    private static final int FAMILY_IPV6 = 23;

    /// Text beyond it is cut: what is shown is for people.
    private static final int MAX_SHOWN = 4096;

    /// A type by the word that tables of published layouts have for it.
    ///
    /// @param length its octets where its in-type does not tell, else 0
    record Kind(int inType, int outType, int length) {}

    private static final Map<String, Kind> KINDS = Map.ofEntries(
            Map.entry("text", new Kind(UTF16, 0, 0)),
            Map.entry("text8", new Kind(UTF8, 0, 0)),
            Map.entry("u8", new Kind(4, 0, 0)),
            Map.entry("u16", new Kind(6, 0, 0)),
            Map.entry("port", new Kind(6, OUT_PORT, 0)),
            Map.entry("i32", new Kind(7, 0, 0)),
            Map.entry("u32", new Kind(8, 0, 0)),
            Map.entry("ip4", new Kind(8, OUT_IPV4, 0)),
            Map.entry("i64", new Kind(9, 0, 0)),
            Map.entry("u64", new Kind(10, 0, 0)),
            Map.entry("bool", new Kind(13, 0, 0)),
            Map.entry("octets", new Kind(BINARY, 0, 0)),
            Map.entry("ip6", new Kind(BINARY, OUT_IPV6, 16)),
            Map.entry("sockaddr", new Kind(BINARY, OUT_SOCKET_ADDRESS, 0)),
            Map.entry("guid", new Kind(15, 0, 0)),
            Map.entry("ptr", new Kind(16, 0, 0)),
            Map.entry("filetime", new Kind(17, 0, 0)),
            Map.entry("sid", new Kind(19, 0, 0)),
            Map.entry("status", new Kind(20, 0, 0)));

    private FieldType() {}

    static Kind kind(String word) {
        return Objects.requireNonNull(KINDS.get(word), word);
    }

    /// The next field of `data`. `length` is that of strings and binaries where a schema states one, else -1.
    static String read(EventData data, int inType, int outType, long length, int pointerSize) {
        return switch (inType) {
            case UTF16 -> shown(length >= 0 ? data.utf16(2 * length) : data.utf16());
            case UTF8 -> shown(length >= 0 ? data.utf8(length) : data.utf8());
            case 3 -> String.valueOf((byte) data.u8());
            case 4 -> String.valueOf(data.u8());
            case 5 -> String.valueOf((short) data.u16());
            case 6 -> u16(data.u16(), outType);
            case 7 -> String.valueOf(data.i32());
            case 8 -> outType == OUT_IPV4 ? address(data.octets(4)) : String.valueOf(data.u32());
            case 9 -> String.valueOf(data.i64());
            case 10 -> Long.toUnsignedString(data.i64());
            case 11 -> String.valueOf(Float.intBitsToFloat(data.i32()));
            case 12 -> String.valueOf(Double.longBitsToDouble(data.i64()));
            case 13 -> data.i32() == 0 ? "false" : "true";
            case BINARY -> binary(data, outType, length);
            case 15 -> data.guid().toString();
            case 16 -> "0x" + Long.toHexString(data.pointer(pointerSize));
            case 17 -> fileTime(data.i64());
            case 18 -> systemTime(data);
            case 19 -> sid(data);
            case 20 -> "0x" + Integer.toHexString(data.i32());
            case 21 -> "0x" + Long.toHexString(data.i64());
            case COUNTED_UTF16, 300 -> shown(data.utf16(data.u16()));
            case COUNTED_UTF8, 301 -> shown(data.utf8(data.u16()));
            case COUNTED_BINARY -> hex(data.octets(data.u16()));
            default -> unknown(data);
        };
    }

    private static String shown(String text) {
        return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
    }

    private static String u16(int value, int outType) {
        return String.valueOf(outType == OUT_PORT ? ((value & 0xff) << 8) | (value >>> 8) : value);
    }

    private static String binary(EventData data, int outType, long length) {
        byte[] octets = data.octets(length >= 0 ? length : data.u16());
        return switch (outType) {
            case OUT_IPV6 -> octets.length == 16 ? address(octets) : hex(octets);
            case OUT_SOCKET_ADDRESS -> socketAddress(octets);
            default -> hex(octets);
        };
    }

    /// `SOCKADDR_IN` or `SOCKADDR_IN6`: family, port in network order, then the address, of IPv6 after a flow label.
    private static String socketAddress(byte[] octets) {
        if (octets.length < 16) {
            return hex(octets);
        }
        int port = (octets[2] & 0xff) << 8 | (octets[3] & 0xff);
        return switch (EventData.u16(octets, 0)) {
            case FAMILY_IPV4 -> address(Arrays.copyOfRange(octets, 4, 8)) + ":" + port;
            case FAMILY_IPV6 ->
                octets.length < 24 ? hex(octets) : "[" + address(Arrays.copyOfRange(octets, 8, 24)) + "]:" + port;
            default -> hex(octets);
        };
    }

    private static String unknown(EventData data) {
        return hex(data.octets(data.remaining()));
    }

    static String hex(byte[] octets) {
        int length = Math.min(octets.length, MAX_SHOWN / 2);
        return HexFormat.of().formatHex(octets, 0, length) + (length < octets.length ? "…" : "");
    }

    private static String address(byte[] octets) {
        try {
            return InetAddress.getByAddress(octets).getHostAddress();
        } catch (UnknownHostException e) { // fewer octets than an address: the event was cut
            return hex(octets);
        }
    }

    private static String fileTime(long units) {
        long sinceEpoch = units - TraceClock.EPOCH;
        return Instant.ofEpochSecond(
                        Math.floorDiv(sinceEpoch, 10_000_000), 100L * Math.floorMod(sinceEpoch, 10_000_000))
                .toString();
    }

    private static String systemTime(EventData data) {
        int year = data.u16();
        int month = data.u16();
        data.skip(2); // day of the week
        return String.format(
                Locale.ROOT,
                "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ",
                year,
                month,
                data.u16(),
                data.u16(),
                data.u16(),
                data.u16(),
                data.u16());
    }

    /// `S-1-…`: revision, count of parts, an authority of 48 bits in network order, then the parts.
    static String sid(EventData data) {
        StringBuilder text = new StringBuilder("S-").append(data.u8());
        int parts = Math.min(data.u8(), 15);
        long authority = 0;
        for (int i = 0; i < 6; i++) {
            authority = authority << 8 | data.u8();
        }
        text.append('-').append(authority);
        for (int i = 0; i < parts; i++) {
            text.append('-').append(data.u32());
        }
        return text.toString();
    }
}
