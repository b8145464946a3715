package hopline.cli.redact;

import hopline.capture.Compression;
import hopline.capture.ContentKind;
import hopline.capture.Octets;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/// What can be done with a file, told by its content.
enum FileKind {
    CAPTURE,
    TEXT,
    /// An HTML page, which may be one of ours.
    PAGE,
    /// An SVG image.
    DRAWING,
    ARCHIVE,
    EMPTY,
    /// Nobody knows what is in it, so that it cannot be given away.
    OTHER;

    /// What may precede an SVG image: a declaration, comments, the kind of document.
    private static final Pattern DRAWN = Pattern.compile("(?:\\s++|<[?!][^>]*+>)*+<svg[\\s>]");

    static FileKind of(Content content) throws IOException {
        try (InputStream in = Compression.unwrap(content.open())) {
            byte[] head = in.readNBytes(ContentKind.EXAMINED);
            return switch (ContentKind.of(Octets.wrap(head))) {
                case CAPTURE -> CAPTURE;
                case JSON -> TEXT;
                case XML, TEXT -> isDrawing(head) ? DRAWING : TEXT;
                case HTML -> PAGE;
                case ZIP -> content.path().isPresent() ? ARCHIVE : OTHER;
                case EMPTY -> EMPTY;
                default -> isWide(head) ? TEXT : OTHER;
            };
        }
    }

    private static boolean isDrawing(byte[] head) {
        return DRAWN.matcher(new String(head, StandardCharsets.ISO_8859_1)).lookingAt();
    }

    /// UTF-16 without a byte order mark: every second octet is zero.
    private static boolean isWide(byte[] head) {
        int[] zeros = new int[2];
        for (int i = 0; i < head.length; i++) {
            zeros[i & 1] += head[i] == 0 ? 1 : 0;
        }
        return Math.min(zeros[0], zeros[1]) == 0 && Math.max(zeros[0], zeros[1]) > head.length / 4;
    }
}
