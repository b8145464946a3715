package hopline.capture;

import java.io.IOException;

/// The file breaks the rules of its format at a known offset.
///
/// An [IOException], so that one `catch` serves everyone who reads files.
public final class MalformedCaptureException extends IOException {

    private static final long serialVersionUID = 1L;

    private final long offset;

    /// `problem` says which structure is wrong, what was expected and what was found.
    public MalformedCaptureException(long offset, String problem) {
        super("offset " + offset + ": " + problem);
        this.offset = offset;
    }

    /// File offset, in the decompressed capture, of the structure that is wrong.
    public long offset() {
        return offset;
    }
}
