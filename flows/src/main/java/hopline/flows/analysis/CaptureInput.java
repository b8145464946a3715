package hopline.flows.analysis;

import hopline.capture.CaptureReader;
import java.io.IOException;
import java.util.Optional;

/// One capture to analyse.
///
/// @param name what reports call it; unique among the inputs
/// @param node the node it was made on, when the user says so
/// @param fileNode the node that the file's name tells, for when the capture does not say it either
/// @param opener opens it, once per pass
public record CaptureInput(String name, Optional<String> node, String fileNode, Opener opener) {

    /// A capture in a file that is called like its node.
    public CaptureInput(String name, Optional<String> node, Opener opener) {
        this(name, node, FileName.base(name), opener);
    }

    /// The same, in a file whose name tells that node.
    public CaptureInput ofFile(String otherNode) {
        return new CaptureInput(name, node, otherNode, opener);
    }

    /// The same, read otherwise.
    public CaptureInput openedBy(Opener other) {
        return new CaptureInput(name, node, fileNode, other);
    }

    /// Opens a capture from its start; may be called several times.
    @FunctionalInterface
    public interface Opener {
        CaptureReader open() throws IOException;
    }

    /// What remains of the name without folders, the endings of formats and compressions, and which piece it is of a
    /// capture in several files.
    public String baseName() {
        return FileName.base(name);
    }
}
