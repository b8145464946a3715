package hopline.flows.check;

import hopline.flows.check.StateFinding.Claim;
import hopline.flows.rule.Severity;
import hopline.flows.state.Source;
import hopline.flows.state.host.HostReading;
import hopline.flows.state.kubernetes.NodeRun;
import hopline.flows.state.log.Signal;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A build of Windows, or of kube-proxy, that is known to break container networks. The table of builds, with
/// sources, is the resource `known-builds.tsv`.
final class KnownBuildDefect implements StateRule {

    private static final Pattern BUILD = Pattern.compile("(?:10\\.0\\.)?(\\d{5})\\.(\\d{1,6})");

    private final List<Defect> defects = read();
    private final LoggedFailure hashing = new LoggedFailure(
            id(),
            reference(),
            Set.of(Signal.HASHING_FAILED),
            Severity.ERROR,
            "kube-proxy cannot tell which load balancers it has",
            "A defect of kube-proxy 1.24: upgrade (Azure/AKS#3718).");

    /// A range of revisions of one build.
    ///
    /// @param from the first revision with the defect
    /// @param until the first without it
    record Defect(int build, int from, int until, Severity severity, String what, String fix, String source) {}

    @Override
    public String id() {
        return "known-build-defect";
    }

    @Override
    public String reference() {
        return "F36, F37, F39, F51";
    }

    List<Defect> defects() {
        return defects;
    }

    private static List<Defect> read() {
        try (InputStream in = KnownBuildDefect.class.getResourceAsStream("known-builds.tsv")) {
            if (in == null) {
                throw new IllegalStateException("known-builds.tsv is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#") && !line.isBlank())
                    .map(line -> line.split("\t", -1))
                    .map(cells -> new Defect(
                            Integer.parseInt(cells[0]),
                            Integer.parseInt(cells[1]),
                            Integer.parseInt(cells[2]),
                            Severity.valueOf(cells[3].toUpperCase(Locale.ROOT)),
                            cells[4],
                            cells[5],
                            cells[6]))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void check(StateView view, StateFindings findings) {
        hashing.check(view, findings);
        Map<String, Map<String, Source>> builds = new LinkedHashMap<>();
        for (NodeView node : view.nodes()) {
            node.state().host().reading(HostReading.BUILD).ifPresent(reading -> builds.computeIfAbsent(
                            node.name(), name -> new LinkedHashMap<>())
                    .put(reading.value(), reading.source()));
        }
        for (NodeRun run : view.kubernetes().nodes()) {
            if (run.os().equals("windows")) {
                builds.computeIfAbsent(run.name(), name -> new LinkedHashMap<>())
                        .putIfAbsent(run.kernel(), run.source());
            }
        }
        builds.forEach((node, found) -> found.forEach((build, source) -> check(node, build, source, findings)));
    }

    private void check(String node, String text, Source source, StateFindings findings) {
        Matcher build = BUILD.matcher(text);
        if (!build.matches()) {
            return;
        }
        int number = Integer.parseInt(build.group(1));
        int revision = Integer.parseInt(build.group(2));
        for (Defect defect : defects) {
            if (defect.build() == number && revision >= defect.from() && revision < defect.until()) {
                findings.add(
                        this,
                        defect.severity(),
                        node,
                        new Claim(
                                "Windows build " + number + "." + revision + " on " + node + ": " + defect.what(),
                                "build " + number + "." + defect.until() + " or later",
                                number + "." + revision + ", " + defect.what(),
                                defect.fix() + " (" + defect.source() + ")."),
                        Stream.of(source));
            }
        }
    }
}
