package hopline.capture.node.windows;

import java.nio.file.Path;
import java.util.Locale;

/// Whether a text names a file, as tools break and shorten such names.
final class Mentions {

    private Mentions() {}

    /// The name of the folder and of the file must both occur; each capture has a folder of its own.
    static boolean file(String text, Path file) {
        String compact = text.replaceAll("\\s+", "").toLowerCase(Locale.ROOT);
        Path folder = file.getParent();
        return compact.contains(part(file)) && folder != null && compact.contains(part(folder));
    }

    private static String part(Path path) {
        return String.valueOf(path.getFileName()).replaceAll("\\s+", "").toLowerCase(Locale.ROOT);
    }
}
