package hopline.flows.expect;

import hopline.decode.Address;
import hopline.decode.Endpoint;
import hopline.flows.state.AddressText;
import hopline.flows.state.text.MacText;
import hopline.flows.state.vfp.VfpGroup;
import hopline.flows.state.vfp.VfpLayer;
import hopline.flows.state.vfp.VfpRule;
import hopline.flows.state.vfp.VfpState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Makes the programs of virtual ports of the rules that VFP has.
///
/// What rules do is known by their types and by what their bodies say; where a rule's source address stands only in
/// its name, as for non-DSR load balancing, it is taken from there (`LB_…_10.42.1.2_10.43.0.1_443_6443_6`).
final class VfpPrograms {

    private static final Pattern FIRST_ADDRESS = Pattern.compile("_(\\d{1,3}(?:\\.\\d{1,3}){3})_");
    private static final Pattern NAMES_SOURCE =
            Pattern.compile("^LB_[0-9A-Fa-f]+_\\d+(?:\\.\\d+){3}_\\d+(?:\\.\\d+){3}_");
    private static final int DEFAULT_PRIORITY = 1000;

    /// The layers' priorities where the listing leaves them out.
    private static final Map<String, Integer> USUAL_PRIORITIES = Map.ofEntries(
            Map.entry("ACL_ENDPOINT_LAYER", 15),
            Map.entry("LB_DSR", 40),
            Map.entry("SLB_NAT_LAYER", 50),
            Map.entry("INTERNAL_L2_REWRITE_LAYER", 75),
            Map.entry("SLB_DECAP_LAYER_STATEFUL", 100),
            Map.entry("SNAT", 200),
            Map.entry("LB", 300),
            Map.entry("EXTERNAL_L2_REWRITE_LAYER", 500),
            Map.entry("CUSTOMER_ROUTE", 1500),
            Map.entry("VNET_PA_ROUTE_LAYER", 2000));

    private final Overlay overlay;

    /// What rules leave to the node's network.
    ///
    /// @param address the node's own
    /// @param vni the network's, or -1
    /// @param port the tunnels' UDP port
    record Overlay(Optional<Address> address, int vni, int port) {}

    VfpPrograms(Overlay overlay) {
        this.overlay = overlay;
    }

    /// A program for each port that has rules or layers, by the port's GUID.
    Map<String, PortProgram> of(VfpState vfp) {
        Map<String, PortProgram.Builder> builders = new LinkedHashMap<>();
        for (VfpLayer layer : vfp.layers()) {
            builder(builders, layer.port()).layer(layer.name(), priority(layer.name(), layer.priority()));
        }
        for (VfpGroup group : vfp.groups()) {
            builder(builders, group.port())
                    .group(group.layer(), group.name(), group.direction().equals("IN"), group.isByPrefix());
        }
        for (VfpRule rule : vfp.rules()) {
            builder(builders, rule.port())
                    .layer(rule.layer(), priority(rule.layer(), OptionalInt.empty()))
                    .add(rule.layer(), rule.group(), rule.direction().equals("IN"), rule(rule));
        }
        Map<String, PortProgram> programs = new LinkedHashMap<>();
        builders.forEach((port, builder) -> programs.put(port, builder.build(PortProgram.Origin.VFP)));
        return programs;
    }

    private static PortProgram.Builder builder(Map<String, PortProgram.Builder> builders, String port) {
        return builders.computeIfAbsent(port, key -> new PortProgram.Builder());
    }

    private static int priority(String layer, OptionalInt stated) {
        return stated.orElse(USUAL_PRIORITIES.getOrDefault(layer, DEFAULT_PRIORITY));
    }

    private PortRule rule(VfpRule rule) {
        PortRule.Draft draft = new PortRule.Draft();
        draft.priority = rule.priority().orElse(draft.priority);
        rule.conditions().forEach((key, value) -> condition(draft, key, value));
        return draft.build(effect(rule), RuleRef.of(rule.type(), rule.name(), rule.source()));
    }

