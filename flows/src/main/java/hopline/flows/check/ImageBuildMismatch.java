package hopline.flows.check;

import hopline.flows.check.StateFinding.Claim;
import hopline.flows.rule.Severity;
import hopline.flows.state.Source;
import hopline.flows.state.host.HostReading;
import hopline.flows.state.kubernetes.PodRun;
import hopline.flows.state.log.Signal;
import hopline.flows.state.text.Digits;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Images, the pause image above all, that are made for another build of Windows than the node's.
final class ImageBuildMismatch implements StateRule {

    private static final Pattern TAG =
            Pattern.compile("(?:windows-|ltsc|-|:)(1809|1903|1909|2004|20H2|2019|2022|2025|10\\.0\\.\\d{5})\\b");
    private static final Map<String, String> BUILDS = Map.of(
            "1809", "17763",
            "2019", "17763",
            "1903", "18362",
            "1909", "18363",
            "2004", "19041",
            "20H2", "19042",
            "2022", "20348",
            "2025", "26100");

    /// From this build on, Windows runs images of it and of all later ones up to its own.
    private static final int PORTABLE = 20348;

    private static final Pattern NUMBER = Pattern.compile("^10\\.0\\.(\\d{5})\\b");
    private static final Pattern BASE = Pattern.compile("(?i)\\b(pause|kubeletwin/pause|nanoserver|servercore)\\b");

    private final LoggedFailure logged = new LoggedFailure(
            id(),
            reference(),
            Set.of(Signal.IMAGE_MISMATCH),
            Severity.ERROR,
            "An image is made for another build of Windows",
            "Use an image of the node's build, or one that lists several.");

    /// @param text such as `10.0.20348.3091`; empty when unknown
    /// @param source who said so
    private record Build(String text, Source source) {}

    @Override
    public String id() {
        return "image-build-mismatch";
    }

    @Override
    public String reference() {
        return "";
    }

    @Override
    public void check(StateView view, StateFindings findings) {
        logged.check(view, findings);
        for (NodeView node : view.nodes()) {
            Optional<Build> build = build(node);
            node.state().host().readings().stream()
                    .filter(reading -> reading.key().equals(HostReading.PAUSE_IMAGE))
                    .forEach(reading -> build.ifPresent(
                            of -> check(node.name(), node.name(), reading.value(), of, reading.source(), findings)));
        }
        for (PodRun pod : view.kubernetes().pods()) {
            Optional<Build> build = view.kubernetes()
                    .node(pod.nodeName())
                    .filter(run -> run.os().equals("windows"))
                    .map(run -> new Build(run.kernel(), run.source()));
            build.ifPresent(of -> pod.images().stream()
                    .filter(image -> BASE.matcher(image).find())
                    .forEach(image -> check(pod.nodeName(), "Pod " + pod.id(), image, of, pod.source(), findings)));
        }
    }

    /// What the node itself says, else what the cluster says of it.
    private static Optional<Build> build(NodeView node) {
        return node.state()
                .host()
                .reading(HostReading.BUILD)
                .map(reading -> new Build("10.0." + reading.value(), reading.source()))
                .or(() -> node.view()
                        .kubernetes()
                        .node(node.name())
                        .filter(run -> run.os().equals("windows"))
                        .map(run -> new Build(run.kernel(), run.source())));
    }

    private void check(String node, String user, String image, Build build, Source source, StateFindings findings) {
        Matcher tag = TAG.matcher(image);
        if (!tag.find() || build.text().isEmpty()) {
            return;
        }
        String made = BUILDS.getOrDefault(tag.group(1), tag.group(1).replaceFirst("^10\\.0\\.", ""));
        if (!build.text().contains("." + made + ".") && !isPortable(made, build.text())) {
            findings.add(
                    this,
                    Severity.ERROR,
                    node,
                    new Claim(
                            user + " uses " + image + ", which is made for another build than " + node + "'s",
                            "an image for build " + build.text(),
                            image,
                            "Containers that share the node's kernel need its build: choose the image by the node's"
                                    + " build, or one that lists several."),
                    Stream.of(source, build.source()));
        }
    }

    private static boolean isPortable(String made, String build) {
        Matcher number = NUMBER.matcher(build);
        int node = number.find() ? Digits.number(number.group(1)).orElse(0) : 0;
        int image = Digits.number(made).orElse(0);
        return image >= PORTABLE && image <= node;
    }
}
