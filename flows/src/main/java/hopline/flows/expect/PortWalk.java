package hopline.flows.expect;

import hopline.decode.Address;
import hopline.decode.Endpoint;
import hopline.decode.IpProtocol;
import hopline.flows.expect.PortProgram.Group;
import hopline.flows.expect.PortProgram.Layer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Leads a packet through the layers of a virtual port: in a layer the first group of its direction that has a rule
/// for it decides. Where load balancing leaves the choice, each backend is followed.
final class PortWalk {

    /// Of more backends only so many are followed.
    static final int MAX_BACKENDS = 16;

    private static final Action PASS = new Action.Pass();

    private final PortProgram program;
    private final Place place;
    private final boolean inwards;
    private final Optional<Address> nodeAddress;

    /// @param inwards towards the port's client
    /// @param nodeAddress what dynamic NAT translates to where its rule does not say
    PortWalk(PortProgram program, Place place, boolean inwards, Optional<Address> nodeAddress) {
        this.program = program;
        this.place = place;
        this.inwards = inwards;
        this.nodeAddress = nodeAddress;
    }

    /// What one layer has to say.
    private record Match(Group group, int considered, List<RuleRef> candidates, PortRule rule) {}

    /// Leads `trail` through all layers and hands it to `next`, once for each way it may go.
    void run(Trail trail, Consumer<Trail> next) {
        run(trail, 0, next);
    }

    private void run(Trail trail, int index, Consumer<Trail> next) {
        for (int i = index; i < program.layers().size() && !trail.hasEnded(); i++) {
            Layer layer = layer(i);
            Match match = match(layer, trail.headers());
            if (match == null) {
                passByDefault(trail, layer);
            } else if (apply(trail, layer, match, i, next)) {
                return;
            }
        }
        if (!trail.hasEnded()) {
            next.accept(trail);
        }
    }

    private Layer layer(int index) {
        List<Layer> layers = program.layers();
        return layers.get(inwards ? layers.size() - 1 - index : index);
    }

    private void passByDefault(Trail trail, Layer layer) {
        int considered = 0;
        for (Group group : layer.groups()) {
            considered += group.inwards() == inwards ? group.rules().size() : 0;
        }
        if (considered > 0) {
            trail.step(place, layer.name(), considered, List.of(), Optional.empty(), PASS, trail.headers(), "");
        }
    }

    private @Nullable Match match(Layer layer, Headers headers) {
        for (Group group : layer.groups()) {
            if (group.inwards() == inwards) {
                Match match = match(group, headers);
                if (match != null) {
                    return match;
                }
            }
        }
        return null;
    }

    private static @Nullable Match match(Group group, Headers headers) {
        PortRule best = null;
        List<RuleRef> candidates = null;
        List<PortRule> rules = group.rules();
        for (int i = 0; i < rules.size(); i++) {
            PortRule rule = rules.get(i);
            if (rule.matches(headers)) {
                best = best == null || rule.precedes(best, group.longestPrefix()) ? rule : best;
                candidates = candidates == null ? new ArrayList<>(2) : candidates;
                candidates.add(rule.ref());
            }
        }
        return best == null || candidates == null ? null : new Match(group, rules.size(), candidates, best);
    }

    /// Whether the trail was handed on already.
    private boolean apply(Trail trail, Layer layer, Match match, int index, Consumer<Trail> next) {
        PortRule rule = match.rule();
        if (!rule.unread().isEmpty()) {
            trail.doubt(
                    "whether " + rule.ref() + " matches: it has a condition that is not understood: " + rule.unread(),
                    "vfpctrl /port … /layer " + layer.name() + " /list-rule as text");
        }
        Headers now = trail.headers();
        if (trail.isAnswer() && isTranslation(rule.effect())) {
            step(trail, layer, match, PASS, now, "it belongs to a flow that is there already");
            return false;
        }
        switch (rule.effect()) {
            case Effect.Allow allow -> step(trail, layer, match, PASS, now, "");
            case Effect.Block block -> {
                step(trail, layer, match, new Action.Drop("a rule blocks it"), now, "");
                trail.end(new Outcome.Dropped(place, "blocked by " + rule.ref()));
            }
            case Effect.Balance balance -> {
                return balance(trail, layer, match, balance, index, next);
            }
            case Effect.TranslateSource translate -> translateSource(trail, layer, match, translate);
            case Effect.Encapsulate encapsulate -> encapsulate(trail, layer, match, encapsulate);
            case Effect.RewriteMac mac -> rewrite(trail, layer, match, mac);
            case Effect.Other other ->
                step(trail, layer, match, PASS, now, "what " + other.type() + " does is not known");
        }
        return false;
    }

