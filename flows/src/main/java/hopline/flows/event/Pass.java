package hopline.flows.event;

import hopline.capture.event.EventLayout;
import hopline.capture.event.Matter;
import hopline.capture.event.Matter.Encapsulated;
import hopline.capture.event.Matter.FlowDecided;
import hopline.capture.event.Matter.NoRuleMatched;
import hopline.capture.event.Matter.Rewritten;
import hopline.capture.event.Matter.RuleMatched;
import hopline.capture.event.SwitchPort;
import hopline.capture.event.VfpRule;
import hopline.decode.stage.Rewrite;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// One packet's way through the layers of one port of the virtual switch, event by event: mostly a flow's first packet,
/// later ones take the flow that it set up.
///
/// @param steps what happened, in the order of the events
/// @param forms the tuples it bore, the first as it came
/// @param firstNanos when it began, nanoseconds since 1970, on the reference node's clock
/// @param lastNanos when the last of its events was logged
record Pass(
        String node,
        SwitchPort port,
        List<Matter> steps,
        List<EventTuple> forms,
        long firstNanos,
        long lastNanos,
        EventLayout layout) {

    Pass {
        steps = List.copyOf(steps);
        forms = List.copyOf(forms);
    }

    /// How many characters its events say.
    long characters() {
        long characters = 0;
        for (Matter step : steps) {
            characters += step.text().length();
        }
        return characters;
    }

    /// The rules that matched, in their order.
    List<VfpRule> rules() {
        List<VfpRule> rules = new ArrayList<>();
        for (Matter step : steps) {
            if (step instanceof RuleMatched match) {
                rules.add(match.rule());
            }
        }
        return rules;
    }

    /// The layers that had no rule for it.
    List<String> unmatchedLayers() {
        List<String> layers = new ArrayList<>();
        for (Matter step : steps) {
            if (step instanceof NoRuleMatched none) {
                layers.add(none.layer());
            }
        }
        return layers;
    }

    /// The rule that made `rewrite`, if the events tell.
    Optional<VfpRule> rule(Rewrite rewrite) {
        return switch (rewrite) {
            case Rewrite.DestinationNat nat ->
                translation(
                        form -> form.destination().equals(nat.to().address())
                                && form.destinationPort() == nat.to().port(),
                        rule -> rule.type() != VfpRule.DYNAMIC_NAT);
            case Rewrite.SourceNat nat ->
                translation(
                        form -> form.source().equals(nat.to().address())
                                && form.sourcePort() == nat.to().port(),
                        rule -> rule.type() == VfpRule.DYNAMIC_NAT);
            case Rewrite.Encapsulated into ->
                encapsulation(into.tunnel().destination().toString());
            case Rewrite.Decapsulated out -> last(rules(), VfpRule::decapsulates);
            case Rewrite.MacRewrite mac -> last(rules(), rule -> rule.type() == VfpRule.TRANSPOSITION);
            case Rewrite.TtlRewrite ttl -> Optional.empty();
            case Rewrite.VlanRewrite vlan -> Optional.empty();
        };
    }

    /// Of the translating rules before the rewrite to `wanted`, the one of the fitting type; where events tell of no
    /// rewrite at all, of all of them. `typical` tells which type mostly does it.
    private Optional<VfpRule> translation(Predicate<EventTuple> wanted, Predicate<VfpRule> typical) {
        List<VfpRule> before = new ArrayList<>();
        boolean rewritten = false;
        for (Matter step : steps) {
            if (step instanceof RuleMatched match && match.rule().translates()) {
                before.add(match.rule());
            } else if (step instanceof Rewritten to) {
                rewritten = true;
                if (EventTuple.of(to.to()).filter(wanted).isPresent()) {
                    return last(before, typical).or(() -> last(before, rule -> true));
                }
            }
        }
        if (rewritten) {
            return Optional.empty();
        }
        return last(before, typical).or(() -> before.size() == 1 ? Optional.of(before.getFirst()) : Optional.empty());
    }

    private Optional<VfpRule> encapsulation(String destination) {
        for (Matter step : steps) {
            if (step instanceof Encapsulated into && !into.destination().equals(destination)) {
                return Optional.empty();
            }
        }
        return last(rules(), VfpRule::encapsulates);
    }

    private static Optional<VfpRule> last(List<VfpRule> rules, Predicate<VfpRule> wanted) {
        return rules.reversed().stream().filter(wanted).findFirst();
    }

    /// That it was refused, if an event says so.
    Optional<Denial> denial() {
        VfpRule before = null;
        for (Matter step : steps) {
            if (step instanceof RuleMatched match) {
                before = match.rule();
                if (match.rule().type() == VfpRule.BLOCK) {
                    return Optional.of(
                            denial(Denials.ofBlock(match.rule()), "blocked by " + before.label(), before, true));
                }
                if (match.status() != 0) {
                    return Optional.of(failure(match.status(), before));
                }
            } else if (step instanceof FlowDecided flow && flow.status() != 0) {
                return Optional.of(failure(flow.status(), before));
            } else if (step instanceof Matter.Dropped drop) {
                return Optional.of(denial(Denials.of(drop), drop.reason(), null, true));
            }
        }
        return Optional.empty();
    }

    private Denial failure(long status, @org.jspecify.annotations.Nullable VfpRule rule) {
        boolean translates = rule != null && rule.type() == VfpRule.DYNAMIC_NAT;
        String what = rule == null ? "" : rule.label() + " failed: ";
        return denial(
                translates ? Denial.Kind.PORTS : Denial.Kind.OTHER,
                what + Denials.status(status),
                rule,
                !translates || status == Denials.INSUFFICIENT_RESOURCES);
    }

    private Denial denial(
            Denial.Kind kind, String reason, @org.jspecify.annotations.Nullable VfpRule rule, boolean certain) {
        return new Denial(
                kind, reason, Optional.ofNullable(rule), Optional.of(port), firstNanos, lastNanos, 1, layout, certain);
    }
}
