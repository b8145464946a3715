package hopline.decode.header;

import hopline.capture.Octets;

/// One entry of an MPLS label stack, [RFC 3032 §2.1](https://www.rfc-editor.org/rfc/rfc3032#section-2.1).
///
/// ```
/// +------------+-------------------+---+---------+
/// | label (20) | traffic class (3) | S | TTL (8) |
/// +------------+-------------------+---+---------+
/// ```
public record MplsLabel(Octets octets) implements Header {

    public static final int LENGTH = 4;

    /// The label of messages about the path that operation and maintenance sends.
    public static final int OAM_ALERT = 14;

    private static final int STACK = 2;
    private static final int TIME_TO_LIVE = 3;

    public MplsLabel {
        Header.require(octets, LENGTH, "MPLS label");
    }

    /// 0 to 1,048,575.
    public int label() {
        return octets.u24(0) >>> 4;
    }

    /// The last of its stack: what follows is the payload, and nothing says what it is.
    public boolean isBottom() {
        return (octets.u8(STACK) & 1) != 0;
    }

    public int timeToLive() {
        return octets.u8(TIME_TO_LIVE);
    }
}
