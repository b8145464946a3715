package hopline.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Standard output of the process, in UTF-8 whatever the locale: results go to files and
/// pipes as well as to terminals.
///
/// It remembers why it could not be written, which a `PrintStream` forgets.
final class StandardOutput {

    private static final int BUFFER = 1 << 16;

    private final Remembering octets;
    private final PrintStream text;
    private final BooleanSupplier isPipe;

    StandardOutput() {
        this(new FileOutputStream(FileDescriptor.out), StandardOutput::isDescriptorOfPipe);
    }

    /// @param isPipe whether all that can go wrong with `out` is that nobody reads on
    StandardOutput(OutputStream out, BooleanSupplier isPipe) {
        this.isPipe = isPipe;
        octets = new Remembering(out);
        text = new PrintStream(new BufferedOutputStream(octets, BUFFER), false, StandardCharsets.UTF_8);
    }

    PrintStream text() {
        return text;
    }

    /// Writes what is still to be written, and says what made that fail, such as a full disk. A reader that has seen
    /// enough, as `head` has, is no failure.
    Optional<String> finish() {
        text.flush();
        return Optional.ofNullable(octets.failure)
                .map(failure -> String.valueOf(failure.getMessage()))
                .filter(reason -> !reason.contains("ipe ") && !reason.endsWith("ipe") && !isPipe.getAsBoolean());
    }

    /// By what the system says of the descriptor: what it says of the failure is in the user's language.
    private static boolean isDescriptorOfPipe() {
        FileType type = FileType.of(Path.of("/dev/fd/1"));
        return type == FileType.PIPE || type == FileType.SOCKET;
    }

    private static final class Remembering extends FilterOutputStream {

        private @Nullable IOException failure;

        Remembering(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] octets, int offset, int length) throws IOException {
            try {
                out.write(octets, offset, length);
            } catch (IOException e) {
                failure = e;
                throw e;
            }
        }
    }
}
