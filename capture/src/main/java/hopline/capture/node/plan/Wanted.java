package hopline.capture.node.plan;

import java.util.List;

/// Which packets are captured. Values of one kind are alternatives, different kinds must all agree; nothing at all
/// means every packet. ARP and ICMP are always captured with the rest, for what they tell about it.
///
/// @param addresses IPv4 or IPv6 addresses or ranges such as `10.244.0.0/16`, of either end
/// @param ports TCP, UDP or SCTP ports of either end
/// @param protocols `tcp`, `udp`, `icmp`, `sctp`
/// @param pods `NAMESPACE/NAME`, whose addresses are among `addresses` once they are resolved
/// @param insideTunnels look at what VXLAN carries, too, where the tool can
public record Wanted(
        List<String> addresses, List<Integer> ports, List<String> protocols, List<String> pods, boolean insideTunnels) {

    public Wanted {
        addresses = List.copyOf(addresses);
        ports = List.copyOf(ports);
        protocols = List.copyOf(protocols);
        pods = List.copyOf(pods);
    }

    /// Every packet.
    public static Wanted everything() {
        return new Wanted(List.of(), List.of(), List.of(), List.of(), true);
    }

    /// True when no packet is left out.
    public boolean isEverything() {
        return addresses.isEmpty() && ports.isEmpty() && protocols.isEmpty() && pods.isEmpty();
    }

    /// The same with the addresses of the pods beside those that were named.
    public Wanted with(List<String> podAddresses) {
        List<String> all = new java.util.ArrayList<>(addresses);
        podAddresses.stream().filter(address -> !all.contains(address)).forEach(all::add);
        return new Wanted(all, ports, protocols, pods, insideTunnels);
    }
}
