package hopline.flows.event;

import hopline.capture.event.SystemEvent;

/// Something that happened on a node beside its packets.
///
/// @param epochNanos nanoseconds since 1970, on the reference node's clock
public record Happening(String node, long epochNanos, SystemEvent event) {

    /// For people, without the time.
    public String text() {
        return event.matter().text();
    }

    /// How many characters it says, with what the system noted beside it.
    long characters() {
        long characters = text().length();
        for (String note : event.extended().values()) {
            characters += note.length();
        }
        return characters;
    }
}
