package hopline.flows.expect;

import hopline.decode.Address;
import hopline.flows.expect.Ruleset.Base;
import hopline.flows.expect.Ruleset.Hook;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// The kernel's hooks on a Linux node: the chains that a packet passes there, and the translations that are remembered.
final class LinuxHooks {

    private static final Action PASS = new Action.Pass();

    private final LinuxFacts facts;
    private final Underlay underlay;

    LinuxHooks(LinuxFacts facts, Underlay underlay) {
        this.facts = facts;
        this.underlay = underlay;
    }

    /// Through the chains of some hooks, once for each way.
    void pass(LinuxLoad load, List<Hook> hooks, String out, Consumer<LinuxLoad> next) {
        if (hooks.getFirst() == Hook.PREROUTING || hooks.getFirst() == Hook.OUTPUT) {
            restoreDestination(load.trail());
        }
        pass(load, hooks, 0, 0, out, next);
    }

    private void pass(LinuxLoad load, List<Hook> hooks, int hook, int index, String out, Consumer<LinuxLoad> next) {
        if (load.trail().hasEnded()) {
            return;
        }
        if (hook >= hooks.size()) {
            next.accept(load);
            return;
        }
        Hook at = hooks.get(hook);
        List<Base> bases = facts.rules()
                .bases(
                        at,
                        at == Hook.INGRESS ? load.in() : out,
                        load.trail().headers().source().address().isIpv4());
        if (index >= bases.size()) {
            if (at == Hook.POSTROUTING) {
                settle(load);
            }
            pass(load, hooks, hook + 1, 0, out, next);
            return;
        }
        Base base = bases.get(index);
        if (base.isNat() && (load.trail().isAnswer() || isTranslated(load, at))) {
            pass(load, hooks, hook, index + 1, out, next);
            return;
        }
        ChainWalk.Ways ways = ChainWalk.through(facts.rules(), base, frame(load, out), facts::addressOf);
        load.trail().omit(ways.omitted());
        List<ChainWalk.Result> results = ways.results();
        for (ChainWalk.Result result : results) {
            if (!load.trail().hasRoom()) {
                load.trail().omit(1);
                continue;
            }
            Trail trail = results.size() == 1 ? load.trail() : load.trail().fork(String.join(", ", result.choices()));
            apply(load.on(trail), base, result).ifPresent(way -> pass(way, hooks, hook, index + 1, out, next));
        }
    }

    /// Through the egress rules of an interface, past its tap, and onto the wire.
    void send(LinuxLoad load, String device, Optional<Address> nextHop) {
        pass(load, List.of(Hook.EGRESS), device, way -> {
            way.trail()
                    .step(facts.device(device), "interface", PASS, way.trail().headers());
            underlay.send(way.trail(), facts.link(device), nextHop);
        });
    }

    /// A connection's source, or destination, is translated once.
    private static boolean isTranslated(LinuxLoad load, Hook at) {
        Headers now = load.trail().headers();
        return at == Hook.POSTROUTING
                ? !now.source().equals(load.begun().source())
                : !now.destination().equals(load.begun().destination());
    }

    private Frame frame(LinuxLoad load, String out) {
        Headers headers = load.trail().headers();
        return new Frame(
                headers,
                load.in(),
                out,
                load.mark(),
                load.trail().isAnswer(),
                facts.isOwn(headers.destination().address()),
                facts.isOwn(headers.source().address()));
    }

    private Optional<LinuxLoad> apply(LinuxLoad load, Base base, ChainWalk.Result result) {
        Trail trail = load.trail();
        result.doubts().forEach(doubt -> trail.doubt(doubt.what(), doubt.settledBy()));
        Headers before = trail.headers();
        Headers after = result.frame().headers();
        Optional<RuleRef> rule = result.matched().isEmpty()
                ? Optional.empty()
                : Optional.of(result.matched().getLast());
        String layer = base.name();
        if (result.isDropped()) {
            trail.step(
                    facts.kernel(),
                    layer,
                    result.considered(),
                    result.matched(),
                    rule,
                    new Action.Drop(result.reason()),
                    before,
                    "");
            trail.end(new Outcome.Dropped(
                    facts.kernel(), result.reason() + rule.map(by -> ": " + by).orElse("")));
            return Optional.empty();
        }
        boolean isQuiet = rule.isEmpty() && result.considered() == 0;
        if (!isQuiet) {
            trail.step(
                    facts.kernel(),
                    layer,
                    result.considered(),
                    result.matched(),
                    rule,
                    action(before, after),
                    after,
                    "");
        }
        boolean isNat = result.source() != null;
        return Optional.of(
                new LinuxLoad(trail, load.in(), result.frame().mark(), load.begun(), isNat ? rule : load.nat()));
    }

    private static Action action(Headers before, Headers after) {
        if (!before.destination().equals(after.destination())) {
            return new Action.DestinationNat(before.destination(), after.destination(), false);
        }
        if (!before.source().equals(after.source())) {
            return new Action.SourceNat(before.source(), after.source(), false);
        }
        if (before.sourceMac() != after.sourceMac() || before.destinationMac() != after.destinationMac()) {
            return new Action.RewriteMac(after.sourceMac(), after.destinationMac());
        }
        return PASS;
    }

    /// Past the last chain the kernel remembers what it translated, or translates an answer's source back.
    void settle(LinuxLoad load) {
        Trail trail = load.trail();
        if (trail.isAnswer()) {
            trail.restoreSource(facts.kernel(), "connection");
        } else if (!trail.headers().destination().equals(load.begun().destination())
                || !trail.headers().source().equals(load.begun().source())) {
            trail.remember(
                    facts.kernel(),
                    load.begun(),
                    trail.headers(),
                    load.nat().orElse(RuleRef.unwritten("connection", "tracked")));
        }
    }

    private void restoreDestination(Trail trail) {
        if (trail.isAnswer()) {
            trail.restoreDestination(facts.kernel(), "connection");
        }
    }
}
