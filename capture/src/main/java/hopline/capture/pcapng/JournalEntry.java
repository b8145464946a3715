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
    private static final ByteBuffer OWN_OCTETS = StandardCharsets.US_ASCII.encode(OWN);
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
        byte[] octets = cut(value).getBytes(StandardCharsets.UTF_8);
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

    private static String cut(String value) {
        return value.substring(0, Math.min(value.length(), MAX_VALUE));
    }

    /// The event that `entry` keeps; empty when it keeps none. Values beyond 16,384 characters are cut.
    public static Optional<SystemEvent> event(byte[] entry) {
        Map<String, String> fields = fields(ByteBuffer.wrap(entry).order(ByteOrder.LITTLE_ENDIAN));
        return fields.isEmpty() ? Optional.empty() : EventFields.read(fields);
    }

    /// Somebody else's fields are passed over as octets.
    private static Map<String, String> fields(ByteBuffer in) {
        Map<String, String> fields = new HashMap<>();
        int end = find('\n', in, in.limit());
        while (end >= 0 && fields.size() < MAX_FIELDS) {
            int equals = find('=', in, end);
            if (equals < 0 && in.limit() - end <= Long.BYTES) {
                return fields;
            }
            ByteBuffer name = take(in, equals < 0 ? end : equals);
            ByteBuffer value = equals < 0 ? lengthened(in) : take(in, end);
            if (isOwn(name)) {
                fields.put(text(name).substring(OWN.length()), cut(text(value)));
            }
            end = find('\n', in, in.limit());
        }
        return fields;
    }

    private static ByteBuffer lengthened(ByteBuffer in) {
        long length = in.getLong();
        return take(in, in.position() + Math.clamp(length, 0, in.remaining()));
    }

    /// Where the next of `octet` is; negative when there is none before `limit`.
    private static int find(char octet, ByteBuffer in, int limit) {
        for (int at = in.position(); at < limit; at++) {
            if (in.get(at) == octet) {
                return at;
            }
        }
        return -1;
    }

    /// What stands before `end`; the octet there is passed over.
    private static ByteBuffer take(ByteBuffer in, int end) {
        ByteBuffer taken = in.slice(in.position(), end - in.position());
        in.position(Math.min(end + 1, in.limit()));
        return taken;
    }

    /// One that begins as ours do, of the letters that journals allow.
    private static boolean isOwn(ByteBuffer name) {
        boolean own = name.remaining() >= OWN.length() && OWN_OCTETS.equals(name.slice(0, OWN.length()));
        for (int at = 0; own && at < name.limit(); at++) {
            char letter = (char) (name.get(at) & 0xff);
            own = (letter >= 'A' && letter <= 'Z') || (letter >= '0' && letter <= '9') || letter == '_';
        }
        return own;
    }

    private static String text(ByteBuffer octets) {
        return StandardCharsets.UTF_8.decode(octets).toString();
    }
}
