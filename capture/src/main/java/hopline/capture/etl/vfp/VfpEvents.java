package hopline.capture.etl.vfp;

import hopline.capture.etl.DescribedEvent;
import hopline.capture.etl.EventMeaning;
import hopline.capture.etl.Guid;
import hopline.capture.event.Action;
import hopline.capture.event.Matter;
import hopline.capture.event.Matter.Dropped;
import hopline.capture.event.Matter.Dropper;
import hopline.capture.event.Matter.Operation;
import hopline.capture.event.SwitchPort;
import hopline.capture.event.Tuple;
import hopline.capture.event.VfpRule;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What VFP writes of each flow's first packet: the rules that matched, what they did to it, and why it was dropped.
///
/// Built from the published layouts of Server 2016, with what later builds append; not seen in a real trace.
public final class VfpEvents implements EventMeaning {

    static final Guid PROVIDER = Guid.of("9f2660ea-cfe7-428f-9850-aeca612619b0");
    static final String NAME = "Microsoft-Windows-Hyper-V-VfpExt";

    static final int RAW_DROP = 51;

    private static final int INJECTED = 2;
    private static final int ARP_DROP = 57;
    private static final int FORWARD_DROP = 351;
    private static final int ARP = 256;

    /// Reasons below it are guards of the port's addresses and kinds of packets, but those of forwarding.
    private static final int NO_DESTINATION_BROADCAST = 10;

    private static final int SWITCH_CALLBACK_FAILED = 13;

    private static final List<String> REASONS = List.of(
            "ARP guard",
            "ARP limiter",
            "DHCP guard",
            "DHCP limiter",
            "broadcasts are blocked",
            "only IP is let through",
            "ARP filter",
            "IPv4 guard",
            "IPv6 guard",
            "MAC guard",
            "no destination for a broadcast",
            "no destination",
            "the destination's port is not ready",
            "the switch's callback failed");

    private static final List<String> FLOW_TYPES = List.of(
            "none",
            "pending",
            "allow",
            "DNAT",
            "SNAT",
            "dynamic DNAT",
            "dynamic SNAT",
            "redirect",
            "tunneled DNAT",
            "tunneled SNAT");

    private static final List<String> TUNNELS =
            List.of("no tunnel", "IP in GRE", "IP in IP", "Ethernet in GRE", "VXLAN");

    @Override
    public Guid provider() {
        return PROVIDER;
    }

    @Override
    public String providerName() {
        return NAME;
    }

    @Override
    public String table() {
        return "vfp/events.tsv";
    }

    /// All but what occurs with each packet: intercepted and duplicated ones, forwarding that works.
    @Override
    public boolean wants(int id) {
        return switch (id) {
            case 1, INJECTED, RAW_DROP, 156, 314, 315, 327, 328, 329, 330, 352, 353, 354 -> false;
            default -> true;
        };
    }

    @Override
    public @Nullable Matter read(DescribedEvent event) {
        return switch (event.id()) {
            case 52, 53, 54, 55, 56, ARP_DROP, FORWARD_DROP -> drop(event);
            case 101, 102, 103, 104, 105, 400, 401, 402, 403, 404 -> ruleMatch(event);
            case 106, 107, 108, 109 ->
                new Matter.FlowMatched(
                        port(event), event.text("LayerId"), named(FLOW_TYPES, event, "FlowType"), tuple(event));
            case 110, 111, 112, 113, 114 ->
                new Matter.FlowDecided(port(event), tuple(event), event.number("Status", 0));
            case 115, 116, 117, 118, 119 -> new Matter.NoRuleMatched(port(event), event.text("LayerId"), tuple(event));
            case 151 -> new Matter.MacsRewritten(port(event), event.text("SrcMacAddr"), event.text("DstMacAddr"));
            case 152, 153 -> new Matter.Rewritten(port(event), tuple(event));
            case 154 ->
                new Matter.Encapsulated(
                        port(event),
                        event.address("SrcIpv4Addr"),
                        event.address("DstIpv4Addr"),
                        named(TUNNELS, event, "EncapType"),
                        event.number("GreKey", 0));
            case 155 -> new Matter.Decapsulated(port(event));
            default -> operation(event);
        };
    }

    static SwitchPort port(DescribedEvent event) {
        return new SwitchPort(
                event.number("PortId", event.number("SrcPortId", 0)),
                event.number("Direction", 0) != 0,
                event.text("PortName"),
                event.text("PortFriendlyName"));
    }

    private static String named(List<String> names, DescribedEvent event, String field) {
        long value = event.number(field, -1);
        return value >= 0 && value < names.size() ? names.get((int) value) : "type " + value;
    }

    /// Of either family; GRE and ICMP have no ports.
    private static Tuple tuple(DescribedEvent event) {
        boolean ipv4 = !event.text("SrcIpv4Addr").isEmpty();
        boolean gre = !event.text("GreKey").isEmpty();
        int protocol = (int) event.number("IpProtocol", gre ? 47 : Tuple.UNTOLD);
        return event.tuple(
                        protocol,
                        ipv4 ? "SrcIpv4Addr" : "SrcIpv6Addr",
                        "SrcPort",
                        ipv4 ? "DstIpv4Addr" : "DstIpv6Addr",
                        "DstPort")
                .orElseGet(() -> new Tuple(protocol, "", Tuple.UNTOLD, "", Tuple.UNTOLD));
    }

    private static Matter ruleMatch(DescribedEvent event) {
        VfpRule rule = new VfpRule(
                event.text("LayerId"), event.text("GroupId"), event.text("RuleId"), (int) event.number("RuleType", 0));
        return new Matter.RuleMatched(port(event), rule, tuple(event), event.number("Status", 0));
    }

