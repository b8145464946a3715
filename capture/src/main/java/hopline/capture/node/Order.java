package hopline.capture.node;

import hopline.capture.node.plan.CapturePlan;
import hopline.capture.node.process.Programs;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/// All that a capture on this node needs to know.
///
/// @param id the session's name
/// @param plan what to capture, its backend chosen
/// @param node where
/// @param programs what runs other programs
/// @param sessions where it is written down
/// @param bundle the file to make
/// @param version of Hopline
/// @param kubeconfig for the cluster's lists; empty for what kubectl finds by itself
/// @param asksCluster whether the cluster's lists are wanted at all
/// @param news is told what happens, a sentence each
public record Order(
        String id,
        CapturePlan plan,
        NodeFacts node,
        Programs programs,
        Sessions sessions,
        Path bundle,
        String version,
        Optional<String> kubeconfig,
        boolean asksCluster,
        Consumer<String> news) {

    /// Where everything is put until it is packed: beside the bundle, so that packing needs no other disk.
    Path folder() {
        return bundle.resolveSibling(bundle.getFileName() + ".part");
    }
}
