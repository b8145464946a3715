package hopline.decode.stage;

/// Carries the ports, which only a datagram's first fragment holds, over to its later fragments.
///
/// A cache of fixed size: of two datagrams in flight that fall into one place the later stays, and fragments of the
/// other remain without ports, as do fragments that overtake their first.
final class FragmentPorts {

    private static final int SIZE = 1 << 12;

    private final long[] keys = new long[SIZE];
    private final int[] ports = new int[SIZE];

    /// Remembers the ports of a first fragment, or gives them to a later one.
    void carry(Stage fragment) {
        long addresses = Mix.of(
                fragment.sourceLow ^ fragment.sourceHigh * 31, fragment.destinationLow ^ fragment.destinationHigh * 31);
        long key = Mix.of(addresses, (long) fragment.protocol << 32 | fragment.identification) | 1;
        int slot = (int) (key >>> 1) & SIZE - 1;
        if (fragment.portsKnown) {
            keys[slot] = key;
            ports[slot] = fragment.sourcePort << 16 | fragment.destinationPort;
        } else if (keys[slot] == key) {
            fragment.sourcePort = (char) (ports[slot] >>> 16);
            fragment.destinationPort = (char) ports[slot];
            fragment.portsKnown = true;
        }
    }
}
