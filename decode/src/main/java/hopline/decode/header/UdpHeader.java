package hopline.decode.header;

import hopline.capture.Octets;

/// UDP header, [RFC 768](https://www.rfc-editor.org/rfc/rfc768).
///
/// ```
/// +-------------+------------------+
/// | source port | destination port |
/// | length      | checksum         |
/// +-------------+------------------+
/// ```
public record UdpHeader(Octets octets) implements Header {

    public static final int LENGTH = 8;

    private static final int SOURCE_PORT = 0;
    private static final int DESTINATION_PORT = 2;
    private static final int STATED_LENGTH = 4;
    private static final int CHECKSUM = 6;

    public UdpHeader {
        Header.require(octets, LENGTH, "UDP header");
    }

    public int sourcePort() {
        return octets.u16(SOURCE_PORT);
    }

    public int destinationPort() {
        return octets.u16(DESTINATION_PORT);
    }

    /// Octets of header and payload as stated by the sender; 0 when segmentation is left to the NIC.
    public int statedLength() {
        return octets.u16(STATED_LENGTH);
    }

    public int checksum() {
        return octets.u16(CHECKSUM);
    }
}
