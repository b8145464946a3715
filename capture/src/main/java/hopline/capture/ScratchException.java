package hopline.capture;

import java.io.IOException;

/// Temporary files cannot be made or written, such as on a full disk: no fault of what is read, so that it goes past
/// whoever would tell it as one.
public final class ScratchException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /// The message names the folder and the cause.
    public ScratchException(IOException cause) {
        super(
                "temporary files in " + System.getProperty("java.io.tmpdir") + ": "
                        + (cause.getMessage() == null ? cause.toString() : cause.getMessage()),
                cause);
    }
}
