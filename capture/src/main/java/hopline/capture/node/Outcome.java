package hopline.capture.node;

import java.nio.file.Path;
import java.util.List;

/// What came of a capture.
///
/// @param result the bundle; where it could not be packed, the folder with the same content
/// @param isPacked whether it is the bundle
/// @param isComplete whether all that should be in it is
/// @param stopped why it ended
/// @param bounds the bounds that were hit, a sentence each
/// @param failures what did not work, a sentence each
/// @param records packets captured, where that is known; -1 else
public record Outcome(
        Path result,
        boolean isPacked,
        boolean isComplete,
        String stopped,
        List<String> bounds,
        List<String> failures,
        long records) {}
