package hopline.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What a file is to a Unix system, by the type in its mode (`st_mode`, stat(2)).
enum FileType {
    PIPE(0x1000),
    SOCKET(0xc000),
    /// Regular files, folders, devices; whatever is not there; and everything on Windows.
    OTHER(0);

    private static final int MASK = 0xf000;

    private final int bits;

    FileType(int bits) {
        this.bits = bits;
    }

    /// That of `path`, of a link that of its target.
    static FileType of(Path path) {
        try {
            int type = (int) Files.getAttribute(path, "unix:mode") & MASK;
            return type == PIPE.bits ? PIPE : type == SOCKET.bits ? SOCKET : OTHER;
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return OTHER;
        }
    }
}
