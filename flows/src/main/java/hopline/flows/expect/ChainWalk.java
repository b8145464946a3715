package hopline.flows.expect;

import hopline.decode.Address;
import hopline.decode.Endpoint;
import hopline.decode.IpProtocol;
import hopline.flows.expect.Expression.Answer;
import hopline.flows.expect.Ruleset.Base;
import hopline.flows.expect.Ruleset.Hook;
import hopline.flows.expect.Ruleset.Line;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Leads a packet through one chain of a [Ruleset] and those it calls. Where chance decides, or a test cannot be
/// answered, both ways are followed, one after the other: what is still to be followed stands on a stack of its own,
/// so that chains may be as long as they like.
final class ChainWalk {

    private static final int MAX_DEPTH = 64;
    private static final int MAX_WAYS = 32;

    /// Rules that are looked at in all ways together; chains that call each other twice and more have no end in sight.
    private static final int MAX_RULES = 1 << 20;

    private static final String THE_KERNEL = "the kernel itself (conntrack -L, nft monitor trace)";
    private static final String ADDRESSES = "ip address of the node";
    private static final Address LOOPBACK = Address.of("127.0.0.1");
    private static final Address LOOPBACK_6 = Address.of("::1");

    private final Ruleset rules;
    private final Base base;
    private final Addresses addresses;
    private final List<Result> results = new ArrayList<>();
    private final Deque<Way> open = new ArrayDeque<>();
    private int considered;

    /// The addresses of a node's interfaces.
    interface Addresses {

        /// The one that an interface's own packets have, and those that are masqueraded there.
        Optional<Address> of(String device, boolean isIpv4);
    }

    /// Every way through a chain.
    ///
    /// @param omitted ways beyond those that are followed
    record Ways(List<Result> results, long omitted) {}

    /// One way through the chain.
    ///
    /// @param matched the rules that did something, the last decides
    /// @param source whether the last translated the source, or else the destination; null when it did not
    /// translate
    record Result(
            Frame frame,
            boolean isDropped,
            String reason,
            List<RuleRef> matched,
            @Nullable Boolean source,
            int considered,
            List<String> choices,
            List<Doubt> doubts) {}

    /// Where a way is.
    ///
    /// @param line of the chain's `lines`
    /// @param expression of that line
    /// @param caller where it goes on when the chain ends; null for the first chain
    private record Position(List<Line> lines, int line, int expression, @Nullable Position caller, int depth) {

        static Position atStart(List<Line> lines, @Nullable Position caller, int depth) {
            return new Position(lines, 0, 0, caller, depth);
        }

        Position further() {
            return new Position(lines, line, expression + 1, caller, depth);
        }

        Position at(int other) {
            return new Position(lines, other, 0, caller, depth);
        }
    }

    /// A way while it is walked.
    ///
    /// @param pending what the expression it is at came to, such as one of several; null when it is still to
    ///     be asked
    private record Way(
            Position at,
            @Nullable Expression pending,
            Frame frame,
            List<RuleRef> matched,
            List<String> choices,
            List<Doubt> doubts) {

        Way at(Position other) {
            return new Way(other, null, frame, matched, choices, doubts);
        }

        /// With the next expression of its rule.
        Way further() {
            return at(at.further());
        }

        /// With the next rule.
        Way behind() {
            return at(at.at(at.line() + 1));
        }

        Way doing(Expression expression) {
            return new Way(at, expression, frame, matched, choices, doubts);
        }

        Way with(Frame other) {
            return new Way(at, pending, other, matched, choices, doubts);
        }

        Way by(RuleRef rule) {
            return new Way(at, pending, frame, plus(matched, rule), choices, doubts);
        }

        Way choosing(String choice) {
            return new Way(at, pending, frame, matched, plus(choices, choice), doubts);
        }

        Way doubting(Doubt doubt) {
            return new Way(at, pending, frame, matched, choices, plus(doubts, doubt));
        }

        private static <T> List<T> plus(List<T> list, T more) {
            List<T> all = new ArrayList<>(list);
            all.add(more);
            return all;
        }
    }

    private ChainWalk(Ruleset rules, Base base, Addresses addresses) {
        this.rules = rules;
        this.base = base;
        this.addresses = addresses;
    }

    /// Every way through `base`.
    static Ways through(Ruleset rules, Base base, Frame frame, Addresses addresses) {
        ChainWalk walk = new ChainWalk(rules, base, addresses);
        Position start = Position.atStart(rules.lines(base.name()), null, 0);
        walk.follow(new Way(start, null, frame, List.of(), List.of(), List.of()));
        return new Ways(walk.results, walk.open.size());
    }

