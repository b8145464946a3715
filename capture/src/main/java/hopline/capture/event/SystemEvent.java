package hopline.capture.event;

import java.util.Map;

/// One event that says something beside packets.
///
/// @param epochNanos nanoseconds since 1970, on the clock of the traced system
/// @param provider who logged it, by name
/// @param id its number within the provider
/// @param name what the provider calls it
/// @param layout by what it was read
/// @param processor it was logged on: what one packet goes through follows each other there
/// @param extended what the system noted beside it, by what it is; see [hopline.capture.LoggedEvent]
/// @param matter what it says
public record SystemEvent(
        long epochNanos,
        String provider,
        int id,
        String name,
        EventLayout layout,
        int processor,
        Map<String, String> extended,
        Matter matter) {

    /// One with nothing beside it.
    public SystemEvent(
            long epochNanos, String provider, int id, String name, EventLayout layout, int processor, Matter matter) {
        this(epochNanos, provider, id, name, layout, processor, Map.of(), matter);
    }

    /// Takes events as a reader comes past them.
    @FunctionalInterface
    public interface Listener {

        /// The next event, in the order of time. Called from within the reader.
        void heard(SystemEvent event);
    }
}
