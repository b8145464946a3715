package hopline.cli.packet;

import hopline.capture.Octets;
import hopline.cli.packet.HeaderFields.Sink;
import hopline.decode.Address;
import hopline.decode.Layers;
import hopline.decode.MacAddress;
import hopline.decode.Protocol;
import hopline.decode.header.CookedHeader;
import hopline.decode.header.DhcpMessage;
import hopline.decode.header.ErspanHeader;
import hopline.decode.header.GeneveHeader;
import hopline.decode.header.GreHeader;
import hopline.decode.header.GtpHeader;
import hopline.decode.header.L2tpHeader;
import hopline.decode.header.LlcHeader;
import hopline.decode.header.MplsLabel;
import hopline.decode.header.PppHeader;
import hopline.decode.header.PppoeHeader;
import hopline.decode.header.SctpHeader;
import hopline.decode.header.VxlanHeader;
import hopline.decode.header.WirelessHeader;
import java.util.StringJoiner;

/// Says the fields of tunnels and framings, and of what is rare on a node. Of a layer without a case here it says how
/// many octets it has, without what is in it.
final class FramingFields {

    private static final int MAX_LABELS = 64;

    private final Layers layers;
    private final int layer;
    private final Octets octets;
    private final Sink sink;

    private FramingFields(Layers layers, int layer, Sink sink) {
        this.layers = layers;
        this.layer = layer;
        this.octets = layers.octets(layer);
        this.sink = sink;
    }

    static void write(Layers layers, int layer, Sink sink) {
        new FramingFields(layers, layer, sink).write();
    }

    private void write() {
        switch (layers.protocol(layer)) {
            case VXLAN, VXLAN_GPE -> vxlan(new VxlanHeader(octets));
            case GENEVE -> geneve(new GeneveHeader(octets));
            case GRE -> gre(new GreHeader(octets));
            case ERSPAN -> erspan(new ErspanHeader(octets));
            case GTP -> gtp(new GtpHeader(octets));
            case L2TP -> l2tp();
            case MPLS -> labels();
            case PPPOE -> pppoe(new PppoeHeader(octets));
            case PPP -> sink.text("type", HeaderFields.hex(new PppHeader(octets).protocol()));
            case LLC -> llc(new LlcHeader(octets));
            case COOKED -> cooked();
            case WIRELESS -> wireless();
            case SCTP -> sctp(new SctpHeader(octets));
            case DHCP -> dhcp(new DhcpMessage(octets));
            default -> sink.number("octets", next() - layers.start(layer));
        }
    }

    /// Where the next layer starts, or this one ends.
    private int next() {
        return layer + 1 < layers.count() ? layers.start(layer + 1) : layers.end(layer);
    }

    private void vxlan(VxlanHeader vxlan) {
        if (vxlan.hasVni()) {
            sink.number("vni", vxlan.vni());
        }
        if (layers.protocol(layer) == Protocol.VXLAN_GPE) {
            sink.number("nextProtocol", vxlan.nextProtocol());
        }
    }

    private void geneve(GeneveHeader geneve) {
        sink.number("vni", geneve.vni());
        sink.text("type", HeaderFields.hex(geneve.protocol()));
        sink.number("headerLength", geneve.headerLength());
    }

    private void gre(GreHeader gre) {
        sink.number("version", gre.version());
        sink.text("type", HeaderFields.hex(gre.protocol()));
        if (octets.length() < gre.fixedLength()) {
            return;
        }
        if (gre.isNvgre()) {
            sink.number("virtualSubnet", gre.virtualSubnet());
        } else if (gre.hasKey()) {
            sink.number(gre.version() == 1 ? "call" : "key", gre.key());
        }
    }

    private void erspan(ErspanHeader erspan) {
        sink.number("version", erspan.version());
        sink.number("session", erspan.sessionId());
    }

    private void gtp(GtpHeader gtp) {
        sink.number("messageType", gtp.messageType());
        sink.number("length", gtp.payloadLength());
        if (gtp.hasTunnel() && gtp.headerLength() >= 0 && gtp.headerLength() <= octets.length()) {
            sink.number("tunnel", gtp.tunnel());
        }
    }

    /// Right behind IP it begins with the session.
    private void l2tp() {
        if (layer == 0 || layers.protocol(layer - 1) != Protocol.UDP) {
            sink.number("session", octets.u32(0));
            return;
        }
        L2tpHeader l2tp = new L2tpHeader(octets);
        sink.number("version", l2tp.version());
        sink.text("kind", l2tp.isControl() ? "control" : "data");
        if (!l2tp.isControl() && l2tp.headerLength() <= octets.length()) {
            sink.number("session", l2tp.session());
        }
    }

    /// A stack is one layer, so each field is of all its labels: a name is said once.
    private void labels() {
        StringJoiner labels = new StringJoiner(" ");
        StringJoiner timesToLive = new StringJoiner(" ");
        Octets rest = octets;
        boolean bottom = false;
        for (int i = 0; i < MAX_LABELS && !bottom && rest.length() >= MplsLabel.LENGTH; i++) {
            MplsLabel label = new MplsLabel(rest);
            labels.add(Integer.toString(label.label()));
            timesToLive.add(Integer.toString(label.timeToLive()));
            bottom = label.isBottom();
            rest = rest.from(MplsLabel.LENGTH);
        }
        sink.text("labels", labels.toString());
        sink.text("timesToLive", timesToLive.toString());
    }

    private void pppoe(PppoeHeader pppoe) {
        sink.text("code", HeaderFields.hex(pppoe.code()));
        sink.number("session", pppoe.sessionId());
        sink.number("length", pppoe.payloadLength());
    }

    private void llc(LlcHeader llc) {
        sink.number("destination", llc.destination());
        sink.number("source", llc.source());
        if (llc.isSnap() && octets.length() >= LlcHeader.SNAP_LENGTH) {
            sink.number("organisation", llc.organisation());
            sink.text("type", HeaderFields.hex(llc.type()));
        }
    }

    /// The second version begins with the type, the first ends with it: they differ in length.
    private void cooked() {
        boolean second = next() - layers.start(layer) == CookedHeader.LENGTH_2;
        CookedHeader cooked = new CookedHeader(second ? 2 : 1, octets);
        sink.text("type", HeaderFields.hex(cooked.protocol()));
        sink.number("hardware", cooked.hardware());
        if (second) {
            sink.number("interface", cooked.interfaceIndex());
        }
    }

    private void wireless() {
        WirelessHeader wireless = new WirelessHeader(octets);
        sink.text("kind", wireless.isData() ? "data" : "other");
        sink.text("protected", wireless.isProtected() ? "yes" : "no");
    }

    private void sctp(SctpHeader sctp) {
        sink.number("sourcePort", sctp.sourcePort());
        sink.number("destinationPort", sctp.destinationPort());
        sink.number("verificationTag", sctp.verificationTag());
        if (octets.length() > SctpHeader.LENGTH) {
            sink.number("firstChunk", sctp.firstChunk());
        }
    }

    private void dhcp(DhcpMessage dhcp) {
        sink.number("transaction", Integer.toUnsignedLong(dhcp.transaction()));
        sink.text("client", MacAddress.text(dhcp.clientHardware()));
        sink.text("yourAddress", Address.ofIpv4(dhcp.yourAddress()).toString());
        if (dhcp.messageType() > 0) {
            sink.number("messageType", dhcp.messageType());
        }
    }
}
