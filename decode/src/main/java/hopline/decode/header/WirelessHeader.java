package hopline.decode.header;

import hopline.capture.Octets;

/// IEEE 802.11 MAC header of a data frame, IEEE 802.11-2020 §9.3.2.1; the frame control field is
/// little-endian.
///
/// ```
/// +--------------------+---------------+-----------+-----------+-----------+---------------+
/// | frame control (16) | duration (16) | addr 1    | addr 2    | addr 3    | sequence (16) |
/// +--------------------+---------------+-----------+-----------+-----------+---------------+
/// | addr 4 (48)          to and from a distribution system     |
/// | QoS control (16)     in QoS data                           |
/// | HT control (32)      in QoS data with the order bit        |
/// +------------------------------------------------------------+
/// ```
public record WirelessHeader(Octets octets) implements Header {

    /// The shortest of a data frame.
    public static final int LENGTH = 24;

    private static final int TYPE_MASK = 0x0c;
    private static final int DATA = 0x08;
    private static final int NO_DATA = 0x40;
    private static final int QUALITY = 0x80;
    private static final int FLAGS = 1;
    private static final int BOTH_WAYS = 0x03;
    private static final int MORE_FRAGMENTS = 0x04;
    private static final int PROTECTED = 0x40;
    private static final int ORDER = 0x80;
    private static final int SEQUENCE = 22;
    private static final int FRAGMENT_MASK = 0x0f;
    private static final int AGGREGATE = 0x80;

    public WirelessHeader {
        Header.require(octets, 2, "802.11 header");
    }

    /// Carries something; frames that manage or control, and data frames without data, do not. Then all other
    /// questions but [#headerLength] need [#headerLength] octets.
    public boolean isData() {
        return (octets.u8(0) & (TYPE_MASK | NO_DATA)) == DATA;
    }

    /// Encrypted.
    public boolean isProtected() {
        return (octets.u8(FLAGS) & PROTECTED) != 0;
    }

    private boolean hasQuality() {
        return (octets.u8(0) & QUALITY) != 0;
    }

    private int qualityAt() {
        return (octets.u8(FLAGS) & BOTH_WAYS) == BOTH_WAYS ? LENGTH + 6 : LENGTH;
    }

    /// Octets of a data frame's header, 24 to 36, captured or not.
    public int headerLength() {
        int at = qualityAt();
        if (!hasQuality()) {
            return at;
        }
        return at + 2 + ((octets.u8(FLAGS) & ORDER) != 0 ? 4 : 0);
    }

    /// A piece of a larger frame.
    public boolean isFragment() {
        return (octets.u8(FLAGS) & MORE_FRAGMENTS) != 0 || isLaterFragment();
    }

    /// A piece that does not begin with what the frame carries.
    public boolean isLaterFragment() {
        return (octets.u8(SEQUENCE) & FRAGMENT_MASK) != 0;
    }

    /// Several frames in one, each preceded by two addresses and its length (A-MSDU).
    public boolean isAggregate() {
        return hasQuality() && (octets.u8(qualityAt()) & AGGREGATE) != 0;
    }
}
