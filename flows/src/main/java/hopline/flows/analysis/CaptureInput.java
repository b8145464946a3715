package hopline.flows.analysis;

import hopline.capture.CaptureReader;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/// One capture to analyse.
///
/// @param name what reports call it; unique among the inputs
/// @param node the node it was made on, when the user says so; else the capture itself or its name tells
/// @param opener opens it, once per pass
public record CaptureInput(String name, Optional<String> node, Opener opener) {

    /// Opens a capture from its start; may be called several times.
    @FunctionalInterface
    public interface Opener {
        CaptureReader open() throws IOException;
    }

    /// What remains of the name without folders and the endings of formats and compressions.
    public String baseName() {
        String base = name.substring(name.lastIndexOf('/') + 1);
        for (int dot = base.lastIndexOf('.');
                dot > 0 && isEnding(base.substring(dot + 1));
                dot = base.lastIndexOf('.')) {
            base = base.substring(0, dot);
        }
        return base;
    }

    private static boolean isEnding(String ending) {
        return switch (ending.toLowerCase(Locale.ROOT)) {
            case "pcap", "pcapng", "cap", "dmp", "ntar", "etl", "gz", "zst", "lz4" -> true;
            default -> false;
        };
    }
}
