package hopline.capture;

import hopline.capture.event.EventLayout;
import java.util.Map;

/// One event of a system's trace, whether it holds a packet or not, as text.
///
/// @param epochNanos nanoseconds since 1970
/// @param provider by name where it is known, else its GUID in lower case
/// @param id its number within the provider
/// @param name what it is called; empty where neither the trace nor the tables tell
/// @param process in whose context it was logged
/// @param thread in whose context it was logged
/// @param processor it was logged on
/// @param extended what the system noted beside the payload, by what it is: the `container` it belongs to, the `user`,
///     the `session`, the `stack` …
/// @param activity what it is a part of; empty when it says of none
/// @param layout by what its payload was read
/// @param fields its payload by name, in its order, where a layout is known; else all of it as hexadecimal, under an
///     empty name
public record LoggedEvent(
        long epochNanos,
        String provider,
        int id,
        String name,
        long process,
        long thread,
        int processor,
        Map<String, String> extended,
        String activity,
        EventLayout layout,
        Map<String, String> fields) {}
