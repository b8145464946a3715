package hopline.decode.redact;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Words that stay in texts, because they belong to the form of what was written and not to who wrote it.
///
/// Two lists: words that readers and rules look for, which always stay; and words of English and of
/// systems, which stay unless something was named by them. All else is taken for a name.
final class Vocabulary {

    /// Numbers with their units, dates, the head of a line in a log of Kubernetes.
    private static final Pattern MEASURE = Pattern.compile(
            "(?:\\d+(?:ns|us|µs|ms|s|m|h|d|b|k|ki|kb|kib|m|mi|mb|mib|g|gi|gb|gib|t|bps|kbps|mbps|gbps|x|st|nd|rd|th|z))+"
                    + "|\\d{4}-\\d\\d-\\d\\dt\\d\\d|\\d{8}t\\d{6}z?|\\d{4}-\\d\\d-\\d\\dt\\d\\d-\\d\\d-\\d\\dz|[iwef]\\d{4}"
                    + "|v\\d{1,3}|\\d+e\\d+|\\d+-snapshot");

    /// Numbers in hexadecimal: short ones, and what Windows calls an error.
    private static final Pattern CODE = Pattern.compile("0x(?:[0-9a-f]{1,6}|[8c][0-9a-f]{7}|0+[0-9a-f]{1,6}|f{8})");

    /// Interfaces as systems number them.
    private static final Pattern INTERFACE = Pattern.compile(
            "(?:eth|ens|eno|cni|cbr|docker|lo|bond|tun|tap|br|wlan|flannel|vxlan|vx|dummy|kube-ipvs)\\d{0,4}"
                    + "|enp\\d{1,3}s\\d{1,3}(?:f\\d{1,2})?");

    /// Lengths in styles, and what drawings call their parts.
    private static final Pattern DRAWING =
            Pattern.compile("\\d+(?:px|em|rem|pt)|(?:latency|responses|traffic)(?:-narrow)?-(?:clippath|defs)\\d+");

    /// Flows and findings, as reports number them.
    private static final Pattern NUMBERED = Pattern.compile("[fns]\\d{1,7}");

    private final Set<String> structure;
    private final Set<String> words;

    private Vocabulary(Set<String> structure, Set<String> words) {
        this.structure = structure;
        this.words = words;
    }

    /// The lists that come with this package.
    static Vocabulary load() {
        return new Vocabulary(read("structure.txt"), read("words.txt"));
    }

    private static Set<String> read(String name) {
        Set<String> found = new HashSet<>();
        try (InputStream in = Vocabulary.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the list " + name + " is missing");
            }
            BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                found.addAll(List.of(line.split(" ")));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    /// Whether a word stays whatever is named by it.
    boolean isStructure(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        return structure.contains(lower)
                || ReservedNames.isReserved(lower)
                || MEASURE.matcher(lower).matches()
                || CODE.matcher(lower).matches()
                || DRAWING.matcher(lower).matches()
                || INTERFACE.matcher(lower).matches();
    }

    /// Whether a word stays unless something is named by it.
    boolean isWord(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        return words.contains(lower) || NUMBERED.matcher(lower).matches();
    }
}
