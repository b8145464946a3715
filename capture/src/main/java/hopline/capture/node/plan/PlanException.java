package hopline.capture.node.plan;

/// A plan says something that cannot be done; the message says what and what could be said instead.
public final class PlanException extends Exception {

    private static final long serialVersionUID = 1L;

    public PlanException(String message) {
        super(message);
    }
}
