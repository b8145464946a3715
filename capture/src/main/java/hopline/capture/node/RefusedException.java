package hopline.capture.node;

/// The node does not allow what was asked for: no rights, no tool, no room, or somebody else's trace is running.
/// The message says which, and what to do.
public final class RefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    public RefusedException(String message) {
        super(message);
    }
}
