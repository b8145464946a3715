package hopline.capture;

import java.util.Optional;

/// Where a capture point stands at a virtual switch of its node, as the system's tracing lists its parts.
///
/// @param part which part of it, from the container towards the wire
/// @param switchName which switch, in the system's words; empty when it does not say
public record SwitchPlace(Part part, String switchName) {

    /// The points that a packet passes on its way from a container to the wire, in that order.
    public enum Part {
        /// The port that a container or virtual machine is attached to.
        CONTAINER_PORT("container port"),
        /// The port of the node's own network stack.
        HOST_PORT("host port"),
        /// The virtual filtering platform: translation, encapsulation, access lists.
        FILTERING("filtering platform"),
        /// The port towards the adapter.
        EXTERNAL_PORT("external port"),
        /// The adapter that connects the switch with the network, and what is bound to it.
        ADAPTER("adapter");

        private final String label;

        Part(String label) {
            this.label = label;
        }

        /// As in [Fact#PART].
        public String label() {
            return label;
        }
    }

    /// No part of a virtual switch, as far as is known.
    public static final Optional<SwitchPlace> NONE = Optional.empty();

    /// What the capture says of the interface that `at` is; empty when it says nothing.
    public static Optional<SwitchPlace> of(CaptureInterface at) {
        EventFacts facts = new EventFacts();
        for (String comment : at.options().texts(CaptureOptions.COMMENT)) {
            if (facts.parse(comment) && facts.has(Fact.PART)) {
                return of(facts);
            }
        }
        return NONE;
    }

    private static Optional<SwitchPlace> of(EventFacts facts) {
        for (Part part : Part.values()) {
            if (part.label.equals(facts.text(Fact.PART))) {
                return Optional.of(new SwitchPlace(part, facts.text(Fact.SWITCH)));
            }
        }
        return NONE;
    }

    /// True when both are of one switch: the same, or of one of them it is not known.
    public boolean isOfSameSwitch(SwitchPlace other) {
        return switchName.isEmpty() || other.switchName.isEmpty() || switchName.equals(other.switchName);
    }

    /// Which way a packet goes that was logged here in `direction`: true towards the wire, false towards a
    /// container or the host, empty when that does not follow. At a port of the switch, inbound is into the switch.
    public Optional<Boolean> isOutward(RecordNotes.Direction direction) {
        if (direction == RecordNotes.Direction.UNKNOWN || part == Part.FILTERING) {
            return Optional.empty();
        }
        boolean inbound = direction == RecordNotes.Direction.INBOUND;
        return Optional.of(
                switch (part) {
                    case CONTAINER_PORT, HOST_PORT -> inbound;
                    default -> !inbound;
                });
    }
}
