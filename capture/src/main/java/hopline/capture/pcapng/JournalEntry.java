package hopline.capture.pcapng;

import hopline.capture.CaptureBlock;
import hopline.capture.Octets;
import hopline.capture.event.EventFields;
import hopline.capture.event.SystemEvent;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// An event of a system's trace as an entry of a journal, which is how pcapng keeps what a system said beside packets:
/// draft-ietf-opsawg-pcapng, Systemd Journal Export Block, in systemd's Journal Export Format.
///
/// `MESSAGE` is the event in a sentence, `SYSLOG_IDENTIFIER` its provider, and fields that begin with `HOPLINE_` hold
/// all of it, as [EventFields] names them. Entries without those are somebody else's and told to nobody.
public final class JournalEntry {

    private static final String OWN = "HOPLINE_";
    private static final int NANOS_PER_MICRO = 1_000;

    /// Bounds what an event may make of names that a trace claims; journals' own tools cut nothing below this.
    private static final int MAX_VALUE = 16_384;

    private static final int MAX_FIELDS = 64;

    private JournalEntry() {}

    /// The block that keeps `event`, in section `section`. Values beyond 16,384 characters are cut.
    public static CaptureBlock of(SystemEvent event, int section) {
        ByteArrayOutputStream entry = new ByteArrayOutputStream();
        write(entry, "__REALTIME_TIMESTAMP", Long.toString(Math.floorDiv(event.epochNanos(), NANOS_PER_MICRO)));
        write(entry, "SYSLOG_IDENTIFIER", event.provider());
        write(entry, "MESSAGE", event.matter().text());
        EventFields.of(event).forEach((name, value) -> write(entry, OWN + name, value));
        entry.writeBytes(new byte[-entry.size() & 3]);
        return new CaptureBlock(
                CaptureBlock.JOURNAL_EXPORT, section, ByteOrder.LITTLE_ENDIAN, Octets.wrap(entry.toByteArray()));
    }

    /// A value of several lines is written with its length before it.
    private static void write(ByteArrayOutputStream entry, String name, String value) {
        byte[] octets = value.substring(0, Math.min(value.length(), MAX_VALUE)).getBytes(StandardCharsets.UTF_8);
        entry.writeBytes(name.getBytes(StandardCharsets.US_ASCII));
        if (value.indexOf('\n') < 0) {
            entry.write('=');
        } else {
            entry.write('\n');
            entry.writeBytes(ByteBuffer.allocate(Long.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(octets.length)
                    .array());
        }
        entry.writeBytes(octets);
        entry.write('\n');
    }

    /// The event that `entry` keeps; empty when it keeps none.
    public static Optional<SystemEvent> event(byte[] entry) {
        Map<String, String> fields = fields(ByteBuffer.wrap(entry).order(ByteOrder.LITTLE_ENDIAN));
        return fields.isEmpty() ? Optional.empty() : EventFields.read(fields);
    }

    private static Map<String, String> fields(ByteBuffer in) {
        Map<String, String> fields = new HashMap<>();
        int end = end(in);
        while (end >= 0 && fields.size() < MAX_FIELDS) {
            String line = take(in, end - in.position());
            in.get();
            int equals = line.indexOf('=');
            if (equals < 0 && in.remaining() < Long.BYTES) {
                return fields;
            }
            String name = equals < 0 ? line : line.substring(0, equals);
            String value = equals < 0 ? lengthened(in) : line.substring(equals + 1);
            if (name.startsWith(OWN)) {
                fields.put(name.substring(OWN.length()), value);
            }
            end = end(in);
        }
        return fields;
    }

    private static String lengthened(ByteBuffer in) {
        long length = in.getLong();
        String value = take(in, Math.clamp(length, 0, in.remaining()));
        if (in.hasRemaining()) {
            in.get(); // the end of the line
        }
        return value;
    }

    /// Where the line ends that begins here; negative when none does.
    private static int end(ByteBuffer in) {
        for (int at = in.position(); at < in.limit(); at++) {
            if (in.get(at) == '\n') {
                return at;
            }
        }
        return -1;
    }

    private static String take(ByteBuffer in, int length) {
        byte[] octets = new byte[length];
        in.get(octets);
        return new String(octets, StandardCharsets.UTF_8);
    }
}
