package hopline.capture.convert;

import hopline.capture.CaptureBytes;
import hopline.capture.CaptureFormat;
import hopline.capture.Captures;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// What a conversion of captures in memory gave.
record Converted(byte[] file, ConversionReport report) {

    /// Converts captures named `a`, `b`, … that nothing else names.
    static Converted to(CaptureFormat format, CaptureBytes... captures) throws IOException {
        return to(format, OptionalInt.empty(), captures);
    }

    static Converted to(CaptureFormat format, OptionalInt onlyLinkType, CaptureBytes... captures) throws IOException {
        List<ConversionSource> sources = new ArrayList<>();
        for (CaptureBytes capture : captures) {
            String name = String.valueOf((char) ('a' + sources.size()));
            sources.add(source(capture, name, name));
        }
        return of(format, onlyLinkType, sources);
    }

    /// Converts captures without names, so that nothing is added to what they say.
    static Converted unnamed(CaptureFormat format, CaptureBytes... captures) throws IOException {
        List<ConversionSource> sources = new ArrayList<>();
        for (CaptureBytes capture : captures) {
            sources.add(source(capture, "-", ""));
        }
        return of(format, OptionalInt.empty(), sources);
    }

    static Converted of(CaptureFormat format, OptionalInt onlyLinkType, List<ConversionSource> sources)
            throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ConversionReport report = Conversion.run(sources, format, out, onlyLinkType, records -> {});
        return new Converted(out.toByteArray(), report);
    }

    static ConversionSource source(CaptureBytes capture, String name, String baseName) throws IOException {
        return new ConversionSource(
                name, baseName, Optional.empty(), Captures.open(new ByteArrayInputStream(capture.toByteArray())));
    }
}
