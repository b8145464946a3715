package hopline.cli;

import hopline.capture.ScratchException;
import hopline.capture.ScratchFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// What comes through a pipe as a file, for what is read more than once or from anywhere.
///
/// A pipe can be read only once in the life of a process, so each is copied once. Several are copied side by side, see
/// [#begin]: a capture that runs at the other end must not stand still until another has ended. For one thread.
final class PipedInput {

    /// As many octets as a pipe of Linux holds.
    private static final int PIECE = 1 << 16;

    private static final Map<Path, FutureTask<Path>> COPIES = new HashMap<>();

    private PipedInput() {}

    /// Begins to copy those of `names` that are pipes.
    static void begin(Collection<String> names) {
        for (String name : names) {
            try {
                begin(Path.of(name).toAbsolutePath());
            } catch (InvalidPathException e) {
                // told by whoever reads it
            }
        }
    }

    private static void begin(Path path) {
        if (!COPIES.containsKey(path) && FileType.of(path) == FileType.PIPE) { // devices may never end
            FutureTask<Path> copying = new FutureTask<>(() -> copy(path));
            COPIES.put(path, copying);
            Thread.ofPlatform().name("hopline-pipe").daemon().start(copying);
        }
    }

    /// `path` itself; of a named pipe, or a shell's `<(command)`, a copy of all that comes.
    static Path file(Path path) throws IOException {
        Path absolute = path.toAbsolutePath();
        begin(absolute);
        FutureTask<Path> copying = COPIES.get(absolute);
        return copying == null ? path : copied(copying);
    }

    private static Path copied(FutureTask<Path> copying) throws IOException {
        try {
            return copying.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException cause -> throw cause;
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }

    /// The same by name; what is no name of a file stays as it is.
    static String file(String name) throws IOException {
        try {
            return file(Path.of(name)).toString();
        } catch (InvalidPathException e) {
            return name;
        }
    }

    /// A copy of all that comes by standard input, named `stdin`.
    static Path copyOfStandardInput() throws IOException {
        return copy(System.in, "stdin");
    }

    private static Path copy(Path pipe) throws IOException {
        try (InputStream in = Files.newInputStream(pipe)) {
            return copy(in, String.valueOf(pipe.getFileName()));
        }
    }

    /// @throws IOException when `in` cannot be read
    /// @throws ScratchException when there is no room for the copy
    private static Path copy(InputStream in, String name) throws IOException {
        Path copy = newFile(name);
        byte[] piece = new byte[PIECE];
        try (FileChannel file = FileChannel.open(copy, StandardOpenOption.WRITE)) {
            long size = 0;
            for (int length = in.read(piece); length >= 0; length = in.read(piece)) {
                ScratchFile.write(file, ByteBuffer.wrap(piece, 0, length), size);
                size += length;
            }
        }
        return copy;
    }

    /// In a folder of its own; both are gone when the process ends.
    private static Path newFile(String name) {
        try {
            Path folder = Files.createTempDirectory("hopline-");
            folder.toFile().deleteOnExit();
            Path file = folder.resolve(name);
            file.toFile().deleteOnExit();
            return Files.createFile(file);
        } catch (IOException e) {
            throw new ScratchException(e);
        }
    }
}
