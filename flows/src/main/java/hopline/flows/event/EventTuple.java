package hopline.flows.event;

import hopline.capture.event.Tuple;
import hopline.decode.Address;
import hopline.decode.IpProtocol;
import hopline.decode.stage.Stage;
import java.util.Optional;

/// Whose packet it was: what events and stages are joined by.
///
/// @param protocol the IP protocol number, or [Tuple#UNTOLD]
/// @param sourcePort 0 to 65,535, or [Tuple#UNTOLD] where there is none or it is not told
/// @param destinationPort as `sourcePort`
record EventTuple(int protocol, Address source, int sourcePort, Address destination, int destinationPort) {

    /// As an event says it; empty when what it says are no addresses.
    static Optional<EventTuple> of(Tuple told) {
        try {
            return Optional.of(new EventTuple(
                    told.protocol(),
                    Address.of(told.source()),
                    told.sourcePort(),
                    Address.of(told.destination()),
                    told.destinationPort()));
        } catch (IllegalArgumentException e) { // an event may hold anything
            return Optional.empty();
        }
    }

    /// The tuple that `stage` bears.
    static EventTuple of(Stage stage) {
        boolean ports = IpProtocol.hasPorts(stage.protocol());
        return new EventTuple(
                stage.protocol(),
                stage.sourceAddress(),
                ports ? stage.sourcePort() : Tuple.UNTOLD,
                stage.destinationAddress(),
                ports ? stage.destinationPort() : Tuple.UNTOLD);
    }

    /// The same with the protocol that a rewrite does not repeat.
    EventTuple of(int otherProtocol) {
        return new EventTuple(otherProtocol, source, sourcePort, destination, destinationPort);
    }

    EventTuple withoutProtocol() {
        return of(Tuple.UNTOLD);
    }

    EventTuple withoutPorts() {
        return new EventTuple(protocol, source, Tuple.UNTOLD, destination, Tuple.UNTOLD);
    }

    /// Of the answer.
    EventTuple reversed() {
        return new EventTuple(protocol, destination, destinationPort, source, sourcePort);
    }

    boolean sameSource(EventTuple other) {
        return source.equals(other.source) && sourcePort == other.sourcePort;
    }

    boolean sameDestination(EventTuple other) {
        return destination.equals(other.destination) && destinationPort == other.destinationPort;
    }
}