    private void follow(Way first) {
        open.push(first);
        while (!open.isEmpty() && results.size() < MAX_WAYS) {
            Way way = open.pop();
            while (way != null) {
                way = considered > MAX_RULES ? unfollowed(way) : next(way);
            }
        }
    }

    private @Nullable Way unfollowed(Way way) {
        return accept(way.doubting(
                new Doubt("what " + base.ref() + " comes to: its rules were not followed to their end", THE_KERNEL)));
    }

    /// One step further; null when the way has ended.
    private @Nullable Way next(Way way) {
        Position at = way.at();
        if (at.line() >= at.lines().size()) {
            return back(way);
        }
        List<Expression> expressions = at.lines().get(at.line()).expressions();
        if (at.expression() >= expressions.size()) {
            return way.behind();
        }
        if (way.pending() != null) {
            return perform(way.pending(), way);
        }
        return at.expression() == 0 ? match(way) : perform(expressions.get(at.expression()), way);
    }

    /// To the next rule whose tests do not fail right away, as those of most rules do.
    private @Nullable Way match(Way way) {
        List<Line> lines = way.at().lines();
        int line = way.at().line();
        while (line < lines.size() && fails(lines.get(line), way.frame())) {
            considered++;
            line++;
        }
        Way found = line == way.at().line() ? way : way.at(way.at().at(line));
        if (line >= lines.size()) {
            return found;
        }
        considered++;
        List<Expression> expressions = lines.get(line).expressions();
        return expressions.isEmpty() ? found.behind() : perform(expressions.getFirst(), found);
    }

    /// Whether a test that stands first already says no, as it does for most.
    private static boolean fails(Line line, Frame frame) {
        List<Expression> expressions = line.expressions();
        for (int i = 0; i < expressions.size(); i++) {
            if (!(expressions.get(i) instanceof Expression.Test test)) {
                return false;
            }
            Answer answer = test.ask(frame);
            if (answer != Answer.YES) {
                return answer == Answer.NO;
            }
        }
        return false;
    }

    private @Nullable Way perform(Expression expression, Way way) {
        RuleRef rule = rule(way);
        return switch (expression) {
            case Expression.Test test -> test(test, way);
            case Expression.Sometimes sometimes -> {
                open.push(way.behind());
                yield way.further().choosing(rule.name() + " applies (" + sometimes.how() + ")");
            }
            case Expression.Accept accept -> accept(way.by(rule));
            case Expression.Drop drop -> end(way.by(rule), true, drop.how(), null);
            case Expression.Return back -> back(way);
            case Expression.Jump jump -> call(jump.chain(), way, way.at().further());
            case Expression.Goto jump -> call(jump.chain(), way, way.at().caller());
            case Expression.OneOf oneOf -> oneOf(oneOf, way);
            case Expression.Look look -> {
                Expression found = look.table().get(look.keys().of(way.frame()));
                yield found == null ? way.behind() : perform(found, way);
            }
            case Expression.Mark mark ->
                way.further()
                        .with(way.frame().marked((way.frame().mark() & mark.keep()) ^ mark.invert()))
                        .by(rule);
            case Expression.Dnat dnat -> dnat(dnat.to(), dnat.port(), way.by(rule));
            case Expression.Redirect redirect -> redirect(redirect, way.by(rule));
            case Expression.Snat snat -> snat(snat, way.by(rule));
            case Expression.Unclear unclear ->
                accept(way.by(rule)
                        .doubting(new Doubt("what becomes of it at " + rule + ": " + unclear.what(), THE_KERNEL)));
            case Expression.Write write -> write(write, way.further()).by(rule);
            case Expression.Nothing nothing -> way.further();
        };
    }

    private static Line line(Way way) {
        return way.at().lines().get(way.at().line());
    }

    private static RuleRef rule(Way way) {
        return line(way).ref();
    }

    private @Nullable Way test(Expression.Test test, Way way) {
        return switch (test.ask(way.frame())) {
            case YES -> way.further();
            case NO -> way.behind();
            case MAYBE -> {
                if (line(way).expressions().stream().allMatch(ChainWalk::isHarmless)) {
                    yield way.behind();
                }
                RuleRef rule = rule(way);
                Way doubted = way.doubting(new Doubt(
                        "whether " + rule + " applies: its test is not answered by the packet's headers: "
                                + test.text(),
                        THE_KERNEL));
                open.push(doubted.behind().choosing(rule.name() + " does not apply"));
                yield doubted.further().choosing(rule.name() + " applies");
            }
        };
    }

    private static boolean isHarmless(Expression expression) {
        return expression instanceof Expression.Test || expression instanceof Expression.Nothing;
    }

