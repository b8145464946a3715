package hopline.capture.convert;

import hopline.capture.CaptureReader;
import java.util.Optional;

/// A capture that takes part in a conversion.
///
/// @param name what problems call it
/// @param baseName its file's name without folders and endings, which names its interface when nothing else does; empty
///     when it has none
/// @param fileNode the node that its file's name tells, when nothing else does; empty when it tells none
/// @param node the node it was made on, when the user says so
/// @param reader delivers it; closed at its end, else by whoever opened it
public record ConversionSource(
        String name, String baseName, String fileNode, Optional<String> node, CaptureReader reader) {

    /// A capture in a file that is called like its node.
    public ConversionSource(String name, String baseName, Optional<String> node, CaptureReader reader) {
        this(name, baseName, baseName, node, reader);
    }
}
