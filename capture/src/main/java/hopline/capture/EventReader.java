package hopline.capture;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// The events of a system's trace in the order of time. Not safe for use by several threads.
public interface EventReader extends Closeable {

    /// The next event that `wanted` accepts, or null after the last.
    ///
    /// @throws MalformedCaptureException where the trace breaks; all events before it were handed out
    @Nullable LoggedEvent next(Filter wanted) throws IOException;

    /// Chooses events before their payloads are read.
    @FunctionalInterface
    interface Filter {

        /// Whether the event is wanted.
        ///
        /// @param provider by name where it is known, else its GUID in lower case
        /// @param guid its GUID in lower case
        boolean accepts(String provider, String guid, int id);
    }
}
