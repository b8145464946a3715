package hopline.decode;

import java.util.HexFormat;

/// A 48-bit link-layer address in the lower bits of a `long`.
public final class MacAddress {

    public static final long BROADCAST = 0xffff_ffff_ffffL;

    private static final HexFormat COLONS = HexFormat.ofDelimiter(":");

    private MacAddress() {}

    /// Addressed to several, broadcast included: the group bit of the first octet.
    public static boolean isGroup(long address) {
        return (address >>> 40 & 1) != 0;
    }

    /// As in `02:00:5e:10:00:01`.
    public static String text(long address) {
        byte[] bytes = new byte[6];
        for (int i = 0; i < 6; i++) {
            bytes[i] = (byte) (address >>> (40 - 8 * i));
        }
        return COLONS.formatHex(bytes);
    }
}
