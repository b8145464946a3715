package hopline.capture;

import java.io.IOException;

/// A library of the system that is needed for what was asked is not there; the message says which, and what for.
public final class MissingLibraryException extends IOException {

    private static final long serialVersionUID = 1L;

    public MissingLibraryException(String message, Throwable cause) {
        super(message, cause);
    }
}
