package hopline.flows.check;

import hopline.decode.Address;
import hopline.decode.IpProtocol;
import hopline.flows.state.AddressText;
import hopline.flows.state.Cidr;
import hopline.flows.state.Source;
import hopline.flows.state.hns.HnsEndpoint;
import hopline.flows.state.host.FirewallRule;
import hopline.flows.state.text.Digits;
import hopline.flows.state.vfp.VfpRule;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/// What lets the packets of an endpoint pass or blocks them: an ACL of HNS, or a rule in VFP's layer of ACLs; or
/// those of a node, a rule of its firewall.
/// Of those that match, the one with the lowest priority decides.
///
/// @param name what to call it
/// @param isOut for packets that leave the pod
/// @param protocols numbers apart by commas; empty, or 256, for all
/// @param peers the addresses of the other side: single ones, prefixes and ranges apart by commas; empty for all
/// @param ports of the side that is connected to; empty for all
record AccessRule(
        String name,
        boolean blocks,
        boolean isOut,
        String protocols,
        String peers,
        String ports,
        int priority,
        Source source) {

    private static final String ANY_PROTOCOL = "256";
    private static final String LAYER = "ACL_";

    /// The first packet of a connection.
    ///
    /// @param peer the other side
    record Opening(boolean isOut, int protocol, Address peer, int port) {}

    /// The rules at `endpoint`, in the order in which they are asked; those of VFP where HNS was not collected
    /// with its policies.
    static List<AccessRule> of(NodeView node, HnsEndpoint endpoint) {
        List<AccessRule> rules = endpoint.acls().isEmpty()
                ? node.state().vfp().rules().stream()
                        .filter(rule -> rule.layer().startsWith(LAYER)
                                && !rule.port().isEmpty()
                                && (rule.port().equals(endpoint.port())
                                        || rule.port().equals(endpoint.id())))
                        .flatMap(rule -> of(rule).stream())
                        .toList()
                : endpoint.acls().stream().map(AccessRule::of).toList();
        return rules.stream()
                .sorted(Comparator.comparingInt(AccessRule::priority))
                .toList();
    }

    private static AccessRule of(HnsEndpoint.Acl acl) {
        boolean isOut = acl.direction().equalsIgnoreCase("Out");
        return new AccessRule(
                "the ACL with priority " + text(acl.priority()),
                acl.action().equalsIgnoreCase("Block"),
                isOut,
                acl.protocols(),
                acl.remoteAddresses(),
                isOut ? acl.remotePorts() : acl.localPorts(),
                acl.priority().orElse(0),
                acl.source());
    }

    /// A rule of the node's own firewall, where blocking comes before letting pass.
    static AccessRule of(FirewallRule rule) {
        boolean isOut = rule.direction().equalsIgnoreCase("Out");
        return new AccessRule(
                "the firewall rule " + rule.name(),
                rule.action().equalsIgnoreCase("Block"),
                isOut,
                switch (rule.protocol().toUpperCase(Locale.ROOT)) {
                    case "TCP" -> String.valueOf(IpProtocol.TCP);
                    case "UDP" -> String.valueOf(IpProtocol.UDP);
                    case "ANY" -> ANY_PROTOCOL;
                    default -> rule.protocol();
                },
                rule.remote(),
                rule.ports().equalsIgnoreCase("Any") ? "" : rule.ports(),
                0,
                rule.source());
    }

    private static Optional<AccessRule> of(VfpRule rule) {
        boolean isOut = rule.direction().equals("OUT");
        if (!rule.type().equals("block") && !rule.type().equals("allow")) {
            return Optional.empty();
        }
        String ports = rule.condition("destination ports");
        return Optional.of(new AccessRule(
                "the VFP rule " + rule.name(),
                rule.type().equals("block"),
                isOut,
                rule.condition("protocols"),
                rule.condition(isOut ? "destination ip" : "source ip"),
                ports.isEmpty() ? rule.condition("destination port") : ports,
                rule.priority().orElse(0),
                rule.source()));
    }

    private static String text(OptionalInt priority) {
        return priority.isPresent() ? String.valueOf(priority.getAsInt()) : "(none)";
    }

    /// The rule that blocks `opening`; empty when it may pass.
    static Optional<AccessRule> blocking(List<AccessRule> ordered, Opening opening) {
        return ordered.stream()
                .filter(rule -> rule.matches(opening))
                .findFirst()
                .filter(AccessRule::blocks);
    }

    private boolean matches(Opening opening) {
        return isOut == opening.isOut()
                && (protocols.contains(ANY_PROTOCOL) || anyOf(protocols, part -> isNumber(part, opening.protocol())))
                && anyOf(peers, part -> isAddress(part, opening.peer()))
                && anyOf(ports, part -> isNumber(part, opening.port()));
    }

    private interface Part {
        boolean holds(String text);
    }

    /// Nothing means all.
    private static boolean anyOf(String list, Part part) {
        if (list.isBlank()) {
            return true;
        }
        for (String text : list.split(",", -1)) {
            if (part.holds(text.strip())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isNumber(String text, int number) {
        int dash = text.indexOf('-');
        OptionalInt first = Digits.number((dash < 0 ? text : text.substring(0, dash)).strip());
        OptionalInt last = Digits.number(text.substring(dash + 1).strip());
        return first.isPresent() && last.isPresent() && first.getAsInt() <= number && number <= last.getAsInt();
    }

    private static boolean isAddress(String text, Address address) {
        if (text.indexOf('/') >= 0) {
            return Cidr.parse(text.toLowerCase(Locale.ROOT))
                    .filter(range -> range.contains(address))
                    .isPresent();
        }
        int dash = text.indexOf('-');
        Optional<Address> first = AddressText.parse((dash < 0 ? text : text.substring(0, dash)).strip());
        Optional<Address> last = AddressText.parse(text.substring(dash + 1).strip());
        return first.isPresent()
                && last.isPresent()
                && first.get().isIpv4() == address.isIpv4()
                && first.get().compareTo(address) <= 0
                && address.compareTo(last.get()) <= 0;
    }
}
