package hopline.decode.stage;

/// A TLS alert that is a segment of its own, [RFC 5246 §7.2](https://www.rfc-editor.org/rfc/rfc5246#section-7.2).
///
/// TLS 1.3 hides encrypted alerts among application data: those are not told.
final class TlsAlert {

    private static final int HEADER = 5;
    private static final int TYPE = 21;
    private static final int MAJOR_VERSION = 3;
    private static final int PLAIN = 2;
    private static final int FATAL = 2;

    /// Encrypted, with an explicit nonce or padding, and a hash.
    private static final int MAX_LENGTH = 64;

    private TlsAlert() {}

    /// Whether a payload is an alert, and not one that openly says something failed: it says that no more will come.
    ///
    /// @param head its first eight octets
    static boolean isFarewell(long head, int payloadLength) {
        int length = (int) (head >>> 24) & 0xffff;
        return payloadLength > HEADER
                && payloadLength <= HEADER + MAX_LENGTH
                && head >>> 56 == TYPE
                && (head >>> 48 & 0xff) == MAJOR_VERSION
                && length == payloadLength - HEADER
                && !(length == PLAIN && (head >>> 16 & 0xff) == FATAL);
    }
}
