package hopline.decode.header;

import hopline.capture.Octets;

/// ICMP header, [RFC 792](https://www.rfc-editor.org/rfc/rfc792), and ICMPv6 header,
/// [RFC 4443 §2.1](https://www.rfc-editor.org/rfc/rfc4443#section-2.1), which has the same shape and other numbers.
///
/// ```
/// +----------+----------+---------------------+
/// | type (8) | code (8) | checksum (16)       |
/// | identifier (16)     | sequence (16)       |   of an echo
/// +---------------------+---------------------+
/// ```
///
/// @param version 4 or 6: whose type numbers hold
public record IcmpHeader(int version, Octets octets) implements Header {

    public static final int LENGTH = 8;

    public static final int ECHO_REPLY = 0;
    public static final int DESTINATION_UNREACHABLE = 3;
    public static final int SOURCE_QUENCH = 4;
    public static final int REDIRECT = 5;
    public static final int ECHO_REQUEST = 8;
    public static final int TIME_EXCEEDED = 11;
    public static final int PARAMETER_PROBLEM = 12;

    /// Code of [#DESTINATION_UNREACHABLE].
    public static final int FRAGMENTATION_NEEDED = 4;

    public static final int V6_DESTINATION_UNREACHABLE = 1;
    public static final int V6_PACKET_TOO_BIG = 2;
    public static final int V6_TIME_EXCEEDED = 3;
    public static final int V6_PARAMETER_PROBLEM = 4;
    public static final int V6_ECHO_REQUEST = 128;
    public static final int V6_ECHO_REPLY = 129;
    public static final int V6_NEIGHBOR_SOLICITATION = 135;
    public static final int V6_NEIGHBOR_ADVERTISEMENT = 136;

    /// Octets of a neighbour solicitation or advertisement up to the end of its target address.
    public static final int NEIGHBOR_LENGTH = 24;

    private static final int TYPE = 0;
    private static final int CODE = 1;
    private static final int IDENTIFIER = 4;
    private static final int SEQUENCE = 6;
    private static final int NEXT_HOP_MTU = 6;
    private static final int V6_MTU = 4;
    private static final int TARGET = 8;

    public IcmpHeader {
        Header.require(octets, LENGTH, "ICMP header");
    }

    public int type() {
        return octets.u8(TYPE);
    }

    public int code() {
        return octets.u8(CODE);
    }

    /// Of an echo: tells one sender's requests from another's.
    public int identifier() {
        return octets.u16(IDENTIFIER);
    }

    /// Of an echo: counts the requests.
    public int sequenceNumber() {
        return octets.u16(SEQUENCE);
    }

    public boolean isEchoRequest() {
        return version == 4 ? type() == ECHO_REQUEST : type() == V6_ECHO_REQUEST;
    }

    public boolean isEcho() {
        return isEchoRequest() || (version == 4 ? type() == ECHO_REPLY : type() == V6_ECHO_REPLY);
    }

    /// An error quotes the packet that caused it, from octet 8 on.
    public boolean isError() {
        return version == 4
                ? switch (type()) {
                    case DESTINATION_UNREACHABLE, SOURCE_QUENCH, REDIRECT, TIME_EXCEEDED, PARAMETER_PROBLEM -> true;
                    default -> false;
                }
                : type() >= V6_DESTINATION_UNREACHABLE && type() <= V6_PARAMETER_PROBLEM;
    }

    /// A router refused to forward a packet that was too large.
    public boolean isPacketTooBig() {
        return version == 4
                ? type() == DESTINATION_UNREACHABLE && code() == FRAGMENTATION_NEEDED
                : type() == V6_PACKET_TOO_BIG;
    }

    /// Of [#isPacketTooBig]: the largest packet the next hop takes, 0 when an old router leaves it out.
    public int nextHopMtu() {
        return version == 4 ? octets.u16(NEXT_HOP_MTU) : octets.i32(V6_MTU);
    }

    public boolean isNeighborMessage() {
        return version == 6
                && (type() == V6_NEIGHBOR_SOLICITATION || type() == V6_NEIGHBOR_ADVERTISEMENT)
                && octets.length() >= NEIGHBOR_LENGTH;
    }

    /// Of [#isNeighborMessage]: the first 64 bits of the target address.
    public long targetHigh() {
        return octets.i64(TARGET);
    }

    /// Of [#isNeighborMessage]: the last 64 bits of the target address.
    public long targetLow() {
        return octets.i64(TARGET + 8);
    }
}
