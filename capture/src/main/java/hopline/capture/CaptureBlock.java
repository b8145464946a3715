package hopline.capture;

import hopline.capture.event.SystemEvent;
import hopline.capture.pcapng.JournalEntry;
import java.nio.ByteOrder;
import java.util.Optional;

/// A piece of a capture that is no record, interface or section: names of addresses, secrets, statistics, what a
/// system's journal said, custom data. In pcapng's form; kept so that converting loses nothing.
///
/// @param type the block's type, as in pcapng
/// @param section which section it lies in, from 0
/// @param order the byte order of its numbers
/// @param body what lies between the block's header and its trailing length, with padding; a view that holds as
///     long as a listener is being told of it
public record CaptureBlock(int type, int section, ByteOrder order, Octets body) {

    public static final int NAME_RESOLUTION = 4;
    public static final int INTERFACE_STATISTICS = 5;
    public static final int JOURNAL_EXPORT = 9;
    public static final int DECRYPTION_SECRETS = 10;
    public static final int CUSTOM = 0xBAD;
    public static final int CUSTOM_NOT_COPIED = 0x40000BAD;

    /// The number at `at` of the body, in the block's byte order.
    public long u32(int at) {
        int number = body.i32(at);
        return (order == ByteOrder.BIG_ENDIAN ? number : Integer.reverseBytes(number)) & 0xffff_ffffL;
    }

    /// The block that keeps `event` of a system's trace, in section `section`.
    public static CaptureBlock of(SystemEvent event, int section) {
        return JournalEntry.of(event, section);
    }

    /// The event of a system's trace that this block keeps; empty when it keeps none, as journals of others do.
    public Optional<SystemEvent> event() {
        return type == JOURNAL_EXPORT ? JournalEntry.event(body.toByteArray()) : Optional.empty();
    }

    /// Is told of blocks as they are passed over.
    @FunctionalInterface
    public interface Listener {

        /// Called between the records that surround `block`.
        void passed(CaptureBlock block);
    }
}
