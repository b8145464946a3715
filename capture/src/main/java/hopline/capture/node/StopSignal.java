package hopline.capture.node;

/// Tells a capture to stop, from another thread: an interruption, a closed console, a request.
public final class StopSignal {

    private volatile String reason = "";

    /// Nothing has been said yet.
    public StopSignal() {}

    /// Asks to stop; the first reason counts.
    public synchronized void stop(String why) {
        reason = reason.isEmpty() ? why : reason;
    }

    /// Why; blank while nobody asked.
    public String reason() {
        return reason;
    }
}
