package hopline.capture;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/// The encoding of a text that PowerShell or Linux wrote: UTF-8, or UTF-16 of either order, with or without a byte
/// order mark.
public final class TextEncoding {

    private TextEncoding() {}

    /// Told from the first octets: by the byte order mark or, without one, by where the zeros stand among
    /// ASCII letters.
    public static Charset of(Octets head) {
        if (head.length() < 2) {
            return StandardCharsets.UTF_8;
        }
        int mark = head.u16(0);
        if (mark == 0xfffe || mark == 0xfeff) {
            return mark == 0xfffe ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE;
        }
        int[] zeros = new int[2];
        for (int i = 0; i < head.length(); i++) {
            zeros[i & 1] += head.u8(i) == 0 ? 1 : 0;
        }
        int half = head.length() / 4;
        if (zeros[1] > half && zeros[0] == 0) {
            return StandardCharsets.UTF_16LE;
        }
        return zeros[0] > half && zeros[1] == 0 ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_8;
    }
}
