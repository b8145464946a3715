package hopline.decode.header;

import hopline.capture.Octets;

/// One protocol header, viewed in place. Fields are decoded when asked for.
///
/// To add a protocol: its record here, a constant in [hopline.decode.Protocol], a method in
/// [hopline.decode.Dissector].
public sealed interface Header
        permits ArpHeader,
                AyiyaHeader,
                CookedHeader,
                DhcpMessage,
                ErspanHeader,
                EthernetHeader,
                GeneveHeader,
                GreHeader,
                GtpHeader,
                IcmpHeader,
                Ipv4Header,
                Ipv6ExtensionHeader,
                Ipv6Header,
                L2tpHeader,
                LlcHeader,
                MplsLabel,
                PppHeader,
                PppoeHeader,
                RadiotapHeader,
                SctpHeader,
                TcpHeader,
                TeredoHeader,
                UdpHeader,
                VlanTag,
                VxlanHeader,
                WirelessHeader {

    /// The header and all that follows it inside its packet, as far as captured.
    Octets octets();

    /// Checks once, at the door: a view over too few octets is a bug of its maker, never of the packet.
    static Octets require(Octets octets, int needed, String header) {
        if (octets.length() < needed) {
            throw new IllegalArgumentException(header + " needs " + needed + " octets, has " + octets.length());
        }
        return octets;
    }
}
