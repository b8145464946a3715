package hopline.cli;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A file that appears under its name only when it is complete: it is written beside it and then moved.
///
/// What is no regular file, such as a device or a named pipe, is written to directly.
final class OutputFile implements Closeable {

    private final Path target;
    private final @Nullable Path temporary;
    private final OutputStream stream;

    private OutputFile(Path target, @Nullable Path temporary, OutputStream stream) {
        this.target = target;
        this.temporary = temporary;
        this.stream = stream;
    }

    /// Begins to write `name`, which is a link's target when it is a link.
    static OutputFile create(Path name) throws IOException {
        if (Files.exists(name) && !Files.isRegularFile(name)) {
            return new OutputFile(name, null, Files.newOutputStream(name, StandardOpenOption.WRITE));
        }
        Path target = Files.exists(name) ? name.toRealPath() : name.toAbsolutePath();
        if (target.getParent() != null && !Files.isDirectory(target.getParent())) {
            throw new IOException("no such folder");
        }
        Path temporary = target.resolveSibling(
                "." + target.getFileName() + "." + ProcessHandle.current().pid() + ".part");
        temporary.toFile().deleteOnExit(); // also when the user interrupts
        return new OutputFile(target, temporary, begin(temporary, target));
    }

    /// What lies there is of a process that was killed, or a link that somebody planted: it is never written
    /// to. Nobody may read the file who may not read the one in whose place it comes.
    private static OutputStream begin(Path temporary, Path target) throws IOException {
        Files.deleteIfExists(temporary);
        Set<OpenOption> asNew = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        PosixFileAttributeView replaced = Files.getFileAttributeView(target, PosixFileAttributeView.class);
        if (replaced == null || !Files.exists(target)) {
            return Channels.newOutputStream(Files.newByteChannel(temporary, asNew));
        }
        Set<PosixFilePermission> kept = replaced.readAttributes().permissions();
        OutputStream stream = Channels.newOutputStream(
                Files.newByteChannel(temporary, asNew, PosixFilePermissions.asFileAttribute(kept)));
        Files.setPosixFilePermissions(temporary, kept); // what the process's mask took of them
        return stream;
    }

    /// Writes all of a result.
    interface Writing {
        void to(OutputStream stream) throws IOException;
    }

    /// Has `name` written by `writing`, completely or not at all; `-` is standard output.
    static void write(String name, Console console, Writing writing) throws IOException {
        if (name.equals("-")) {
            writing.to(new PrintedOctets(console.out()));
            return;
        }
        try (OutputFile file = create(Path.of(name))) {
            writing.to(file.stream());
            file.complete();
        }
    }

    OutputStream stream() {
        return stream;
    }

    /// Closes the file and gives it its name.
    void complete() throws IOException {
        stream.close();
        if (temporary == null) {
            return;
        }
        try {
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /// Takes away what was not completed.
    @Override
    public void close() throws IOException {
        try (stream) {
            if (temporary != null) {
                Files.deleteIfExists(temporary);
            }
        }
    }
}
