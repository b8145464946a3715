package hopline.flows;

import hopline.decode.stage.Stage;

/// One tuple of a flow, in both directions; `a` is the lesser end.
final class FlowKey {

    final long hash;
    private final int protocol;
    private final long highA;
    private final long lowA;
    private final int portA;
    private final long highB;
    private final long lowB;
    private final int portB;

    Flow flow;

    /// Whether the flow's initiator is end `a`.
    boolean initiatorIsA;

    FlowKey(Stage stage, long hash, Flow flow, boolean sourceIsInitiator) {
        boolean sourceIsA = sourceIsA(stage);
        this.hash = hash;
        this.protocol = stage.protocol();
        this.highA = sourceIsA ? stage.sourceHigh() : stage.destinationHigh();
        this.lowA = sourceIsA ? stage.sourceLow() : stage.destinationLow();
        this.portA = sourceIsA ? stage.sourcePort() : stage.destinationPort();
        this.highB = sourceIsA ? stage.destinationHigh() : stage.sourceHigh();
        this.lowB = sourceIsA ? stage.destinationLow() : stage.sourceLow();
        this.portB = sourceIsA ? stage.destinationPort() : stage.sourcePort();
        this.flow = flow;
        this.initiatorIsA = sourceIsA == sourceIsInitiator;
    }

    boolean fits(Stage stage, boolean sourceIsA) {
        return protocol == stage.protocol()
                && lowA == (sourceIsA ? stage.sourceLow() : stage.destinationLow())
                && lowB == (sourceIsA ? stage.destinationLow() : stage.sourceLow())
                && portA == (sourceIsA ? stage.sourcePort() : stage.destinationPort())
                && portB == (sourceIsA ? stage.destinationPort() : stage.sourcePort())
                && highA == (sourceIsA ? stage.sourceHigh() : stage.destinationHigh())
                && highB == (sourceIsA ? stage.destinationHigh() : stage.sourceHigh());
    }

    /// Whether `stage`, which fits, goes from the flow's initiator to its responder.
    boolean isForward(Stage stage) {
        return sourceIsA(stage) == initiatorIsA;
    }

    /// Whether `stage` bears this tuple, in either direction.
    boolean fits(Stage stage) {
        return fits(stage, sourceIsA(stage));
    }

    static boolean sourceIsA(Stage stage) {
        int order = Long.compare(stage.sourceLow(), stage.destinationLow());
        order = order != 0 ? order : Long.compare(stage.sourceHigh(), stage.destinationHigh());
        order = order != 0 ? order : Integer.compare(stage.sourcePort(), stage.destinationPort());
        return order <= 0;
    }
}
