package hopline.cli.redact;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Names of redacted files. Captures of one folder keep their order, which decides whose clock is the
/// reference, by a number before each; what they are captures of is written in them.
public final class FileNames {

    private final FileRedaction files;
    private final Map<String, Integer> captures = new HashMap<>();
    private final Map<String, Integer> seen = new HashMap<>();
    private final Set<String> taken = new HashSet<>();

    /// For `sources`, each by its name.
    public FileNames(FileRedaction files, Map<String, Content> sources) {
        this.files = files;
        taken.add(Pseudonyms.FILE);
        sources.forEach((name, file) -> {
            if (isNumbered(name, file)) {
                captures.merge(folder(name), 1, Integer::sum);
            }
        });
    }

    private static String folder(String name) {
        return name.substring(0, name.lastIndexOf('/') + 1);
    }

    /// A capture that says itself which node it is of: not so pcap, whose name tells.
    private static boolean isNumbered(String name, Content file) {
        try {
            return !name.matches("(?i).*\\.p?cap(\\.gz|\\.zst|\\.lz4)?") && FileKind.of(file) == FileKind.CAPTURE;
        } catch (IOException e) {
            return false;
        }
    }

    /// What the next of the sources, in their order, becomes.
    public String next(String name, Content file) {
        String made = files.name(name);
        String folder = folder(name);
        if (captures.getOrDefault(folder, 0) > 1 && isNumbered(name, file)) {
            int slash = made.lastIndexOf('/') + 1;
            int digits = String.valueOf(captures.get(folder)).length();
            String number = String.format(Locale.ROOT, "%0" + digits + "d-", seen.merge(folder, 1, Integer::sum));
            made = made.substring(0, slash) + number + made.substring(slash);
            files.pseudonyms().derived(made.substring(slash));
        }
        while (!taken.add(made.toLowerCase(Locale.ROOT))) {
            made = "again-" + made;
        }
        return made;
    }
}
