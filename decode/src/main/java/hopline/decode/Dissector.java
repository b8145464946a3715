package hopline.decode;

import hopline.capture.CaptureRecord;
import java.util.Collection;
import java.util.List;

/// Splits a record into [Layers] by following each header to the next.
///
/// Which number means which protocol is told in five places, one for each kind of number: [LinkLayers] for
/// link types, [EtherTypes] for Ethernet's types and those of LLC, PPP and MPLS, [NetworkLayers] for IP
/// versions, [TransportLayers] for protocol numbers and ports, [TunnelLayers] for what tunnels say they
/// carry. To add a protocol: its header record in [hopline.decode.header], a constant in [Protocol], a method
/// and a case there.
///
/// Every length is checked before it is used: a header that was cut short marks the layers truncated, one
/// that contradicts itself marks them malformed, and in both cases the layers already found stay.
/// Single-threaded.
public final class Dissector {

    /// Tunnels inside tunnels that are followed; beyond this a packet is nested by mistake or malice.
    public static final int MAX_TUNNELS = 8;

    final Door door = new Door();
    final EtherTypes etherTypes = new EtherTypes(this);
    final NetworkLayers network = new NetworkLayers(this);
    final TransportLayers transport;
    final TunnelLayers tunnels = new TunnelLayers(this);
    final FlowSamples samples = new FlowSamples(this);
    final WirelessLayers wireless = new WirelessLayers(this);
    private final LinkLayers links = new LinkLayers(this);

    /// Looks for VXLAN on the ports 4789 and 8472.
    public Dissector() {
        this(List.of());
    }

    /// Looks for VXLAN on `moreVxlanPorts`, too.
    public Dissector(Collection<Integer> moreVxlanPorts) {
        transport = new TransportLayers(this, moreVxlanPorts);
    }

    /// Whether datagrams to that UDP port carry VXLAN.
    public boolean isVxlan(int port) {
        return transport.isVxlan(port);
    }

    /// Whether that UDP port says anything of what a datagram carries: VXLAN, DNS or another protocol known here.
    public boolean isTold(int port) {
        return transport.isTold(port);
    }

    /// Fills `into` with the layers of `record`, which begins as `linkType` says. Never throws for what the
    /// octets say.
    public void dissect(CaptureRecord record, int linkType, Layers into) {
        door.open(record, into);
        int start = record.offset();
        int end = start + record.capturedLength();
        int originalEnd = (int) Math.min(start + record.originalLength(), Integer.MAX_VALUE);
        // A few tools write an original length below the captured one.
        links.dissect(linkType, start, end, Math.max(end, originalEnd));
    }
}
