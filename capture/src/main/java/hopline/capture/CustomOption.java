package hopline.capture;

import java.util.ArrayList;
import java.util.List;

/// An option whose meaning its enterprise alone knows.
///
/// @param code says whether it is text or octets, and whether it may be copied into a changed capture
/// @param enterprise IANA Private Enterprise Number
/// @param value what follows the number
public record CustomOption(int code, long enterprise, Octets value) {

    private static final int ENTERPRISE_LENGTH = 4;

    /// True for the four codes of custom options.
    public static boolean isCustom(int code) {
        return switch (code) {
            case CaptureOptions.CUSTOM_TEXT,
                    CaptureOptions.CUSTOM_OCTETS,
                    CaptureOptions.CUSTOM_TEXT_NOT_COPIED,
                    CaptureOptions.CUSTOM_OCTETS_NOT_COPIED -> true;
            default -> false;
        };
    }

    static List<CustomOption> of(OptionCursor cursor) {
        List<CustomOption> found = new ArrayList<>();
        while (cursor.next()) {
            if (isCustom(cursor.code()) && cursor.length() >= ENTERPRISE_LENGTH) {
                long enterprise = cursor.i32(0) & 0xffff_ffffL;
                found.add(new CustomOption(cursor.code(), enterprise, cursor.octets(ENTERPRISE_LENGTH)));
            }
        }
        return found;
    }
}
