package hopline.decode.census;

import hopline.decode.header.TcpHeader;

/// Counts who talks with whom: two addresses and ports, in either direction, are one conversation, at
/// whatever points and in whatever tunnel its records were seen. Of TCP, an endpoint that has spoken and
/// opens a connection with a new sequence number begins another.
final class Conversations {

    private final Fingerprints known;
    private long count;

    /// Remembers at most `limit` things: one of a UDP conversation, up to five of a TCP connection.
    Conversations(int limit) {
        this.known = new Fingerprints(limit);
    }

    /// Notes a record of the conversation between two endpoints, see [#endpoint].
    void add(long source, long destination) {
        if (known.add(pair(source, destination))) {
            count++;
        }
    }

    /// Notes a TCP segment of the conversation between two endpoints.
    ///
    /// @param flags what [hopline.decode.header.TcpHeader#flags] says
    void addSegment(long source, long destination, int flags, int sequenceNumber) {
        boolean newPair = known.add(pair(source, destination));
        long direction = Fingerprints.of(source, destination);
        boolean newDirection = known.add(direction);
        boolean synchronizes = (flags & TcpHeader.SYN) != 0;
        boolean newStart = synchronizes && known.add(start(direction, sequenceNumber));
        if (newDirection && !synchronizes) {
            known.add(start(direction, sequenceNumber - 1)); // of a SYN that was missed, or comes late
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
        return Fingerprints.of(address, port);
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
        return known.isFull();
    }
}
