package hopline.cli.report;

import hopline.flows.expect.Action;
import hopline.flows.expect.Doubt;
import hopline.flows.expect.Expectation;
import hopline.flows.expect.Headers;
import hopline.flows.expect.Outcome;
import hopline.flows.expect.RuleRef;
import hopline.flows.expect.Step;
import hopline.flows.expect.Walk;
import java.util.List;
import java.util.Optional;

/// An expected walk as text, layer by layer; and the minimal form, whose lines are stable.
public final class WalkText {

    private static final int COLUMN = 10;
    private static final int DETAIL_COLUMN = 19;
    private static final int MAX_CANDIDATES = 5;

    private final Ink ink;
    private final Lines lines;

    private WalkText(Ink ink, int width) {
        this.ink = ink;
        this.lines = new Lines(width);
    }

    /// The walks of a packet, and of the answers to each of them when they were asked for.
    public static String of(Expectation expectation, List<Optional<Expectation>> answers, boolean color, int width) {
        WalkText text = new WalkText(new Ink(color), width);
        text.write("Packet", expectation);
        for (int i = 0; i < answers.size(); i++) {
            text.writeAnswer(expectation.walks().size() > 1 ? "Answer " + (i + 1) : "Answer", answers.get(i));
        }
        return text.lines.toString();
    }

    private void writeAnswer(String title, Optional<Expectation> answer) {
        lines.blank();
        if (answer.isPresent()) {
            write(title, answer.get());
        } else {
            lines.entry("", title, COLUMN, "none: the packet does not arrive where one would be sent");
        }
    }

    private void write(String title, Expectation expectation) {
        lines.entry("", title, COLUMN, ink.bold(expectation.packet().toString()));
        List<Walk> walks = expectation.walks();
        int shared = sharedSteps(walks);
        for (Doubt doubt : expectation.doubts()) {
            lines.entry("", "Open", COLUMN, Escape.text(doubt.what() + "; settled by " + doubt.settledBy()));
        }
        lines.blank();
        Headers before = expectation.packet();
        String place = "";
        for (Step step : walks.getFirst().steps().subList(0, shared)) {
            place = write(step, before, place);
            before = step.after();
        }
        for (int i = 0; i < walks.size(); i++) {
            write(walks.get(i), walks.size() > 1 ? i + 1 : 0, shared, before, place);
        }
        if (expectation.omitted() > 0) {
            lines.add("and " + TextReport.plural(expectation.omitted(), "further way") + " of the same kind");
        }
    }

    /// How many first steps all walks have in common.
    private static int sharedSteps(List<Walk> walks) {
        List<Step> first = walks.getFirst().steps();
        int shared = first.size();
        for (Walk walk : walks) {
            int same = 0;
            while (same < shared
                    && same < walk.steps().size()
                    && walk.steps().get(same).equals(first.get(same))) {
                same++;
            }
            shared = same;
        }
        return shared;
    }

    private void write(Walk walk, int number, int shared, Headers start, String at) {
        if (number > 0) {
            lines.blank();
            String choice = walk.choices().isEmpty() ? "" : ": " + String.join(", ", walk.choices());
            lines.add(ink.bold("Way " + number + Escape.text(choice)));
        }
        Headers before = start;
        String place = number > 0 ? "" : at;
        for (Step step : walk.steps().subList(shared, walk.steps().size())) {
            place = write(step, before, place);
            before = step.after();
        }
        boolean isFine = walk.outcome() instanceof Outcome.Delivered || walk.outcome() instanceof Outcome.Left;
        String outcome = Escape.text("→ " + walk.outcome().text());
        lines.add(isFine ? ink.good(outcome) : ink.wrong(outcome));
    }

    private String write(Step step, Headers before, String place) {
        String here = step.place().toString();
        if (!here.equals(place)) {
            lines.add(Escape.text(here));
        }
        String action = Escape.text(step.action().text());
        boolean changes = !(step.action() instanceof Action.Pass) && !(step.action() instanceof Action.Forward);
        lines.add("  " + Escape.text(step.layer()) + ": "
                + (step.action() instanceof Action.Drop ? ink.wrong(action) : changes ? ink.changed(action) : action));
        writeRules(step);
        if (!step.note().isEmpty()) {
            detail("note", step.note());
        }
        if (!step.after().equals(before)) {
            detail("header", headers(step.after(), before));
        }
        return here;
    }

