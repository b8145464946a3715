package hopline.cli;

import hopline.cli.redact.Audit;
import hopline.cli.redact.PrivateData;
import hopline.cli.report.Escape;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Tells what private data is left, or that none is.
final class BundleCheck {

    /// Told of each kind.
    private static final int SHOWN = 20;

    private static final int FILES_SHOWN = 2;

    private BundleCheck() {}

    /// Whether nothing private was found.
    static boolean isClean(Audit audit) {
        return audit.data().found().isEmpty();
    }

    /// @param payload what to say of payload when nothing was found
    /// @param all whether to list all of it, not only the first of each kind
    static void print(String name, Audit audit, String payload, boolean all, PrintStream out) {
        String looked = audit.files() + (audit.files() == 1 ? " file, " : " files, ") + audit.records() + " records";
        if (isClean(audit)) {
            out.println(Escape.text(name) + ": no address, name or token is left that is not a pseudonym" + payload
                    + " (" + looked + ")");
            return;
        }
        out.println(Escape.text(name) + ": private data is left (" + looked + ")");
        if (!audit.isListed()) {
            out.println("No list of pseudonyms lies with it: what stands for something else is listed, too.");
        }
        audit.data().found().forEach((kind, found) -> print(kind, found, all ? Integer.MAX_VALUE : SHOWN, out));
    }

    private static void print(PrivateData.Kind kind, Map<String, Set<String>> found, int shown, PrintStream out) {
        out.println();
        out.println(kind.label() + (kind == PrivateData.Kind.PAYLOAD ? "" : ": " + found.size()));
        found.entrySet().stream()
                .limit(shown)
                .forEach(one -> out.println(
                        "  " + Escape.text(one.getKey()) + " in " + Escape.text(files(List.copyOf(one.getValue())))));
        if (found.size() > shown) {
            out.println("  … and " + (found.size() - shown) + " more");
        }
    }

    private static String files(List<String> files) {
        String shown = String.join(", ", files.subList(0, Math.min(FILES_SHOWN, files.size())));
        return files.size() <= FILES_SHOWN ? shown : shown + " and " + (files.size() - FILES_SHOWN) + " more";
    }
}
