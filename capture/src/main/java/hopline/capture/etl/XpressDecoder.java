package hopline.capture.etl;

import java.io.IOException;

/// Decompresses plain LZ77 as Windows does, a part at a time
/// ([MS-XCA](https://learn.microsoft.com/openspecs/windows_protocols/ms-xca/) §2.3, 2.4).
///
/// Flags come 32 at a time, the highest first: 0 is an octet as it stands, 1 a match of 16 bits, 3 for the length and
/// 13 for the distance. So nothing older than [#HISTORY] octets is ever looked at, and a buffer of many megabytes
/// can be unpacked through a small window.
final class XpressDecoder {

    /// The longest distance of a match.
    static final int HISTORY = 8192;

    /// Octets of the longest token: its flags, match, nibble, and lengths of 8, 16 and 32 bits.
    private static final int MAX_TOKEN = 4 + 2 + 1 + 1 + 2 + 4;

    private static final int CHUNK = 32 << 10;
    private static final int MIN_MATCH = 3;

    /// Where the compressed octets come from.
    @FunctionalInterface
    interface Source {

        /// Reads up to `length` octets; fewer only at the end of what there is.
        int read(long position, byte[] into, int offset, int length) throws IOException;
    }

    private final Source source;
    private final byte[] in = new byte[CHUNK + MAX_TOKEN];
    private long next;
    private long end;
    private int at;
    private int filled;
    private int flags;
    private int flagsLeft;
    private int nibble;
    private int pendingLength;
    private int pendingDistance;
    private boolean damaged;

    XpressDecoder(Source source) {
        this.source = source;
    }

    /// Starts with another stream: the octets of the file from `position` on, `size` of them.
    void start(long position, long size) {
        next = position;
        end = position + size;
        at = 0;
        filled = 0;
        flagsLeft = 0;
        nibble = -1;
        pendingLength = 0;
        damaged = false;
    }

    /// True when a match referred to what was never there.
    boolean isDamaged() {
        return damaged;
    }

    /// Fills `out` from `from` up to `limit`, or less when the stream ends or is damaged. What lies before `from`
    /// must be what was decompressed before: all of it, or at least [#HISTORY] octets.
    ///
    /// @return where the decompressed octets end
    int decode(byte[] out, int from, int limit) throws IOException {
        int to = copyPending(out, from, limit);
        while (to < limit && !damaged) {
            if (filled - at < MAX_TOKEN && next < end) {
                refill();
            }
            if (flagsLeft == 0) {
                if (filled - at < 4) {
                    break;
                }
                flags = EventData.i32(in, at);
                at += 4;
                flagsLeft = Integer.SIZE;
            }
            int literals = Math.min(Math.min(Integer.numberOfLeadingZeros(flags), flagsLeft), limit - to);
            if (literals == 0) {
                if (filled - at < 2) {
                    break;
                }
                readMatch();
                useFlags(1);
                to = copyPending(out, to, limit);
            } else {
                int there = Math.min(literals, filled - at);
                if (there == 0) {
                    break;
                }
                copyLiterals(out, to, there);
                to += there;
                useFlags(there);
            }
        }
        return to;
    }

    private void useFlags(int count) {
        flags = count == Integer.SIZE ? 0 : flags << count;
        flagsLeft -= count;
    }

    private void copyLiterals(byte[] out, int to, int count) {
        for (int i = 0; i < count; i++) {
            out[to + i] = in[at + i];
        }
        at += count;
    }

    private void refill() throws IOException {
        System.arraycopy(in, at, in, 0, filled - at);
        filled -= at;
        at = 0;
        int read = source.read(next, in, filled, (int) Math.min(CHUNK - filled, end - next));
        filled += read;
        next = read == 0 ? end : next + read;
    }

    /// The input behind `filled` is stale, so that a token cut by the end yields something; nothing follows it.
    private void readMatch() {
        int match = EventData.u16(in, at);
        at += 2;
        int length = match & 7;
        if (length == 7) {
            length = longLength();
        }
        pendingDistance = (match >>> 3) + 1;
        pendingLength = length + MIN_MATCH;
        damaged |= pendingLength < MIN_MATCH || at > filled;
    }

    private int longLength() {
        int length;
        if (nibble < 0) {
            int both = in[at++] & 0xff;
            length = both & 0xf;
            nibble = both >>> 4;
        } else {
            length = nibble;
            nibble = -1;
        }
        return 7 + (length < 15 ? length : 15 + veryLongLength());
    }

    private int veryLongLength() {
        int length = in[at++] & 0xff;
        if (length < 0xff) {
            return length;
        }
        length = EventData.u16(in, at);
        at += 2;
        if (length == 0) {
            length = EventData.i32(in, at);
            at += 4;
        }
        return length - (15 + 7);
    }

    private int copyPending(byte[] out, int from, int limit) {
        if (damaged || pendingDistance > from) {
            damaged |= pendingLength > 0;
            pendingLength = 0;
            return from;
        }
        int count = Math.min(pendingLength, limit - from);
        if (pendingDistance >= count) {
            System.arraycopy(out, from - pendingDistance, out, from, count);
        } else {
            for (int i = from; i < from + count; i++) { // the octets copied first are copied again
                out[i] = out[i - pendingDistance];
            }
        }
        pendingLength -= count;
        return from + count;
    }
}
