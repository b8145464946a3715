package hopline.capture;

import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;

/// One section of a capture file: what was captured in one go. Formats other than pcapng have one.
///
/// @param index counts from 0
/// @param order the byte order of its numbers
/// @param options what its header says of it
public record CaptureSection(int index, ByteOrder order, CaptureOptions options) {

    /// The hardware that captured it.
    public Optional<String> hardware() {
        return options.text(CaptureOptions.SECTION_HARDWARE);
    }

    /// The operating system that captured it.
    public Optional<String> os() {
        return options.text(CaptureOptions.SECTION_OS);
    }

    /// The program that wrote it.
    public Optional<String> application() {
        return options.text(CaptureOptions.SECTION_APPLICATION);
    }

    /// In file order.
    public List<String> comments() {
        return options.comments();
    }
}
