package hopline.decode.header;

import hopline.capture.Octets;

/// ARP for IPv4 over Ethernet, [RFC 826](https://www.rfc-editor.org/rfc/rfc826).
///
/// ```
/// +---------------+---------------+
/// | hardware type | protocol type |
/// | HLEN  | PLEN  | operation     |
/// | sender hardware address (48)  …
/// | sender protocol address (32)  |
/// | target hardware address (48)  …
/// | target protocol address (32)  |
/// +-------------------------------+
/// ```
public record ArpHeader(Octets octets) implements Header {

    public static final int LENGTH = 28;

    public static final int REQUEST = 1;
    public static final int REPLY = 2;

    private static final int HARDWARE_TYPE = 0;
    private static final int PROTOCOL_TYPE = 2;
    private static final int LENGTHS = 4;
    private static final int OPERATION = 6;
    private static final int SENDER_HARDWARE = 8;
    private static final int SENDER_PROTOCOL = 14;
    private static final int TARGET_HARDWARE = 18;
    private static final int TARGET_PROTOCOL = 24;

    private static final int ETHERNET = 1;
    private static final int IPV4 = 0x0800;
    private static final int SIX_AND_FOUR = 0x0604;

    public ArpHeader {
        Header.require(octets, LENGTH, "ARP header");
    }

    /// 1 for Ethernet.
    public int hardwareType() {
        return octets.u16(HARDWARE_TYPE);
    }

    /// An Ethernet type.
    public int protocolType() {
        return octets.u16(PROTOCOL_TYPE);
    }

    /// False for other hardware or protocols: then the addresses below carry no meaning.
    public boolean isIpv4OverEthernet() {
        return hardwareType() == ETHERNET && protocolType() == IPV4 && octets.u16(LENGTHS) == SIX_AND_FOUR;
    }

    public int operation() {
        return octets.u16(OPERATION);
    }

    public long senderHardware() {
        return octets.u48(SENDER_HARDWARE);
    }

    public int senderProtocol() {
        return octets.i32(SENDER_PROTOCOL);
    }

    public long targetHardware() {
        return octets.u48(TARGET_HARDWARE);
    }

    public int targetProtocol() {
        return octets.i32(TARGET_PROTOCOL);
    }
}
