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

        boolean accepts(String provider, int id);
    }
}
