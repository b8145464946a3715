package hopline.cli.packet;

import hopline.decode.Address;
import hopline.decode.Layers;
import hopline.decode.MacAddress;
import hopline.decode.dns.DnsMessage;
import hopline.decode.dns.DnsNames;
import hopline.decode.header.ArpHeader;
import hopline.decode.header.EthernetHeader;
import hopline.decode.header.IcmpHeader;
import hopline.decode.header.Ipv4Header;
import hopline.decode.header.Ipv6ExtensionHeader;
import hopline.decode.header.Ipv6Header;
import hopline.decode.header.TcpHeader;
import hopline.decode.header.UdpHeader;
import hopline.decode.header.VlanTag;
import java.util.Locale;

/// Says the fields of a record's headers one by one, in the order they stand there.
///
/// To show another protocol: a case in [#write], or in [FramingFields].
public final class HeaderFields {

    /// Takes what is said.
    public interface Sink {

        /// A field with a number, unsigned.
        void number(String name, long value);

        /// A field with a text, not escaped.
        void text(String name, String value);
    }

    private final Layers layers;
    private final Sink sink;

    private HeaderFields(Layers layers, Sink sink) {
        this.layers = layers;
        this.sink = sink;
    }

    /// Says the fields of one layer to `sink`; none where there is no decoder, only how many octets it
    /// has.
    public static void write(Layers layers, int layer, Sink sink) {
        new HeaderFields(layers, sink).write(layer);
    }

    private void write(int layer) {
        switch (layers.protocol(layer)) {
            case ETHERNET -> ethernet(new EthernetHeader(layers.octets(layer)));
            case VLAN -> vlan(new VlanTag(layers.octets(layer)));
            case ARP -> arp(new ArpHeader(layers.octets(layer)));
            case IPV4 -> ipv4(new Ipv4Header(layers.octets(layer)));
            case IPV6 -> ipv6(new Ipv6Header(layers.octets(layer)));
            case IPV6_EXTENSION ->
                sink.number("nextHeader", new Ipv6ExtensionHeader(0, layers.octets(layer)).nextHeader());
            case TCP -> tcp(new TcpHeader(layers.octets(layer)));
            case UDP -> udp(new UdpHeader(layers.octets(layer)));
            case ICMP -> icmp(new IcmpHeader(4, layers.octets(layer)));
            case ICMPV6 -> icmp(new IcmpHeader(6, layers.octets(layer)));
            case DNS -> dns(new DnsMessage(layers.octets(layer)));
            default -> FramingFields.write(layers, layer, sink);
        }
    }

    private void ethernet(EthernetHeader ethernet) {
        sink.text("source", MacAddress.text(ethernet.source()));
        sink.text("destination", MacAddress.text(ethernet.destination()));
        typeOrLength(ethernet.etherType());
    }

    private void typeOrLength(int field) {
        if (field < EthernetHeader.MIN_ETHER_TYPE) {
            sink.number("length", field);
        } else {
            sink.text("type", hex(field));
        }
    }

    static String hex(int number) {
        return String.format(Locale.ROOT, "0x%04x", number);
    }

    private void vlan(VlanTag tag) {
        sink.number("id", tag.vlanId());
        sink.number("priority", tag.priority());
        typeOrLength(tag.etherType());
    }

    private void arp(ArpHeader arp) {
        sink.number("operation", arp.operation());
        if (!arp.isIpv4OverEthernet()) {
            sink.number("hardwareType", arp.hardwareType());
            sink.text("protocolType", hex(arp.protocolType()));
            return;
        }
        sink.text("senderHardware", MacAddress.text(arp.senderHardware()));
        sink.text("sender", Address.ofIpv4(arp.senderProtocol()).toString());
        sink.text("targetHardware", MacAddress.text(arp.targetHardware()));
        sink.text("target", Address.ofIpv4(arp.targetProtocol()).toString());
    }

    private void ipv4(Ipv4Header ip) {
        sink.text("source", Address.ofIpv4(ip.source()).toString());
        sink.text("destination", Address.ofIpv4(ip.destination()).toString());
        sink.number("timeToLive", ip.timeToLive());
        sink.number("protocol", ip.protocol());
        sink.number("totalLength", ip.totalLength());
        sink.number("identification", ip.identification());
        sink.number("typeOfService", ip.typeOfService());
        sink.text("checksum", hex(ip.checksum()));
        if (ip.dontFragment()) {
            sink.text("flags", "DF");
        }
        if (ip.isFragment()) {
            sink.number("fragmentOffset", ip.fragmentOffset());
            sink.text("moreFragments", ip.moreFragments() ? "yes" : "no");
        }
    }

    private void ipv6(Ipv6Header ip) {
        sink.text("source", new Address(ip.sourceHigh(), ip.sourceLow()).toString());
        sink.text("destination", new Address(ip.destinationHigh(), ip.destinationLow()).toString());
        sink.number("hopLimit", ip.hopLimit());
        sink.number("nextHeader", ip.nextHeader());
        sink.number("payloadLength", ip.payloadLength());
        sink.number("flowLabel", ip.flowLabel());
    }

    private void tcp(TcpHeader tcp) {
        sink.number("sourcePort", tcp.sourcePort());
        sink.number("destinationPort", tcp.destinationPort());
        sink.text("flags", TcpFlags.text(tcp.flags()));
        sink.number("sequence", Integer.toUnsignedLong(tcp.sequenceNumber()));
        sink.number("acknowledgment", Integer.toUnsignedLong(tcp.acknowledgmentNumber()));
        sink.number("window", tcp.window());
        sink.number("headerLength", tcp.headerLength());
        sink.text("checksum", hex(tcp.checksum()));
        if (tcp.maximumSegmentSize() > 0) {
            sink.number("maximumSegmentSize", tcp.maximumSegmentSize());
        }
    }

    private void udp(UdpHeader udp) {
        sink.number("sourcePort", udp.sourcePort());
        sink.number("destinationPort", udp.destinationPort());
        sink.number("length", udp.statedLength());
        sink.text("checksum", hex(udp.checksum()));
    }

    private void icmp(IcmpHeader icmp) {
        sink.number("type", icmp.type());
        sink.number("code", icmp.code());
        if (icmp.isEcho()) {
            sink.number("identifier", icmp.identifier());
            sink.number("sequence", icmp.sequenceNumber());
        }
        if (icmp.isPacketTooBig()) {
            sink.number("nextHopMtu", icmp.nextHopMtu());
        }
    }

    private void dns(DnsMessage dns) {
        sink.number("id", dns.id());
        sink.text("kind", dns.isResponse() ? "response" : "query");
        dns.question().ifPresent(question -> {
            sink.text("name", question.name());
            sink.text("type", DnsNames.type(question.type()));
        });
        if (dns.isResponse()) {
            sink.text("responseCode", DnsNames.responseCode(dns.responseCode()));
            sink.number("answers", dns.answerCount());
        }
    }
}
