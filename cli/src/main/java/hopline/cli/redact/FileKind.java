package hopline.cli.redact;

import hopline.capture.Compression;
import hopline.capture.ContentKind;
import hopline.capture.Octets;
import java.io.IOException;
import java.io.InputStream;

/// What can be done with a file, told by its content.
enum FileKind {
    CAPTURE,
    TEXT,
    /// An HTML page, which may be one of ours.
    PAGE,
    ARCHIVE,
    EMPTY,
    /// Nobody knows what is in it, so that it cannot be given away.
    OTHER;

    static FileKind of(Content content) throws IOException {
        try (InputStream in = Compression.unwrap(content.open())) {
            byte[] head = in.readNBytes(ContentKind.EXAMINED);
            return switch (ContentKind.of(Octets.wrap(head))) {
                case CAPTURE -> CAPTURE;
                case JSON, XML, TEXT -> TEXT;
                case HTML -> PAGE;
                case ZIP -> content.path().isPresent() ? ARCHIVE : OTHER;
                case EMPTY -> EMPTY;
                default -> isWide(head) ? TEXT : OTHER;
            };
        }
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