    private static boolean isTranslation(Effect effect) {
        return effect instanceof Effect.Balance || effect instanceof Effect.TranslateSource;
    }

    private void step(Trail trail, Layer layer, Match match, Action action, Headers after, String note) {
        trail.step(
                place,
                layer.name(),
                match.considered(),
                match.candidates(),
                Optional.of(match.rule().ref()),
                action,
                after,
                note);
    }

    private boolean balance(
            Trail trail, Layer layer, Match match, Effect.Balance balance, int index, Consumer<Trail> next) {
        List<Endpoint> backends = balance.backends();
        if (backends.isEmpty()) {
            trail.doubt(
                    "which backends " + match.rule().ref() + " has",
                    "vfpctrl /port … /layer " + layer.name() + " /list-rule as text, which lists its DIP ranges");
            step(trail, layer, match, PASS, trail.headers(), "its backends are not known");
            trail.end(
                    new Outcome.Unknown(place, "the backends of " + match.rule().ref() + " were not read"));
            return true;
        }
        for (int i = 0; i < backends.size(); i++) {
            if (i >= MAX_BACKENDS || !trail.hasRoom()) {
                trail.omit(backends.size() - i);
                return true;
            }
            Endpoint backend = backends.get(i);
            Trail way = backends.size() == 1
                    ? trail
                    : trail.fork("backend " + (i + 1) + " of " + backends.size() + ": " + backend);
            translate(way, layer, match, balance, backend);
            run(way, index + 1, next);
        }
        return true;
    }

    private void translate(Trail trail, Layer layer, Match match, Effect.Balance balance, Endpoint backend) {
        Headers before = trail.headers();
        Headers after = balance.routes() ? before.routed() : before;
        after = after.withDestination(
                IpProtocol.hasPorts(before.protocol()) ? backend : new Endpoint(backend.address(), Endpoint.NO_PORT));
        step(
                trail,
                layer,
                match,
                new Action.DestinationNat(before.destination(), after.destination(), false),
                after,
                "");
        if (balance.source().isPresent()) {
            Endpoint source = new Endpoint(balance.source().get(), Endpoint.NO_PORT);
            Headers translated = after.withSource(source);
            step(
                    trail,
                    layer,
                    match,
                    new Action.SourceNat(before.source(), source, false),
                    translated,
                    "any port of its pool");
            after = translated;
        }
        trail.remember(place, before, after, match.rule().ref());
    }

    private void translateSource(Trail trail, Layer layer, Match match, Effect.TranslateSource translate) {
        Headers before = trail.headers();
        Optional<Address> to = translate.to().or(() -> nodeAddress);
        if (to.isEmpty()) {
            trail.doubt("which address " + match.rule().ref() + " translates to", "network.txt (Get-HnsNetwork)");
            step(trail, layer, match, PASS, before, "its address is not known");
            trail.end(
                    new Outcome.Unknown(place, "the address of " + match.rule().ref() + " was not read"));
            return;
        }
        Endpoint source = new Endpoint(to.get(), Endpoint.NO_PORT);
        Headers after = before.withSource(source);
        step(trail, layer, match, new Action.SourceNat(before.source(), source, false), after, "any port of its pool");
        trail.remember(place, before, after, match.rule().ref());
    }

    private void encapsulate(Trail trail, Layer layer, Match match, Effect.Encapsulate encapsulate) {
        Headers before = trail.headers();
        Headers after = (encapsulate.routes() ? before.routed() : before)
                .withMacs(
                        before.sourceMac(),
                        encapsulate.innerMac() == Headers.UNKNOWN_MAC
                                ? before.destinationMac()
                                : encapsulate.innerMac())
                .in(encapsulate.tunnel());
        step(trail, layer, match, new Action.Encapsulate(encapsulate.tunnel()), after, "");
    }

    private void rewrite(Trail trail, Layer layer, Match match, Effect.RewriteMac mac) {
        Headers before = trail.headers();
        long source = mac.source() == Headers.UNKNOWN_MAC ? before.sourceMac() : mac.source();
        long destination = mac.destination() == Headers.UNKNOWN_MAC ? before.destinationMac() : mac.destination();
        step(trail, layer, match, new Action.RewriteMac(source, destination), before.withMacs(source, destination), "");
    }
}
