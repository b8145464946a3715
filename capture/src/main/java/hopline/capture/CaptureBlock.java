package hopline.capture;

import java.nio.ByteOrder;

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

    /// Is told of blocks as they are passed over.
    @FunctionalInterface
    public interface Listener {

        /// Called between the records that surround `block`.
        void passed(CaptureBlock block);
    }
}
