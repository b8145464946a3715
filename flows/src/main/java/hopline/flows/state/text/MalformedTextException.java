package hopline.flows.state.text;

import java.io.IOException;

/// Text that cannot be read on: the message says where, what was expected and what was found.
public final class MalformedTextException extends IOException {

    private static final long serialVersionUID = 1L;

    /// As in `line 12: …`.
    public MalformedTextException(int line, String problem) {
        super("line " + line + ": " + problem);
    }
}