    /// Into another chain.
    ///
    /// @param after where it goes on behind that
    private @Nullable Way call(String chain, Way way, @Nullable Position after) {
        int depth = way.at().depth() + 1;
        if (depth > MAX_DEPTH) {
            return end(way, true, "its chains call each other in a circle", null);
        }
        Way known = rules.knows(chain)
                ? way
                : way.doubting(new Doubt(
                        "what " + rule(way) + " does: no chain " + shortName(chain) + " was read", THE_KERNEL));
        return known.at(Position.atStart(rules.lines(chain), after, depth));
    }

    /// Where it came from, or out of the base chain.
    private @Nullable Way back(Way way) {
        Position caller = way.at().caller();
        if (caller != null) {
            return way.at(caller);
        }
        return base.drops() ? end(way.by(base.ref()), true, "the chain's policy is to drop", null) : accept(way);
    }

    private @Nullable Way oneOf(Expression.OneOf oneOf, Way way) {
        List<Expression> choices = oneOf.choices();
        if (choices.size() <= 1) {
            return choices.isEmpty() ? way.behind() : perform(choices.getFirst(), way);
        }
        for (int i = choices.size() - 1; i >= 0; i--) {
            String choice = target(choices.get(i)) + ", " + (i + 1) + " of " + choices.size();
            open.push(way.choosing(choice).doing(choices.get(i)));
        }
        return null;
    }

    private static String target(Expression expression) {
        return switch (expression) {
            case Expression.Goto jump -> shortName(jump.chain());
            case Expression.Jump jump -> shortName(jump.chain());
            default -> "a choice";
        };
    }

    private static String shortName(String chain) {
        return chain.substring(chain.lastIndexOf(' ') + 1);
    }

    private @Nullable Way accept(Way way) {
        return end(way, false, "", null);
    }

    private @Nullable Way end(Way way, boolean isDropped, String reason, @Nullable Boolean source) {
        results.add(new Result(
                way.frame(), isDropped, reason, way.matched(), source, considered, way.choices(), way.doubts()));
        return null;
    }

    private @Nullable Way dnat(Address to, int newPort, Way way) {
        Headers headers = way.frame().headers();
        boolean hasPorts = IpProtocol.hasPorts(headers.protocol());
        int port = !hasPorts
                ? Endpoint.NO_PORT
                : newPort < 0 ? headers.destination().port() : newPort;
        Headers after = headers.withDestination(new Endpoint(to, port));
        return end(way.with(way.frame().with(after)), false, "", Boolean.FALSE);
    }

    /// What comes from elsewhere goes to the address of the interface that it came in by.
    private @Nullable Way redirect(Expression.Redirect redirect, Way way) {
        Frame frame = way.frame();
        boolean isIpv4 = frame.headers().destination().address().isIpv4();
        Optional<Address> to = base.hook() == Hook.OUTPUT
                ? Optional.of(isIpv4 ? LOOPBACK : LOOPBACK_6)
                : addresses.of(frame.in(), isIpv4);
        return to.isPresent()
                ? dnat(to.get(), redirect.port(), way)
                : accept(way.doubting(
                        new Doubt("which address " + frame.in() + " has, where it is redirected to", ADDRESSES)));
    }

    private @Nullable Way snat(Expression.Snat snat, Way way) {
        Frame frame = way.frame();
        Headers headers = frame.headers();
        Optional<Address> to = snat.to()
                .or(() -> addresses.of(frame.out(), headers.source().address().isIpv4()));
        if (to.isEmpty()) {
            return accept(way.doubting(new Doubt("which address masquerading takes at " + frame.out(), ADDRESSES)));
        }
        if (headers.source().address().equals(to.get())) {
            return accept(way);
        }
        // The kernel keeps the port where it is free.
        Headers after =
                headers.withSource(new Endpoint(to.get(), headers.source().port()));
        return end(way.with(frame.with(after)), false, "", Boolean.TRUE);
    }

    private static Way write(Expression.Write write, Way way) {
        Headers headers = way.frame().headers();
        Headers after =
                switch (write.field()) {
                    case SOURCE ->
                        headers.withSource(
                                new Endpoint(write.address(), headers.source().port()));
                    case DESTINATION ->
                        headers.withDestination(new Endpoint(
                                write.address(), headers.destination().port()));
                    case SOURCE_MAC -> headers.withMacs(write.mac(), headers.destinationMac());
                    case DESTINATION_MAC -> headers.withMacs(headers.sourceMac(), write.mac());
                };
        return way.with(way.frame().with(after));
    }
}
