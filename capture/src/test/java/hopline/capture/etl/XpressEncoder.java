package hopline.capture.etl;

import java.util.Arrays;

/// Compresses as Windows does, plain LZ77 of [MS-XCA] §2.3, so that tests need no Windows: greedy, looking for the
/// latest occurrence of each three octets.
final class XpressEncoder {

    private static final int MAX_DISTANCE = 8192;
    private static final int MIN_MATCH = 3;

    private final byte[] in;
    private final int[] latest = new int[1 << 16];
    private byte[] written = {};
    private int flags;
    private int flagCount;
    private int flagsAt;
    private int nibbleAt = -1;
    private int size;

    private XpressEncoder(byte[] in) {
        this.in = in;
        Arrays.fill(latest, -1);
    }

    static byte[] encode(byte[] in) {
        return new XpressEncoder(in).encode();
    }

    private byte[] encode() {
        written = new byte[in.length + in.length / 8 + 64];
        flagsAt = append4(0);
        int at = 0;
        while (at < in.length) {
            int match = match(at);
            int length = match < 0 ? 1 : length(match, at);
            if (match < 0) {
                append(in[at]);
                flag(0);
            } else {
                appendMatch(at - match, length);
                flag(1);
            }
            for (int i = at; i < Math.min(at + length, in.length - MIN_MATCH); i++) {
                latest[hash(i)] = i;
            }
            at += length;
        }
        while (flagCount != 0) { // what follows the last token is marked as matches
            flags = flags << 1 | 1;
            flagCount = (flagCount + 1) % 32;
        }
        put4(flagsAt, flags);
        return Arrays.copyOf(written, size);
    }

    private int match(int at) {
        if (at + MIN_MATCH > in.length - 1) {
            return -1;
        }
        int found = latest[hash(at)];
        boolean near = found >= 0 && at - found <= MAX_DISTANCE;
        return near && length(found, at) >= MIN_MATCH ? found : -1;
    }

    private int length(int from, int at) {
        int length = 0;
        while (at + length < in.length && in[from + length] == in[at + length]) {
            length++;
        }
        return length;
    }

    private int hash(int at) {
        int three = (in[at] & 0xff) << 16 | (in[at + 1] & 0xff) << 8 | (in[at + 2] & 0xff);
        return three * 0x9E3779B1 >>> 16;
    }

    private void appendMatch(int distance, int matched) {
        int length = matched - MIN_MATCH;
        append2(distance - 1 << 3 | Math.min(length, 7));
        if (length < 7) {
            return;
        }
        int rest = length - 7;
        appendNibble(Math.min(rest, 15));
        if (rest < 15) {
            return;
        }
        rest -= 15;
        append((byte) Math.min(rest, 255));
        if (rest < 255) {
            return;
        }
        if (length < 1 << 16) {
            append2(length);
        } else {
            append2(0);
            append4(length);
        }
    }

    private void appendNibble(int nibble) {
        if (nibbleAt < 0) {
            nibbleAt = size;
            append((byte) nibble);
        } else {
            written[nibbleAt] |= (byte) (nibble << 4);
            nibbleAt = -1;
        }
    }

    private void flag(int bit) {
        flags = flags << 1 | bit;
        if (++flagCount == 32) {
            put4(flagsAt, flags);
            flags = 0;
            flagCount = 0;
            flagsAt = append4(0);
        }
    }

    private void append(byte octet) {
        if (size == written.length) {
            written = Arrays.copyOf(written, 2 * size);
        }
        written[size++] = octet;
    }

    private void append2(int value) {
        append((byte) value);
        append((byte) (value >>> 8));
    }

    private int append4(int value) {
        int at = size;
        append2(value);
        append2(value >>> 16);
        return at;
    }

    private void put4(int at, int value) {
        for (int i = 0; i < 4; i++) {
            written[at + i] = (byte) (value >>> 8 * i);
        }
    }
}
