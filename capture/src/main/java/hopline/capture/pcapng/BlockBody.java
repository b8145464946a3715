package hopline.capture.pcapng;

import hopline.capture.CaptureBlock;
import hopline.capture.Octets;
import hopline.capture.OptionBuffer;
import hopline.capture.OptionCursor;
import hopline.capture.OptionLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Puts the body of a block into another byte order, as far as the specification tells where its numbers lie. What
/// does not keep to its form is copied as it is from there on.
final class BlockBody {

    private static final int NAME_HEADER = 4;
    private static final int STATISTICS_BODY = 12;
    private static final int SECRETS_HEADER = 8;
    private static final int ENTERPRISE_LENGTH = 4;
    private static final int END_OF_NAMES = 0;

    private final ByteBuffer in;
    private final ByteBuffer out;

    private BlockBody(CaptureBlock block, ByteOrder order) {
        in = ByteBuffer.wrap(block.body().toByteArray()).order(block.order());
        out = ByteBuffer.allocate(in.capacity()).order(order);
    }

    /// The body of `block` in `order`; statistics are then about interface `interfaceId`.
    static Octets of(CaptureBlock block, ByteOrder order, int interfaceId) {
        BlockBody body = new BlockBody(block, order);
        if (block.type() == CaptureBlock.INTERFACE_STATISTICS) {
            body.statistics(interfaceId);
        } else if (block.order() != order) {
            body.swap(block.type());
        }
        body.rest();
        return Octets.wrap(body.out.array());
    }

    /// True when the numbers in blocks of that type are known.
    static boolean isKnown(int type) {
        return switch (type) {
            case CaptureBlock.NAME_RESOLUTION,
                    CaptureBlock.INTERFACE_STATISTICS,
                    CaptureBlock.DECRYPTION_SECRETS,
                    CaptureBlock.JOURNAL_EXPORT -> true;
            default -> false;
        };
    }

    private void swap(int type) {
        switch (type) {
            case CaptureBlock.NAME_RESOLUTION -> names();
            case CaptureBlock.DECRYPTION_SECRETS -> secrets();
            case CaptureBlock.CUSTOM, CaptureBlock.CUSTOM_NOT_COPIED -> numbers(ENTERPRISE_LENGTH);
            default -> {} // text, or unknown
        }
    }

    private void statistics(int interfaceId) {
        if (in.remaining() < STATISTICS_BODY) {
            return;
        }
        in.getInt();
        out.putInt(interfaceId);
        numbers(STATISTICS_BODY - 4);
        options(OptionLayout.STATISTICS);
    }

    private void names() {
        while (in.remaining() >= NAME_HEADER) {
            int kind = in.getShort() & 0xffff;
            int length = in.getShort() & 0xffff;
            out.putShort((short) kind).putShort((short) length);
            if (kind == END_OF_NAMES) {
                options(OptionLayout.OTHER);
                return;
            }
            octets((length + 3) & ~3);
        }
    }

    private void secrets() {
        if (in.remaining() < SECRETS_HEADER) {
            return;
        }
        int length = in.getInt(in.position() + 4);
        numbers(SECRETS_HEADER);
        if (length >= 0 && length <= in.remaining()) {
            octets((length + 3) & ~3);
            options(OptionLayout.OTHER);
        }
    }

    /// Copies as many 32-bit numbers as `length` holds.
    private void numbers(int length) {
        for (int i = 0; i < length && in.remaining() >= 4; i += 4) {
            out.putInt(in.getInt());
        }
    }

    private void octets(int length) {
        int size = Math.min(length, in.remaining());
        out.put(in.slice(in.position(), size));
        in.position(in.position() + size);
    }

    /// Options keep their length in either order; their end comes with the rest, which is zeros.
    private void options(OptionLayout layout) {
        OptionBuffer options = new OptionBuffer(out.order());
        OptionCursor cursor = new OptionCursor().over(in.array(), in.position(), in.capacity(), in.order());
        options.addAll(cursor, layout);
        int size = Math.min(options.size(), in.remaining());
        out.put(options.array(), 0, size);
        in.position(in.position() + size);
    }

    private void rest() {
        octets(in.remaining());
    }
}
