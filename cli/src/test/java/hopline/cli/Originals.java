package hopline.cli;

import hopline.capture.CaptureReader;
import hopline.capture.CaptureRecord;
import hopline.capture.Octets;
import hopline.decode.Address;
import hopline.decode.Dissector;
import hopline.decode.Layers;
import hopline.decode.dns.DnsMessage;
import hopline.decode.header.ArpHeader;
import hopline.decode.header.EthernetHeader;
import hopline.decode.header.Ipv4Header;
import hopline.decode.header.Ipv6Header;
import hopline.decode.header.TcpHeader;
import java.io.IOException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/// What is private in captures, read from their packets without the help of what redacts them: addresses
/// of every layer, tunnels inside and out and what errors quote, names that were asked for, and the
/// beginnings of payloads.
final class Originals {

    private static final int SAMPLE = 12;
    private static final int MAX_SAMPLES = 2_000;
    private static final Set<String> PUBLIC_LABELS = Set.of(
            "local",
            "cluster",
            "default",
            "kubernetes",
            "kube-system",
            "kube-dns",
            "coredns",
            "internal",
            "localhost",
            "example",
            "in-addr",
            "invalid",
            "localdomain",
            "kube-public",
            "prerouting",
            "postrouting");

    final Set<Address> addresses = new HashSet<>();
    final Set<Long> macs = new HashSet<>();
    final Set<String> names = new HashSet<>();
    final Set<Octets> payloads = new HashSet<>();
    private final Dissector dissector = new Dissector();
    private final Layers layers = new Layers();

    void read(CaptureReader reader) throws IOException {
        for (CaptureRecord record = reader.next(); record != null; record = reader.next()) {
            dissector.dissect(
                    record, reader.interfaces().get(record.interfaceIndex()).linkType(), layers);
            for (int layer = 0; layer < layers.count(); layer++) {
                read(layer);
            }
        }
    }

    private void read(int layer) {
        Octets octets = layers.octets(layer);
        switch (layers.protocol(layer)) {
            case ETHERNET -> {
                mac(new EthernetHeader(octets).source());
                mac(new EthernetHeader(octets).destination());
            }
            case ARP -> arp(new ArpHeader(octets));
            case IPV4 -> {
                address(Address.ofIpv4(new Ipv4Header(octets).source()));
                address(Address.ofIpv4(new Ipv4Header(octets).destination()));
            }
            case IPV6 -> {
                Ipv6Header ip = new Ipv6Header(octets);
                address(new Address(ip.sourceHigh(), ip.sourceLow()));
                address(new Address(ip.destinationHigh(), ip.destinationLow()));
            }
            case DNS -> new DnsMessage(octets).question().ifPresent(question -> name(question.name()));
            case TCP -> {
                if (layer + 1 == layers.count()) {
                    payload(octets, new TcpHeader(octets).headerLength());
                }
            }
            case UDP -> {
                if (layer + 1 == layers.count()) {
                    payload(octets, 8);
                }
            }
            default -> {} // nothing that anybody would look for
        }
    }

    private void arp(ArpHeader arp) {
        if (arp.isIpv4OverEthernet()) {
            mac(arp.senderHardware());
            mac(arp.targetHardware());
            address(Address.ofIpv4(arp.senderProtocol()));
            address(Address.ofIpv4(arp.targetProtocol()));
        }
    }

    /// What a rule is called in words is made of names that are looked for by themselves.
    void name(String name) {
        if (name.indexOf(' ') >= 0) {
            return;
        }
        for (String label : name.split("\\.", -1)) {
            String lower = label.toLowerCase(Locale.ROOT);
            boolean telling = lower.length() > 4 && lower.chars().anyMatch(c -> c >= 'a' && c <= 'z');
            if (telling && !PUBLIC_LABELS.contains(lower) && !lower.startsWith("_") && !lower.contains("\\")) {
                names.add(label);
            }
        }
    }

    void address(Address address) {
        if (!isEverybodys(address)) {
            addresses.add(address);
        }
    }

    /// Addresses that belong to nobody, or to everybody.
    private static boolean isEverybodys(Address address) {
        if (address.isMulticast() || address.isUnspecified()) {
            return true;
        }
        if (!address.isIpv4()) {
            return address.high() == 0; // ::1, and IPv4 in IPv6, which is looked for as such
        }
        int first = (int) (address.low() >>> 24);
        return first == 0
                || first == 127
                || first >= 224
                || Set.of("169.254.169.254", "169.254.20.10", "168.63.129.16").contains(address.toString());
    }

    private void mac(long mac) {
        boolean group = (mac >>> 40 & 1) != 0;
        if (!group && mac >>> 16 != 0) {
            macs.add(mac);
        }
    }

    private void payload(Octets octets, int from) {
        if (octets.length() < from + SAMPLE || payloads.size() >= MAX_SAMPLES) {
            return;
        }
        Octets sample = octets.slice(from, SAMPLE);
        byte[] copy = sample.toByteArray();
        Set<Byte> distinct = new HashSet<>();
        for (byte octet : copy) {
            distinct.add(octet);
        }
        if (distinct.size() > 6) {
            payloads.add(Octets.wrap(copy));
        }
    }

    ByteSearch search() {
        ByteSearch search = new ByteSearch();
        WrittenForms forms = new WrittenForms(search);
        addresses.forEach(forms::address);
        macs.forEach(forms::mac);
        names.forEach(forms::name);
        payloads.forEach(payload -> forms.payload(payload.toByteArray()));
        return search;
    }
}
