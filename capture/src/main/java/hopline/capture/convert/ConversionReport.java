package hopline.capture.convert;

import java.util.List;
import java.util.Map;

/// What came of a conversion.
///
/// @param records how many were written
/// @param problems why a source could not be read to its end, by the source's name
/// @param remarks what was not kept or should be known of the result, a sentence each
public record ConversionReport(long records, Map<String, String> problems, List<String> remarks) {}
