package hopline.flows.state.hns;

import hopline.decode.Address;
import hopline.flows.state.Source;
import hopline.flows.state.text.Written;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// An endpoint of HNS: the adapter of a local container, or the stand-in for a backend elsewhere.
///
/// @param id in lower case; empty when it was left out
/// @param network the network's id in lower case, else its name; empty when neither was said
/// @param addresses none where only a table of names was read
/// @param state 0 uninitialised, 1 created, 2 attached, 3 attached and shared, 4 detached, 5 degraded, 6
///     destroyed
/// @param port the GUID of its VFP port, in lower case; empty when not said
/// @param isComplete all its policies were read; false for tables and for lists that leave nested values out
public record HnsEndpoint(
        String id,
        String name,
        String network,
        String networkType,
        List<Address> addresses,
        OptionalLong mac,
        Optional<Address> gateway,
        List<String> dnsServers,
        boolean isRemote,
        OptionalInt state,
        OptionalInt encapOverhead,
        List<OutboundNat> outboundNats,
        List<SdnRoute> routes,
        List<Acl> acls,
        List<PortMapping> portMappings,
        List<Proxy> proxies,
        Optional<Address> providerAddress,
        String port,
        boolean isComplete,
        Source source) {

    /// State "attached and shared": what a pod's endpoint has when all is well.
    public static final int ATTACHED_SHARING = 3;

    public HnsEndpoint {
        addresses = List.copyOf(addresses);
        dnsServers = List.copyOf(dnsServers);
        outboundNats = List.copyOf(outboundNats);
        routes = List.copyOf(routes);
        acls = List.copyOf(acls);
        portMappings = List.copyOf(portMappings);
        proxies = List.copyOf(proxies);
    }

    /// Policy `OutBoundNAT`: what leaves gets the node's address, except towards `exceptions`.
    ///
    /// @param destinations where it applies alone; empty for everywhere
    public record OutboundNat(List<Written> exceptions, List<String> destinations, String vip) {}

    /// Policy `ROUTE` or `SDNRoute`.
    public record SdnRoute(String prefix, String nextHop, boolean needsEncap, Source source) {}

    /// Policy `ACL`.
    public record Acl(
            String action,
            String direction,
            String protocols,
            String localAddresses,
            String remoteAddresses,
            String localPorts,
            String remotePorts,
            String ruleType,
            OptionalInt priority,
            Source source) {}

    /// Policy `NAT` or `PortMapping`.
    public record PortMapping(OptionalInt protocol, OptionalInt internalPort, OptionalInt externalPort) {}

    /// Policy `L4Proxy`, `L4WFPPROXY` or the old `PROXY`: connections of the pod are led through a proxy.
    ///
    /// @param protocols as written; empty for all
    /// @param address the proxy's; empty when not said
    /// @param port the proxy's for what leaves the pod, when said
    /// @param exceptions what is not led through it
    public record Proxy(String protocols, String address, OptionalInt port, List<String> exceptions, Source source) {

        public Proxy {
            exceptions = List.copyOf(exceptions);
        }
    }

    /// Whether it is the host's own leg of the network (`cbr0_ep`, `Calico_ep`), to which pods send what
    /// leaves them.
    public boolean isHostGateway() {
        return name.toLowerCase(Locale.ROOT).endsWith("_ep");
    }

    /// Whether nobody called it anything: HNS does so with those that kube-proxy makes.
    boolean isUnnamed() {
        return name.isEmpty() || name.equals("Ethernet");
    }

    /// Whether it is a pod's on this node, as far as it tells by itself: neither remote, nor the host's, nor called a
    /// source VIP.
    boolean isPod() {
        return !isRemote && !isHostGateway() && !isSourceVip();
    }

    /// Whether it is called a source VIP.
    boolean isSourceVip() {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.contains("source-vip") || lower.contains("sourcevip");
    }

    /// What to call it: its name, or its id.
    public String label() {
        return name.isEmpty() ? id : name.length() > 40 ? name.substring(0, 12) + "…" + suffix() : name;
    }

    private String suffix() {
        int underscore = name.lastIndexOf('_');
        return underscore < 0 || name.length() - underscore > 20 ? "" : name.substring(underscore);
    }
}