    private void writeRules(Step step) {
        if (step.rule().isPresent()) {
            detail("rule", step.rule().get().toString());
        } else if (step.considered() > 0) {
            detail(
                    "rule",
                    "none of " + TextReport.plural(step.considered(), "rule") + " matches; by default it passes");
        }
        List<RuleRef> others = step.candidates().stream()
                .filter(candidate -> !Optional.of(candidate).equals(step.rule()))
                .toList();
        for (RuleRef other : others.subList(0, Math.min(MAX_CANDIDATES, others.size()))) {
            detail("matches too", other.toString());
        }
        if (others.size() > MAX_CANDIDATES) {
            detail("matches too", "and " + (others.size() - MAX_CANDIDATES) + " more");
        }
    }

    private void detail(String label, String value) {
        lines.entry("      ", label, DETAIL_COLUMN, Escape.text(value));
    }

    /// The headers, with frame and hops where these changed.
    private static String headers(Headers now, Headers before) {
        StringBuilder text = new StringBuilder(now.toString());
        if (now.timeToLive() != before.timeToLive()) {
            text.append(", TTL ").append(now.timeToLive());
        }
        boolean sameFrame = now.sourceMac() == before.sourceMac() && now.destinationMac() == before.destinationMac();
        if (!sameFrame) {
            text.append(", MAC ")
                    .append(Action.mac(now.sourceMac()))
                    .append(" → ")
                    .append(Action.mac(now.destinationMac()));
        }
        now.tunnel().ifPresent(tunnel -> text.append(", in ").append(tunnel));
        return text.toString();
    }

    /// A line a step, fields divided by tabs: walk, node, point, layer, action, protocol, source, destination,
    /// tunnel, rule. Files, lines, MAC addresses and times to live are left out, so that a line differs only
    /// when the way does.
    public static String minimal(Expectation expectation, List<Optional<Expectation>> answers) {
        StringBuilder text = new StringBuilder();
        minimal(text, "packet", expectation);
        for (int i = 0; i < answers.size(); i++) {
            String name = "answer" + (i + 1);
            answers.get(i).ifPresent(answer -> minimal(text, name, answer));
        }
        return text.toString();
    }

    private static void minimal(StringBuilder text, String name, Expectation expectation) {
        for (int i = 0; i < expectation.walks().size(); i++) {
            Walk walk = expectation.walks().get(i);
            String prefix = name + (expectation.walks().size() > 1 ? "." + (i + 1) : "");
            walk.steps().forEach(step -> minimal(text, prefix, step));
            line(
                    text,
                    prefix,
                    "",
                    "",
                    "outcome",
                    walk.outcome().kind(),
                    walk.outcome().text());
            walk.doubts().forEach(doubt -> line(text, prefix, "", "", "open", doubt.settledBy(), doubt.what()));
        }
        if (expectation.omitted() > 0) {
            line(text, name, "", "", "omitted", String.valueOf(expectation.omitted()));
        }
    }

    private static void minimal(StringBuilder text, String prefix, Step step) {
        Headers after = step.after();
        line(
                text,
                prefix,
                step.place().node(),
                step.place().point(),
                step.layer(),
                step.action().kind(),
                hopline.decode.IpProtocol.name(after.protocol()),
                after.text(after.source()),
                after.text(after.destination()),
                after.tunnel().map(Object::toString).orElse("-"),
                step.rule().map(rule -> rule.kind() + " " + rule.name()).orElse("-"));
    }

    private static void line(StringBuilder text, String... fields) {
        for (int i = 0; i < fields.length; i++) {
            text.append(i == 0 ? "" : "\t").append(fields[i].isEmpty() ? "-" : Escape.text(fields[i]));
        }
        text.append('\n');
    }
}
