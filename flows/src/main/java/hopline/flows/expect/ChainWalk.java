package hopline.flows.expect;

import hopline.decode.Address;
import hopline.decode.Endpoint;
import hopline.decode.IpProtocol;
import hopline.flows.expect.Ruleset.Base;
import hopline.flows.expect.Ruleset.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Leads a packet through one chain of a [Ruleset] and those it calls. Where chance decides, or a test cannot be
/// answered, both ways are followed.
final class ChainWalk {

    private static final int MAX_DEPTH = 64;
    private static final int MAX_WAYS = 32;

    private final Ruleset rules;
    private final Base base;
    private final Function<String, Optional<Address>> addressOf;
    private final List<Result> results = new ArrayList<>();
    private int considered;

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

    /// A way while it is walked.
    private record Way(Frame frame, List<RuleRef> matched, List<String> choices, List<Doubt> doubts, int depth) {

        Way with(Frame other) {
            return new Way(other, matched, choices, doubts, depth);
        }

        Way by(RuleRef rule) {
            return new Way(frame, plus(matched, rule), choices, doubts, depth);
        }

        Way choosing(String choice) {
            return new Way(frame, matched, plus(choices, choice), doubts, depth);
        }

        Way doubting(Doubt doubt) {
            return new Way(frame, matched, choices, plus(doubts, doubt), depth);
        }

        Way deeper() {
            return new Way(frame, matched, choices, doubts, depth + 1);
        }

        Way at(int other) {
            return new Way(frame, matched, choices, doubts, other);
        }

        private static <T> List<T> plus(List<T> list, T more) {
            List<T> all = new ArrayList<>(list);
            all.add(more);
            return all;
        }
    }

    private ChainWalk(Ruleset rules, Base base, Function<String, Optional<Address>> addressOf) {
        this.rules = rules;
        this.base = base;
        this.addressOf = addressOf;
    }

    /// Every way through `base`.
    ///
    /// @param addressOf the address that masquerading takes, by interface
    static List<Result> through(Ruleset rules, Base base, Frame frame, Function<String, Optional<Address>> addressOf) {
        ChainWalk walk = new ChainWalk(rules, base, addressOf);
        Way way = new Way(frame, List.of(), List.of(), List.of(), 0);
        walk.lines(base.name(), 0, way, walk::end);
        return walk.results;
    }

    private void end(Way way) {
        if (base.drops()) {
            result(way.by(base.ref()), true, "the chain's policy is to drop", null);
        } else {
            result(way, false, "", null);
        }
    }

    private void result(Way way, boolean isDropped, String reason, @Nullable Boolean source) {
        if (results.size() < MAX_WAYS) {
            results.add(new Result(
                    way.frame(), isDropped, reason, way.matched(), source, considered, way.choices(), way.doubts()));
        }
    }

    private void lines(String chain, int index, Way way, Consumer<Way> back) {
        List<Line> lines = rules.lines(chain);
        if (way.depth() > MAX_DEPTH) {
            result(way, true, "its chains call each other in a circle", null);
            return;
        }
        int at = index;
        while (at < lines.size() && fails(lines.get(at), way.frame())) {
            considered++;
            at++;
        }
        if (at >= lines.size()) {
            back.accept(way);
            return;
        }
        considered++;
        int next = at + 1;
        Line line = lines.get(at);
        expressions(line, 0, way, on -> lines(chain, next, on, back), back);
    }

    /// Whether a test that stands first already says no, as it does for most.
    private static boolean fails(Line line, Frame frame) {
        for (Expression expression : line.expressions()) {
            if (!(expression instanceof Expression.Test test)) {
                return false;
            }
            Expression.Answer answer = test.ask(frame);
            if (answer == Expression.Answer.NO) {
                return true;
            }
            if (answer == Expression.Answer.MAYBE) {
                return false;
            }
        }
        return false;
    }

