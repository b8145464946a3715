package hopline.capture.etl;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

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

    private static final int CHUNK = 64 << 10;

    /// The first piece of a stream that is read: of many only the beginning is wanted.
    private static final int FIRST_CHUNK = 4 << 10;

    private static final int MIN_MATCH = 3;

    private static final int WORD = 8;
    private static final int RUN = 4 * WORD;

    /// The longest match that is not left to the careful way.
    private static final int MAX_SHORT = 64;

    /// With so many octets to spare on both sides nothing needs to be looked at before each: a run, a match behind it,
    /// and what is written too far, which is written again.
    private static final int SPARE = RUN + MAX_SHORT + WORD;

    /// Stands behind the last of the flags, so that none are left when it is the highest bit.
    private static final long END_OF_FLAGS = 1L << (Long.SIZE - 1);

    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

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
    private int chunk;
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
        chunk = FIRST_CHUNK;
        at = 0;
        filled = 0;
        flags = 0;
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
            to = decodeFast(out, to, limit);
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

    /// As [#decode], as far as there is so much to spare that short tokens need no look at where things end.
    /// Matches that are long, or reach back too far, are left.
    ///
    /// What to expect next is as random as the data, so that a processor that guesses is wrong in a third of
    /// all cases, which takes longer than all the work. Hence as little as can be is decided here: octets are
    /// copied in fixed numbers, and lengths are computed by masks. `bits` holds the flags not used yet, then a
    /// 1 that ends them.
    private int decodeFast(byte[] out, int from, int limit) {
        int to = from;
        int here = at;
        long bits = ((long) flags << Integer.SIZE) | (END_OF_FLAGS >>> flagsLeft);
        int lastIn = filled - SPARE;
        int lastOut = limit - SPARE;
        while (here <= lastIn && to <= lastOut) {
            int literals = Long.numberOfLeadingZeros(bits);
            copyRun(in, here, out, to);
            here += literals;
            to += literals;
            bits <<= literals;
            if (bits == END_OF_FLAGS) {
                bits = ((long) EventData.i32(in, here) << Integer.SIZE) | (END_OF_FLAGS >>> Integer.SIZE);
                here += 4;
                continue;
            }
            int match = EventData.u16(in, here);
            int length = match & 7;
            int isLong = -((length + 1) >>> 3); // all ones when the length is 7, which a nibble is added to
            int isFresh = nibble >> 31 & isLong; // all ones when that nibble begins a new octet
            int octet = in[here + 2] & 0xff;
            length += ((octet & 0xf & isFresh) | (nibble & ~isFresh)) & isLong;
            int nextNibble = ((nibble | isLong) & ~isFresh) | ((octet >>> 4) & isFresh);
            int used = 2 - isFresh;
            if (length == 7 + 15) {
                int more = in[here + used++] & 0xff;
                if (more > MAX_SHORT - length - MIN_MATCH) {
                    break;
                }
                length += more;
            }
            length += MIN_MATCH;
            int distance = (match >>> 3) + 1;
            if (distance > to) {
                break;
            }
            nibble = nextNibble;
            here += used;
            copyMatch(out, to, distance, length);
            to += length;
            bits <<= 1;
        }
        at = here;
        flagsLeft = Long.SIZE - 1 - Long.numberOfTrailingZeros(bits);
        flags = (int) ((bits ^ (END_OF_FLAGS >>> flagsLeft)) >>> Integer.SIZE);
        return to;
    }

    /// Copies as many octets as the longest run of literals has.
    private static void copyRun(byte[] from, int at, byte[] to, int there) {
        copyWord(from, at, to, there);
        copyWord(from, at + WORD, to, there + WORD);
        copyWord(from, at + 2 * WORD, to, there + 2 * WORD);
        copyWord(from, at + 3 * WORD, to, there + 3 * WORD);
    }

    private static void copyWord(byte[] from, int at, byte[] to, int there) {
        WORDS.set(to, there, (long) WORDS.get(from, at));
    }

    private static void copyMatch(byte[] out, int to, int distance, int length) {
        if (distance >= WORD) {
            copyRun(out, to - distance, out, to);
            for (int i = RUN; i < length; i += WORD) {
                copyWord(out, to + i - distance, out, to + i);
            }
        } else {
            for (int i = to; i < to + length; i++) { // the octets copied first are copied again
                out[i] = out[i - distance];
            }
        }
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
        int read = source.read(next, in, filled, (int) Math.min(chunk - filled, end - next));
        chunk = CHUNK;
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
