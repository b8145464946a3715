package hopline.decode.header;

import hopline.capture.Octets;

/// IPv6 header, [RFC 8200 §3](https://www.rfc-editor.org/rfc/rfc8200#section-3).
///
/// ```
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |Version| Traffic Class |           Flow Label                  |
/// |         Payload Length        |  Next Header  |   Hop Limit   |
/// |                  Source Address (128) …                       |
/// |               Destination Address (128) …                     |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// ```
public record Ipv6Header(Octets octets) implements Header {

    public static final int LENGTH = 40;

    private static final int VERSION = 0;
    private static final int PAYLOAD_LENGTH = 4;
    private static final int NEXT_HEADER = 6;
    private static final int HOP_LIMIT = 7;
    private static final int SOURCE = 8;
    private static final int DESTINATION = 24;

    public Ipv6Header {
        Header.require(octets, LENGTH, "IPv6 header");
    }

    public int version() {
        return octets.u8(VERSION) >>> 4;
    }

    public int flowLabel() {
        return octets.u24(1) & 0xf_ffff;
    }

    /// Octets after this header as stated; 0 for jumbograms and when segmentation is left to the NIC.
    public int payloadLength() {
        return octets.u16(PAYLOAD_LENGTH);
    }

    public int nextHeader() {
        return octets.u8(NEXT_HEADER);
    }

    public int hopLimit() {
        return octets.u8(HOP_LIMIT);
    }

    /// The first 64 bits of the source address.
    public long sourceHigh() {
        return octets.i64(SOURCE);
    }

    /// The last 64 bits of the source address.
    public long sourceLow() {
        return octets.i64(SOURCE + 8);
    }

    /// The first 64 bits of the destination address.
    public long destinationHigh() {
        return octets.i64(DESTINATION);
    }

    /// The last 64 bits of the destination address.
    public long destinationLow() {
        return octets.i64(DESTINATION + 8);
    }
}
