package hopline.flows.state;

import java.io.IOException;

/// How much may be kept in memory, whatever the files hold; shared by all files of one reader.
final class Budget {

    private final long octets;
    private long left;

    Budget(long octets) {
        this.octets = octets;
        this.left = octets;
    }

    /// @param cost roughly the octets that will be kept
    void take(long cost) throws ExhaustedException {
        if (cost > left) {
            throw new ExhaustedException(octets);
        }
        left -= cost;
    }

    /// Reading must stop here; what was read stays.
    static final class ExhaustedException extends IOException {

        private static final long serialVersionUID = 1L;

        private ExhaustedException(long octets) {
            super("more node state than fits in memory: " + (octets >> 20) + " MiB are allowed");
        }
    }
}
