package hopline.decode.header;

import hopline.capture.Octets;

/// SCTP's common header and the beginning of its first chunk,
/// [RFC 9260 §3](https://www.rfc-editor.org/rfc/rfc9260#section-3).
///
/// ```
/// +--------------------+----------------------+
/// | source port (16)   | destination port (16)|
/// | verification tag (32)                     |
/// | checksum (32)                             |
/// +----------+-----------+--------------------+
/// | type (8) | flags (8) | length (16)        |   of the first chunk
/// +----------+-----------+--------------------+
/// ```
public record SctpHeader(Octets octets) implements Header {

    /// Without chunks.
    public static final int LENGTH = 12;

    /// [#firstChunk] when there is none.
    public static final int NO_CHUNK = -1;

    public static final int DATA = 0;
    public static final int INIT = 1;
    public static final int INIT_ACK = 2;
    public static final int ABORT = 6;
    public static final int SHUTDOWN = 7;

    private static final int SOURCE_PORT = 0;
    private static final int DESTINATION_PORT = 2;
    private static final int VERIFICATION_TAG = 4;

    public SctpHeader {
        Header.require(octets, LENGTH, "SCTP header");
    }

    public int sourcePort() {
        return octets.u16(SOURCE_PORT);
    }

    public int destinationPort() {
        return octets.u16(DESTINATION_PORT);
    }

    /// What the receiver gave the association at its start; 0 in an [#INIT].
    public long verificationTag() {
        return octets.u32(VERIFICATION_TAG);
    }

    /// The type of the first chunk, 0 to 255, or [#NO_CHUNK].
    public int firstChunk() {
        return octets.length() > LENGTH ? octets.u8(LENGTH) : NO_CHUNK;
    }
}