    private static Matter drop(DescribedEvent event) {
        SwitchPort port = port(event);
        Optional<Tuple> tuple = event.id() == ARP_DROP
                ? event.tuple(ARP, "SenderIpAddr", "", "TargetIpAddr", "")
                : Optional.of(tuple(event)).filter(told -> !told.source().isEmpty());
        int code = (int) event.number("Reason", -1);
        return new Dropped(dropper(code), port.label(), Optional.of(port), tuple, reason(code));
    }

    private static Dropper dropper(int reason) {
        return reason >= NO_DESTINATION_BROADCAST && reason <= SWITCH_CALLBACK_FAILED
                ? Dropper.FORWARDING
                : Dropper.GUARD;
    }

    /// What the platform's number for a drop means.
    static String reason(int code) {
        return switch (code) {
            case 32 -> "invalid packet";
            case 33 -> "intercepted";
            case 34 -> "interception is blocked";
            default -> code >= 0 && code < REASONS.size() ? REASONS.get(code) : "reason " + code;
        };
    }

    private static @Nullable Matter operation(DescribedEvent event) {
        return switch (event.id()) {
            case 201, 202 -> natRange(event, Action.CREATED);
            case 203, 204, 205, 206 -> natRange(event, Action.REMOVED);
            case 207, 208 -> natBinding(event);
            case 251, 318, 321, 324 -> mapping(event, Action.CREATED);
            case 252, 253, 319, 320, 322, 323, 325, 326 -> mapping(event, Action.REMOVED);
            case 255 -> pendingMapping(event, Action.FAILED);
            case 254 -> pendingMapping(event, Action.TOLD);
            case 306, 307 -> nextHop(event, Action.CREATED);
            case 308, 309 -> nextHop(event, Action.REMOVED);
            case 310, 311 -> neighbor(event, Action.CREATED);
            case 312, 313 -> neighbor(event, Action.REMOVED);
            case 355, 356, 357, 451 -> failure(event);
            default -> other(event);
        };
    }

    private static Operation natRange(DescribedEvent event, Action action) {
        String address = either(event, "Ipv4Addr", "Ipv6Addr");
        String ports = event.text("StartPort") + "-" + event.text("EndPort");
        return new Operation(
                action,
                "NAT port range",
                address + " " + ports + " of " + event.text("NatPoolId"),
                List.of(address, event.text("NatPoolId")),
                "",
                false);
    }

    /// One for each translated connection.
    private static Operation natBinding(DescribedEvent event) {
        String inside = either(event, "InternalIpv4Addr", "InternalIpv6Addr");
        String outside = either(event, "ExternalIpv4Addr", "ExternalIpv6Addr");
        Action action =
                switch ((int) event.number("NatPortBindingAction", -1)) {
                    case 0 -> Action.CREATED;
                    case 1 -> Action.REMOVED;
                    default -> Action.TOLD;
                };
        String subject = inside + ":" + either(event, "InternalIpv4Port", "InternalIpv6Port") + " as " + outside + ":"
                + either(event, "ExternalIpv4Port", "ExternalIpv6Port");
        return new Operation(action, "NAT port binding", subject, List.of(inside, outside), "", true);
    }

    private static Operation mapping(DescribedEvent event, Action action) {
        String customer = either(event, "CustomerIpv4Addr", "CustomerIpv6Addr");
        String provider = either(event, "ProviderIpv4Addr", "ProviderIpv6Addr");
        return new Operation(
                action, "address mapping", customer + " at " + provider, List.of(customer, provider), "", false);
    }

    private static Operation pendingMapping(DescribedEvent event, Action action) {
        String address = event.text("IpAddr");
        String error = action == Action.FAILED ? "nobody was told of it" : "";
        return new Operation(action, "pending address mapping", address, List.of(address), error, false);
    }

    private static Operation nextHop(DescribedEvent event, Action action) {
        String address = event.address("IpAddress");
        String hop = event.address("NextHop");
        return checked(event, action, "next hop", address + " by " + hop, List.of(address, hop));
    }

    private static Operation neighbor(DescribedEvent event, Action action) {
        String hop = event.address("NextHop");
        return checked(event, action, "neighbor", hop + " " + event.text("MacAddr"), List.of(hop));
    }

    private static Operation checked(
            DescribedEvent event, Action action, String kind, String subject, List<String> about) {
        String error = event.error("Status");
        return new Operation(error.isEmpty() ? action : Action.FAILED, kind, subject, about, error, false);
    }

    private static Operation failure(DescribedEvent event) {
        String kind =
                switch (event.id()) {
                    case 355, 356 -> "save of port";
                    case 357 -> "restore of port";
                    default -> "redirect at port";
                };
        String port = String.valueOf(port(event).number());
        return new Operation(Action.FAILED, kind, port, List.of(), "reason " + event.number("Reason", 0), false);
    }

    /// Queues, subscriptions, states that are saved: told by the provider's own word for the event.
    private static Operation other(DescribedEvent event) {
        String error = event.error("Status");
        return new Operation(
                error.isEmpty() ? Action.TOLD : Action.FAILED, event.name(), "", List.of(), error, error.isEmpty());
    }

    private static String either(DescribedEvent event, String ipv4, String ipv6) {
        String old = event.address(ipv4);
        boolean empty = old.isEmpty() || old.equals("0.0.0.0");
        return empty && !event.text(ipv6).isEmpty() ? event.text(ipv6) : old;
    }
}
