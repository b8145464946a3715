package hopline.flows.expect;

import hopline.decode.Endpoint;
import hopline.decode.IpProtocol;

/// A translation that a node remembers, so that answers are translated back there.
///
/// @param at where it was made
record Translation(Place at, Headers before, Headers after, RuleRef rule) {

    /// Whether `answer` is one to what was translated.
    boolean isAnswered(Headers answer) {
        return answer.protocol() == after.protocol()
                && same(answer.source(), after.destination(), answer.protocol())
                && same(answer.destination(), after.source(), answer.protocol());
    }

    /// A port of a pool is any port.
    private static boolean same(Endpoint one, Endpoint other, int protocol) {
        boolean openPort = IpProtocol.hasPorts(protocol) && (!one.hasPort() || !other.hasPort());
        return one.address().equals(other.address()) && (openPort || one.port() == other.port());
    }

    /// `answer` as the one who asked must see it.
    Headers restored(Headers answer) {
        return answer.withSource(before.destination()).withDestination(before.source());
    }
}
