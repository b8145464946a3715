package hopline.decode.header;

import hopline.capture.Octets;

/// IPv4 header, [RFC 791 §3.1](https://www.rfc-editor.org/rfc/rfc791#section-3.1).
///
/// ```
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |Version|  IHL  |Type of Service|          Total Length         |
/// |         Identification        |Flags|      Fragment Offset    |
/// |  Time to Live |    Protocol   |         Header Checksum       |
/// |                       Source Address                          |
/// |                    Destination Address                        |
/// |                    Options                    |    Padding    |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// ```
public record Ipv4Header(Octets octets) implements Header {

    /// Without options.
    public static final int LENGTH = 20;

    private static final int VERSION_IHL = 0;
    private static final int TYPE_OF_SERVICE = 1;
    private static final int TOTAL_LENGTH = 2;
    private static final int IDENTIFICATION = 4;
    private static final int FLAGS_OFFSET = 6;
    private static final int TIME_TO_LIVE = 8;
    private static final int PROTOCOL = 9;
    private static final int CHECKSUM = 10;
    private static final int SOURCE = 12;
    private static final int DESTINATION = 16;

    private static final int DONT_FRAGMENT = 0x4000;
    private static final int MORE_FRAGMENTS = 0x2000;
    private static final int OFFSET_MASK = 0x1fff;

    public Ipv4Header {
        Header.require(octets, LENGTH, "IPv4 header");
    }

    public int version() {
        return octets.u8(VERSION_IHL) >>> 4;
    }

    /// Octets of the header as it states them, 0 to 60; below 20 it lies.
    public int headerLength() {
        return (octets.u8(VERSION_IHL) & 0xf) * 4;
    }

    public int typeOfService() {
        return octets.u8(TYPE_OF_SERVICE);
    }

    /// Octets of header and payload as stated; 0 when a sender leaves segmentation of more than 64 KiB to its NIC.
    public int totalLength() {
        return octets.u16(TOTAL_LENGTH);
    }

    public int identification() {
        return octets.u16(IDENTIFICATION);
    }

    public boolean dontFragment() {
        return (octets.u16(FLAGS_OFFSET) & DONT_FRAGMENT) != 0;
    }

    public boolean moreFragments() {
        return (octets.u16(FLAGS_OFFSET) & MORE_FRAGMENTS) != 0;
    }

    /// Where this fragment's payload belongs in the datagram, in octets, 0 to 65,528.
    public int fragmentOffset() {
        return (octets.u16(FLAGS_OFFSET) & OFFSET_MASK) * 8;
    }

    public boolean isFragment() {
        return (octets.u16(FLAGS_OFFSET) & (MORE_FRAGMENTS | OFFSET_MASK)) != 0;
    }

    public int timeToLive() {
        return octets.u8(TIME_TO_LIVE);
    }

    public int protocol() {
        return octets.u8(PROTOCOL);
    }

    public int checksum() {
        return octets.u16(CHECKSUM);
    }

    public int source() {
        return octets.i32(SOURCE);
    }

    public int destination() {
        return octets.i32(DESTINATION);
    }
}
