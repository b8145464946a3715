package hopline.capture.convert;

import hopline.capture.CaptureReader;
import java.util.Optional;

/// A capture that takes part in a conversion.
///
/// @param name what problems call it
/// @param baseName its file's name without folders and endings, which names its node and its interface when nothing
///     else does; empty when it has none
/// @param node the node it was made on, when the user says so
/// @param reader delivers it; closed by whoever opened it
public record ConversionSource(String name, String baseName, Optional<String> node, CaptureReader reader) {}
