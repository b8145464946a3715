package hopline.flows.state.text;

import java.io.IOException;

/// Text that cannot be read on: the message says where, what was expected and what was found.
public final class MalformedTextException extends IOException {

    private static final long serialVersionUID = 1L;

    private final int line;
    private final String problem;

    /// As in `line 12: …`.
    public MalformedTextException(int line, String problem) {
        super("line " + line + ": " + problem);
        this.line = line;
        this.problem = problem;
    }

    /// Where it is, counted from 1.
    public int line() {
        return line;
    }

    /// What it is, without the line.
    public String problem() {
        return problem;
    }
}
