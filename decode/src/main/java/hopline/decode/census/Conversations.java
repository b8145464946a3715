package hopline.decode.census;

import hopline.decode.header.TcpHeader;

/// Counts who talks with whom: two addresses and ports, in either direction, are one conversation, at
/// whatever points and in whatever tunnel its records were seen. Of TCP, an endpoint that has spoken and
/// opens a connection with a new sequence number begins another.
final class Conversations {

    /// Directions in which a conversation was seen: from the endpoint that is the greater number, or the other.
    private static final int DOWN = 1;

    private static final int UP = 2;

    private final Fingerprints pairs;
    private final Fingerprints starts;
    private long count;

    /// Tells at most `limit` conversations apart.
    Conversations(int limit) {
        this.pairs = new Fingerprints(limit);
        this.starts = new Fingerprints(2 * limit);
    }

    /// Notes a record of the conversation between two endpoints, see [#endpoint].
    void add(long source, long destination) {
        if (pairs.add(pair(source, destination))) {
            count++;
        }
    }

    /// Notes a TCP segment of the conversation between two endpoints.
    ///
    /// @param flags what [hopline.decode.header.TcpHeader#flags] says
    void addSegment(long source, long destination, int flags, int sequenceNumber) {
        int direction = source > destination ? DOWN : UP;
        int known = pairs.mark(pair(source, destination), direction);
        boolean newDirection = (known & direction) == 0;
        if (newDirection || (flags & TcpHeader.SYN) != 0) {
            addStart(Fingerprints.of(source, destination), known == 0, newDirection, flags, sequenceNumber);
        }
    }

    private void addStart(long direction, boolean newPair, boolean newDirection, int flags, int sequenceNumber) {
        boolean synchronizes = (flags & TcpHeader.SYN) != 0;
        boolean newStart = synchronizes && starts.add(start(direction, sequenceNumber));
        if (newDirection && !synchronizes) {
            starts.add(start(direction, sequenceNumber - 1)); // of a SYN that was missed, or comes late
        }
        boolean opens = newStart && (flags & TcpHeader.ACK) == 0;
        if (newPair || (opens && !newDirection)) {
            count++;
        }
    }

    private static long start(long direction, int sequenceNumber) {
        return Fingerprints.of(direction, (sequenceNumber & 0xffff_ffffL) | 1L << Integer.SIZE);
    }

    /// What stands for a port at an IPv4 address.
    static long endpoint(int address, int port) {
        return (address & 0xffff_ffffL) << Short.SIZE | port;
    }

    /// What stands for a port at an IPv6 address.
    static long endpoint(long addressHigh, long addressLow, int port) {
        return Fingerprints.of(Fingerprints.of(addressHigh, addressLow), port);
    }

    /// The same for both directions, and that of neither.
    private static long pair(long source, long destination) {
        return ~Fingerprints.of(Math.max(source, destination), Math.min(source, destination));
    }

    long count() {
        return count;
    }

    /// True when the count is only a lower bound.
    boolean isFull() {
        return pairs.isFull() || starts.isFull();
    }
}
