package hopline.cli.redact;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Names of files that every system takes, and that lead to no other folder: what is written on one node is opened on
/// another. Windows knows names that are devices in every folder, refuses some characters, and drops blanks and dots at
/// the end ([Naming Files](https://learn.microsoft.com/windows/win32/fileio/naming-a-file)).
final class PortableName {

    private static final Pattern REFUSED = Pattern.compile("[\\x00-\\x1f\\x7f<>:\"|?*]");
    private static final Pattern DROPPED = Pattern.compile("[. ]+$");
    private static final Pattern DEVICE =
            Pattern.compile("(?i)(con|prn|aux|nul|conin\\$|conout\\$|(com|lpt)[0-9\\x{b9}\\x{b2}\\x{b3}]) *(\\..*)?");

    private PortableName() {}

    /// `path`, whose folders end in slashes of either kind, with `_` for what would not do.
    static String of(String path) {
        String made = Arrays.stream(path.replace('\\', '/').split("/"))
                .filter(part -> !part.isEmpty())
                .map(PortableName::part)
                .collect(Collectors.joining("/"));
        return made.isEmpty() ? "_" : made;
    }

    private static String part(String name) {
        String made = REFUSED.matcher(name).replaceAll("_");
        made = DROPPED.matcher(made).replaceFirst("_");
        return DEVICE.matcher(made).matches() ? "_" + made : made;
    }
}
