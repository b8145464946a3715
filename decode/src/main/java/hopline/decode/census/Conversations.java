package hopline.decode.census;

/// Counts who talks with whom: two addresses and ports, in either direction, are one conversation, at whatever points
/// and in whatever tunnel its records were seen. Of TCP, each opening with a sequence number of its own is another.
final class Conversations {

    private final Fingerprints known;
    private long count;

    /// Tells at most `limit` apart.
    Conversations(int limit) {
        this.known = new Fingerprints(limit);
    }

    /// Notes a record of the conversation between two endpoints, see [#endpoint].
    void add(long source, long destination) {
        if (known.add(pair(source, destination))) {
            count++;
        }
    }

    /// Notes a TCP segment that opens a connection.
    void addOpening(long source, long destination, int sequenceNumber) {
        known.add(pair(source, destination));
        if (known.add(Fingerprints.of(Fingerprints.of(source, destination), sequenceNumber | 1L << 32))) {
            count++;
        }
    }

    /// What stands for a port at an IPv4 address.
    static long endpoint(int address, int port) {
        return Fingerprints.of(address, port);
    }

    /// What stands for a port at an IPv6 address.
    static long endpoint(long addressHigh, long addressLow, int port) {
        return Fingerprints.of(Fingerprints.of(addressHigh, addressLow), port);
    }

    /// The same for both directions.
    private static long pair(long source, long destination) {
        return Fingerprints.of(Math.max(source, destination), Math.min(source, destination));
    }

    long count() {
        return count;
    }

    /// True when the count is only a lower bound.
    boolean isFull() {
        return known.isFull();
    }
}
