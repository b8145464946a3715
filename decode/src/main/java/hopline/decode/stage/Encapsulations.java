package hopline.decode.stage;

import hopline.decode.Address;
import org.jspecify.annotations.Nullable;

/// Shares equal [Encapsulation]s, of which a capture has few, among its many stages.
///
/// A cache of fixed size: of two that fall into one place the later stays, and the other is made anew when it
/// comes again.
final class Encapsulations {

    private static final int SIZE = 1 << 12;

    private final @Nullable Encapsulation[] cache = new Encapsulation[SIZE];

    Encapsulation of(
            TunnelKind kind,
            long sourceHigh,
            long sourceLow,
            long destinationHigh,
            long destinationLow,
            int port,
            long key) {
        long hash = Mix.of(Mix.of(sourceLow, destinationLow), key << 16 | port);
        int slot = (int) hash & SIZE - 1;
        Encapsulation cached = cache[slot];
        if (cached != null
                && cached.kind() == kind
                && cached.key() == key
                && cached.port() == port
                && cached.source().low() == sourceLow
                && cached.destination().low() == destinationLow
                && cached.source().high() == sourceHigh
                && cached.destination().high() == destinationHigh) {
            return cached;
        }
        Encapsulation made = new Encapsulation(
                kind, new Address(sourceHigh, sourceLow), new Address(destinationHigh, destinationLow), port, key);
        cache[slot] = made;
        return made;
    }
}
