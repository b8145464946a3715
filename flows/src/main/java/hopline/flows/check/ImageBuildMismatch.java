package hopline.flows.check;

import hopline.flows.check.StateFinding.Claim;
import hopline.flows.rule.Severity;
import hopline.flows.state.kubernetes.NodeRun;
import hopline.flows.state.kubernetes.PodRun;
import hopline.flows.state.log.Signal;
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
    private static final Pattern PAUSE = Pattern.compile("(?i)\\b(pause|kubeletwin/pause|nanoserver|servercore)\\b");

    private final LoggedFailure logged = new LoggedFailure(
            id(),
            reference(),
            Set.of(Signal.IMAGE_MISMATCH),
            Severity.ERROR,
            "An image is made for another build of Windows",
            "Use an image of the node's build, or one that lists several.");

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
        for (PodRun pod : view.kubernetes().pods()) {
            Optional<NodeRun> node = view.kubernetes().node(pod.nodeName()).filter(run -> run.os()
                    .equals("windows"));
            if (node.isPresent()) {
                pod.images().forEach(image -> check(pod, image, node.get(), findings));
            }
        }
    }

    private void check(PodRun pod, String image, NodeRun node, StateFindings findings) {
        Matcher tag = TAG.matcher(image);
        if (!PAUSE.matcher(image).find() || !tag.find()) {
            return;
        }
        String build = BUILDS.getOrDefault(tag.group(1), tag.group(1).replaceFirst("^10\\.0\\.", ""));
        if (!node.kernel().contains("." + build + ".") && !node.kernel().isEmpty()) {
            findings.add(
                    this,
                    Severity.ERROR,
                    node.name(),
                    new Claim(
                            "Pod " + pod.id() + " uses " + image + ", which is made for another build than "
                                    + node.name() + "'s",
                            "an image for build " + node.kernel(),
                            image,
                            "Containers that share the node's kernel need its build: choose the image by the node's"
                                    + " build, or one that lists several."),
                    Stream.of(pod.source(), node.source()));
        }
    }
}
