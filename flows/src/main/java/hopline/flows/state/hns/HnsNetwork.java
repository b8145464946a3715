package hopline.flows.state.hns;

import hopline.decode.Address;
import hopline.flows.state.Cidr;
import hopline.flows.state.Source;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// A network of HNS.
///
/// @param id in lower case; empty when it was left out
/// @param type `L2Bridge`, `Overlay`, `NAT`, `Transparent`, `L2Tunnel` …, or whatever was written
/// @param managementIp the node's own address on it
/// @param distributedRouterMac the MAC with which it takes in what arrives through its tunnels
/// @param vxlanPort the UDP port of its tunnels, where a policy sets one
/// @param extensions of its switch
public record HnsNetwork(
        String id,
        String name,
        String type,
        List<Subnet> subnets,
        Optional<Address> managementIp,
        OptionalLong distributedRouterMac,
        List<RemoteSubnet> remoteSubnets,
        OptionalInt vxlanPort,
        List<Extension> extensions,
        Source source) {

    /// What HNS calls the placeholder that makes the virtual switch before there is a network for pods.
    private static final String PLACEHOLDER = "External";

    /// The range of such placeholders, whoever made them: Azure calls its own `ext`.
    private static final Cidr PLACEHOLDER_RANGE = new Cidr(Address.of("192.168.255.0"), 30);

    public HnsNetwork {
        subnets = List.copyOf(subnets);
        remoteSubnets = List.copyOf(remoteSubnets);
        extensions = List.copyOf(extensions);
    }

    /// A range of addresses that its endpoints get theirs from.
    ///
    /// @param vni the VSID of its policies
    public record Subnet(Cidr prefix, Optional<Address> gateway, OptionalInt vni) {}

    /// Where the pods of another node are: policy `RemoteSubnetRoute`.
    ///
    /// @param provider the outer destination address
    /// @param routerMac the inner destination MAC
    public record RemoteSubnet(
            Cidr prefix, OptionalInt vni, Optional<Address> provider, OptionalLong routerMac, Source source) {}

    /// An extension of the virtual switch. Its name is localised, its id is not.
    public record Extension(String id, String name, boolean enabled) {

        /// Whether it is the Virtual Filtering Platform, of Windows Server up to 2019 or since 2022.
        public boolean isVfp() {
            String key = id.toLowerCase(Locale.ROOT);
            return key.equals("e9b59cfa-2be1-4b21-828f-b6fbdbddc017")
                    || key.equals("f74f241b-440f-4433-bb28-00f89ead20d8");
        }
    }

    /// Whether its nodes are connected by tunnels.
    public boolean isOverlay() {
        return type.equalsIgnoreCase("Overlay");
    }

    /// Whether its pods are bridged to the node's network.
    public boolean isBridge() {
        return type.equalsIgnoreCase("L2Bridge");
    }

    /// Whether its pods are bridged, and even neighbours reach each other only by way of the virtual machine's host, as
    /// on Azure.
    public boolean isL2Tunnel() {
        return type.equalsIgnoreCase("L2Tunnel");
    }

    /// Whether its pods are hosts of the node's network like any other, with MAC addresses of their own.
    public boolean isTransparent() {
        return type.equalsIgnoreCase("Transparent");
    }

    /// Whether pods live on it, and it is no placeholder.
    public boolean carriesPods() {
        return (isOverlay() || isBridge() || isL2Tunnel() || isTransparent()) && !isPlaceholder();
    }

    private boolean isPlaceholder() {
        return name.equals(PLACEHOLDER)
                || subnets.stream().anyMatch(subnet -> subnet.prefix().equals(PLACEHOLDER_RANGE));
    }

    /// Whether one of its subnets has the address.
    public boolean contains(Address address) {
        return subnets.stream().anyMatch(subnet -> subnet.prefix().contains(address));
    }
}
