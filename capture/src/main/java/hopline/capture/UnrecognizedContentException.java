package hopline.capture;

import java.io.IOException;

/// The content is of no kind that can be read; the message says what it looks like instead.
public final class UnrecognizedContentException extends IOException {

    private static final long serialVersionUID = 1L;

    public UnrecognizedContentException(String problem) {
        super(problem);
    }
}
