package hopline.capture;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// All that reading a capture gave: its records as values, and where it broke.
///
/// @param problem the message of what ended the reading early; null when the capture was read whole
public record Reading(
        List<Seen> records,
        List<CaptureInterface> interfaces,
        long lostRecords,
        Map<String, Long> skippedBlocks,
        @Nullable String problem) {

    /// One record, copied.
    public record Seen(long number, int interfaceIndex, long epochNanos, long originalLength, String octets) {}

    public static Reading of(CaptureBytes file) {
        return of(file.toByteArray());
    }

    public static Reading of(byte[] file) {
        return of(new ByteArrayInputStream(file));
    }

    /// Reads `in` to its end or to where it breaks. Whatever else than the two kinds of refusal is thrown, is a bug.
    public static Reading of(InputStream in) {
        try (CaptureReader reader = Captures.open(in)) {
            return of(reader);
        } catch (UnrecognizedContentException | MalformedCaptureException e) {
            return new Reading(List.of(), List.of(), 0, Map.of(), e.getMessage());
        } catch (IOException e) {
            throw new AssertionError("neither read nor refused", e);
        }
    }

    /// Makes a reader of what a stream delivers.
    public interface Opener {
        CaptureReader open(InputStream in) throws IOException;
    }

    /// Past the front door: `octets` go to one reader, whatever they begin with.
    public static Reading of(byte[] octets, Opener opener) {
        try (CaptureReader reader = opener.open(new ByteArrayInputStream(octets))) {
            return of(reader);
        } catch (MalformedCaptureException e) {
            return new Reading(List.of(), List.of(), 0, Map.of(), e.getMessage());
        } catch (IOException e) {
            throw new AssertionError("neither read nor refused", e);
        }
    }

    private static Reading of(CaptureReader reader) throws IOException {
        List<Seen> records = new ArrayList<>();
        String problem = null;
        try {
            for (CaptureRecord record = reader.next(); record != null; record = reader.next()) {
                records.add(new Seen(
                        record.number(),
                        record.interfaceIndex(),
                        record.epochNanos(),
                        record.originalLength(),
                        record.octets().toString()));
            }
        } catch (MalformedCaptureException e) {
            problem = e.getMessage();
        }
        return new Reading(
                records,
                reader.interfaces().stream().map(Reading::withoutOptions).toList(),
                reader.lostRecords(),
                Map.copyOf(reader.skippedBlocks()),
                problem);
    }

    private static CaptureInterface withoutOptions(CaptureInterface at) {
        return new CaptureInterface(at.index(), at.section(), at.name(), at.linkType(), at.snapLength());
    }

    public List<String> octets() {
        return records.stream().map(Seen::octets).toList();
    }
}
