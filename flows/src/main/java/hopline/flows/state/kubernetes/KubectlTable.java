package hopline.flows.state.kubernetes;

import hopline.flows.state.NamespacedName;
import hopline.flows.state.Source;
import hopline.flows.state.text.TextSection;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Reads the tables that `kubectl get` prints for people: pods, services, events. Columns stand under their
/// headings, more or less.
public final class KubectlTable implements TextSection {

    private static final Pattern BEGIN =
            Pattern.compile("^(NAMESPACE\\s+)?(NAME\\s+(READY|TYPE|STATUS)|LAST SEEN\\s+TYPE\\s+REASON)\\s.*");

    private final String file;
    private final KubernetesState state;
    private List<String> columns = List.of();

    /// Reads into `state` what `file` holds.
    public KubectlTable(String file, KubernetesState state) {
        this.file = file;
        this.state = state;
    }

    /// Whether a table begins with that line.
    public static boolean begins(String line) {
        return (line.startsWith("NAME") || line.startsWith("LAST"))
                && BEGIN.matcher(line).matches();
    }

    @Override
    public boolean line(String text, int number) {
        if (begins(text)) {
            columns = List.of(text.replace("LAST SEEN", "LAST-SEEN")
                    .replace("NOMINATED NODE", "NOMINATED-NODE")
                    .replace("READINESS GATES", "READINESS-GATES")
                    .strip()
                    .split("\\s+"));
            return true;
        }
        if (text.isBlank() || !Character.isLetterOrDigit(text.charAt(0))) {
            return false;
        }
        Source source = new Source(file, number);
        int last = columns.size();
        String[] cells = text.replaceAll("\\(\\d+\\w* ago\\)", "").strip().split("\\s+", last);
        if (columns.contains("READY")) {
            pod(cells, source);
        } else if (columns.contains("CLUSTER-IP")) {
            state.add(new ListedService(
                    cell(cells, "NAME"),
                    cell(cells, "TYPE"),
                    cell(cells, "CLUSTER-IP"),
                    cell(cells, "PORT(S)"),
                    source));
        } else if (columns.contains("REASON")) {
            state.add(new KubernetesEvent(
                    new NamespacedName(namespace(cells), ""),
                    cell(cells, "TYPE"),
                    cell(cells, "REASON"),
                    cell(cells, "OBJECT").replaceFirst("/", " "),
                    cell(cells, "MESSAGE"),
                    "",
                    cell(cells, "LAST-SEEN"),
                    source));
        }
        return true;
    }

    private String cell(String[] cells, String column) {
        int index = columns.indexOf(column);
        return index >= 0 && index < cells.length ? cells[index] : "";
    }

    private String namespace(String[] cells) {
        String namespace = cell(cells, "NAMESPACE");
        return namespace.isEmpty() ? "default" : namespace;
    }

    private void pod(String[] cells, Source source) {
        state.add(new PodRun(
                new NamespacedName(namespace(cells), cell(cells, "NAME")),
                cell(cells, "NODE"),
                "",
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                "",
                cell(cells, "STATUS"),
                source));
    }
}