    private static void condition(PortRule.Draft draft, String key, String value) {
        boolean isRead =
                switch (key) {
                    case "protocols" ->
                        PortSpan.parse(value).map(v -> draft.protocols = v).isPresent();
                    case "source ip" ->
                        AddressSpan.parse(value).map(v -> draft.sources = v).isPresent();
                    case "destination ip" ->
                        AddressSpan.parse(value)
                                .map(v -> draft.destinations = v)
                                .isPresent();
                    case "source port", "source ports" ->
                        PortSpan.parse(value).map(v -> draft.sourcePorts = v).isPresent();
                    case "destination port", "destination ports" ->
                        PortSpan.parse(value)
                                .map(v -> draft.destinationPorts = v)
                                .isPresent();
                    case "source mac" -> (draft.sourceMac = mac(value)) != Headers.UNKNOWN_MAC;
                    case "destination mac" -> (draft.destinationMac = mac(value)) != Headers.UNKNOWN_MAC;
                    default -> false;
                };
        if (!isRead) {
            draft.unread = key + " " + value;
        }
    }

    private static long mac(String text) {
        return MacText.parse(text).orElse(Headers.UNKNOWN_MAC);
    }

    private Effect effect(VfpRule rule) {
        String type = rule.type();
        if (rule.isEncapsulating()) {
            return encapsulation(rule);
        }
        return switch (type) {
            case "allow" -> new Effect.Allow();
            case "block" -> new Effect.Block();
            case "lbnat" -> balance(rule);
            case "nat" -> rule.backends().isEmpty() ? modification(rule) : balance(rule);
            case "dynnat" -> new Effect.TranslateSource(addressOfName(rule));
            case "transposition" -> modification(rule);
            default -> new Effect.Other(type.isEmpty() ? "a rule without a type" : "a rule of type " + type);
        };
    }

    /// On a bridge without DSR the node's own address is the source as well; it stands in the rule's name.
    private Effect balance(VfpRule rule) {
        boolean isBridged = NAMES_SOURCE.matcher(rule.name()).find()
                && addressOfName(rule).equals(overlay.address())
                && overlay.address().isPresent();
        return new Effect.Balance(
                rule.backends(),
                isBridged ? overlay.address() : Optional.empty(),
                rule.actions().containsKey("decrementing ttl"));
    }

    private static Optional<Address> addressOfName(VfpRule rule) {
        Matcher address = FIRST_ADDRESS.matcher(rule.name());
        return address.find() ? AddressText.parse(address.group(1)) : Optional.empty();
    }

    private static Effect modification(VfpRule rule) {
        Optional<Address> destination = AddressText.parse(rule.actions().getOrDefault("modify destination ip", ""));
        if (destination.isPresent()) {
            String port = rule.actions().getOrDefault("modify destination port", "");
            int number = port.matches("\\d{1,5}") ? Integer.parseInt(port) & 0xffff : Endpoint.NO_PORT;
            return new Effect.Balance(List.of(new Endpoint(destination.get(), number)), Optional.empty(), false);
        }
        OptionalLong source = MacText.parse(rule.actions().getOrDefault("modify source mac", ""));
        OptionalLong target = MacText.parse(rule.actions().getOrDefault("modify destination mac", ""));
        return source.isEmpty() && target.isEmpty()
                ? new Effect.Other("a rule of type " + rule.type())
                : new Effect.RewriteMac(source.orElse(Headers.UNKNOWN_MAC), target.orElse(Headers.UNKNOWN_MAC));
    }

    private Effect encapsulation(VfpRule rule) {
        Optional<Address> source = AddressText.parse(rule.actions().getOrDefault("encap source ip", ""))
                .or(overlay::address);
        Optional<VfpRule.Encap> remote = rule.encaps().stream()
                .filter(encap -> encap.address().isPresent())
                .findFirst();
        if (source.isEmpty() || remote.isEmpty()) {
            return new Effect.Other("an encapsulation without addresses");
        }
        VfpRule.Encap encap = remote.get();
        Tunnel tunnel = new Tunnel(
                source.get(), encap.address().orElseThrow(), encap.vni().orElse(overlay.vni()), overlay.port());
        return new Effect.Encapsulate(
                tunnel, encap.mac().orElse(Headers.UNKNOWN_MAC), rule.actions().containsKey("decrementing ttl"));
    }
}