    /// @param on what follows the rule
    /// @param back what follows the chain
    private void expressions(Line line, int index, Way way, Consumer<Way> on, Consumer<Way> back) {
        if (results.size() >= MAX_WAYS) {
            return;
        }
        if (index >= line.expressions().size()) {
            on.accept(way);
            return;
        }
        Expression expression = line.expressions().get(index);
        Consumer<Way> rest = more -> expressions(line, index + 1, more, on, back);
        switch (expression) {
            case Expression.Test test -> test(test, line, way, rest, on);
            case Expression.Sometimes sometimes -> {
                rest.accept(way.choosing(line.ref().name() + " applies (" + sometimes.how() + ")"));
                on.accept(way);
            }
            case Expression.Accept accept -> result(way.by(line.ref()), false, "", null);
            case Expression.Drop drop -> result(way.by(line.ref()), true, drop.how(), null);
            case Expression.Return back2 -> back.accept(way);
            case Expression.Jump jump -> {
                int depth = way.depth();
                lines(jump.chain(), 0, way.deeper(), returned -> rest.accept(returned.at(depth)));
            }
            case Expression.Goto jump -> lines(jump.chain(), 0, way.deeper(), back);
            case Expression.OneOf oneOf -> oneOf(oneOf, line, way, on, back);
            case Expression.Look look -> look(look, line, way, rest, on, back);
            case Expression.Mark mark ->
                rest.accept(way.with(way.frame().marked((way.frame().mark() & mark.keep()) ^ mark.invert()))
                        .by(line.ref()));
            case Expression.Dnat dnat -> dnat(dnat, way.by(line.ref()));
            case Expression.Snat snat -> snat(snat, way.by(line.ref()));
            case Expression.Write write -> rest.accept(write(write, way).by(line.ref()));
            case Expression.Nothing nothing -> rest.accept(way);
        }
    }

    private static void test(Expression.Test test, Line line, Way way, Consumer<Way> rest, Consumer<Way> on) {
        switch (test.ask(way.frame())) {
            case YES -> rest.accept(way);
            case NO -> on.accept(way);
            case MAYBE -> {
                Doubt doubt = new Doubt(
                        "whether " + line.ref() + " applies: its test is not answered by the packet's headers: "
                                + test.text(),
                        "the kernel itself (conntrack -L, nft monitor trace)");
                if (line.expressions().stream().allMatch(ChainWalk::isHarmless)) {
                    on.accept(way);
                } else {
                    rest.accept(way.doubting(doubt).choosing(line.ref().name() + " applies"));
                    on.accept(way.doubting(doubt).choosing(line.ref().name() + " does not apply"));
                }
            }
        }
    }

    private static boolean isHarmless(Expression expression) {
        return expression instanceof Expression.Test || expression instanceof Expression.Nothing;
    }

    private void oneOf(Expression.OneOf oneOf, Line line, Way way, Consumer<Way> on, Consumer<Way> back) {
        List<Expression> choices = oneOf.choices();
        if (choices.isEmpty()) {
            on.accept(way);
            return;
        }
        for (int i = 0; i < choices.size(); i++) {
            Way chosen = choices.size() == 1
                    ? way
                    : way.choosing(target(choices.get(i)) + ", " + (i + 1) + " of " + choices.size());
            Line one = new Line(List.of(choices.get(i)), line.ref());
            expressions(one, 0, chosen, on, back);
        }
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

    private void look(
            Expression.Look look, Line line, Way way, Consumer<Way> rest, Consumer<Way> on, Consumer<Way> back) {
        Expression found = look.table().get(look.keys().of(way.frame()));
        if (found == null) {
            on.accept(way);
        } else {
            expressions(new Line(List.of(found), line.ref()), 0, way, rest, back);
        }
    }

    private void dnat(Expression.Dnat dnat, Way way) {
        Headers headers = way.frame().headers();
        boolean hasPorts = IpProtocol.hasPorts(headers.protocol());
        int port = !hasPorts
                ? Endpoint.NO_PORT
                : dnat.port() < 0 ? headers.destination().port() : dnat.port();
        Headers after = headers.withDestination(new Endpoint(dnat.to(), port));
        result(way.with(way.frame().with(after)), false, "", Boolean.FALSE);
    }

    private void snat(Expression.Snat snat, Way way) {
        Frame frame = way.frame();
        Optional<Address> to = snat.to().or(() -> addressOf.apply(frame.out()));
        if (to.isEmpty()) {
            Doubt doubt = new Doubt("which address masquerading takes at " + frame.out(), "ip address of the node");
            result(way.doubting(doubt), false, "", null);
            return;
        }
        Headers headers = frame.headers();
        if (headers.source().address().equals(to.get())) {
            result(way, false, "", null);
            return;
        }
        // The kernel keeps the port where it is free.
        Headers after =
                headers.withSource(new Endpoint(to.get(), headers.source().port()));
        result(way.with(frame.with(after)), false, "", Boolean.TRUE);
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
