package hopline.decode.header;

import hopline.capture.Octets;

/// What Linux writes in place of a link header when it captures on all interfaces at once:
/// [LINKTYPE_LINUX_SLL](https://www.tcpdump.org/linktypes/LINKTYPE_LINUX_SLL.html) and its
/// [second version](https://www.tcpdump.org/linktypes/LINKTYPE_LINUX_SLL2.html), which names the interface.
///
/// ```
/// 1: | packet type (16) | ARPHRD (16) | address length (16) | address (64) | protocol (16) |
/// 2: | protocol (16) | reserved (16) | interface index (32) | ARPHRD (16) | packet type (8) | address length (8) |
///    | address (64) |
/// ```
///
/// @param version 1 or 2
public record CookedHeader(int version, Octets octets) implements Header {

    /// Of the first version.
    public static final int LENGTH = 16;

    /// Of the second version.
    public static final int LENGTH_2 = 20;

    /// [#protocol] of IEEE 802.2 frames.
    public static final int LLC = 4;

    /// [#hardware] of netlink messages, whose [#protocol] is of another kind.
    public static final int NETLINK = 824;

    private static final int PROTOCOL = 14;
    private static final int HARDWARE = 2;
    private static final int PROTOCOL_2 = 0;
    private static final int INTERFACE_2 = 4;
    private static final int HARDWARE_2 = 8;

    public CookedHeader {
        Header.require(octets, lengthOf(version), "cooked header");
    }

    public static int lengthOf(int version) {
        return version == 1 ? LENGTH : LENGTH_2;
    }

    public int headerLength() {
        return lengthOf(version);
    }

    /// The Ethernet type of what follows, or a number of Linux's own below 0x600.
    public int protocol() {
        return octets.u16(version == 1 ? PROTOCOL : PROTOCOL_2);
    }

    /// The kind of interface: Linux's `ARPHRD_` number.
    public int hardware() {
        return octets.u16(version == 1 ? HARDWARE : HARDWARE_2);
    }

    /// Of the second version: the kernel's number of the interface, 32 bits.
    public int interfaceIndex() {
        return octets.i32(INTERFACE_2);
    }
}
