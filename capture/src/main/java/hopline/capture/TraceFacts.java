package hopline.capture;

import java.util.List;
import java.util.Map;

/// What a trace of a system tells of itself, beside its packets.
///
/// @param build of Windows, such as 20348; 0 when not told
/// @param session who traced, as the system calls it; may be empty
/// @param lostEvents events that the system says it lost
/// @param lostBuffers buffers of events that the system says it lost
/// @param events how often each event occurs, by `provider/id`: the provider by name where it is known, else its
///     GUID in lower case
/// @param names what events are called, by `provider/id`, where the trace or its provider's tables tell
/// @param components the parts of the system that were listed
/// @param filters what was set to be logged, a line each
/// @param remarks what keeps it from being whole, or explains why it holds no packet; a sentence each
public record TraceFacts(
        int build,
        String session,
        long lostEvents,
        long lostBuffers,
        Map<String, Long> events,
        Map<String, String> names,
        List<Component> components,
        List<String> filters,
        List<String> remarks) {

    /// A part of the system that logs packets.
    ///
    /// @param id the trace's number for it
    /// @param type what kind of part, in the system's word
    /// @param name what it is for people
    /// @param driver the file of its program, may be empty
    /// @param packets records of it in the trace
    /// @param properties addresses and indexes by the system's name for them
    /// @param counters what passed each side, a line each, whatever was logged
    public record Component(
            int id,
            String type,
            String name,
            String driver,
            long packets,
            Map<String, String> properties,
            List<String> counters) {}
}
