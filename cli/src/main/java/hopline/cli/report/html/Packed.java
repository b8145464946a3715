package hopline.cli.report.html;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Base64;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/// Data inside the page: compressed with gzip, then written in Base64, which a browser can undo by itself.
final class Packed {

    private Packed() {}

    /// Writes data to a stream.
    interface Writer {
        void write(OutputStream out) throws IOException;
    }

    /// What `writer` writes, packed.
    static String of(Writer writer) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream base64 = Base64.getEncoder().wrap(bytes);
                OutputStream gzip = new Thorough(base64)) {
            writer.write(gzip);
        }
        return bytes.toString(java.nio.charset.StandardCharsets.US_ASCII);
    }

    /// Takes a little longer for a smaller result.
    private static final class Thorough extends GZIPOutputStream {

        private Thorough(OutputStream out) throws IOException {
            super(out, 1 << 16);
            def.setLevel(Deflater.DEFAULT_COMPRESSION);
        }
    }
}
