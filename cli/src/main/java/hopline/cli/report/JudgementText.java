package hopline.cli.report;

import hopline.decode.stage.Encapsulation;
import hopline.decode.stage.Stage;
import hopline.flows.expect.Action;
import hopline.flows.expect.Judgement;
import hopline.flows.expect.Judgement.Difference;
import hopline.flows.expect.Step;
import java.util.List;
import java.util.Optional;

/// What the state says of a passage, in a line, or hop by hop.
public final class JudgementText {

    private JudgementText() {}

    /// The ruling, and where state and capture part.
    static String line(Judgement judgement) {
        return "state: " + judgement.ruling().label()
                + judgement
                        .difference()
                        .map(difference -> ", " + parting(judgement, difference))
                        .orElse("");
    }

    private static String parting(Judgement judgement, Difference difference) {
        List<Stage> stages = judgement.passage().path().stages();
        boolean isEnd = difference.stage() >= stages.size();
        String where = isEnd
                ? "after " + stages.getLast().point()
                : "at " + stages.get(difference.stage()).point();
        return where + ": expected "
                + difference
                        .expected()
                        .map(JudgementText::step)
                        .orElse(difference.outcome().text());
    }

    private static String step(Step step) {
        String rule = step.rule().map(by -> " by " + by).orElse("");
        return step.action() instanceof Action.Pass
                ? step.after() + " at " + step.place()
                : step.action().text() + " at " + step.place() + ", " + step.layer() + rule;
    }

    /// Captured beside expected, a hop a row; the first that differs is marked.
    public static String table(Judgement judgement, boolean color) {
        Ink ink = new Ink(color);
        Table table = new Table("tttt");
        List<Stage> stages = judgement.passage().path().stages();
        int differs = judgement.difference().map(Difference::stage).orElse(-1);
        table.row("", "point", "captured", "expected");
        for (int i = 0; i < stages.size(); i++) {
            Optional<Step> step = judgement.explaining(i);
            String expected = step.isPresent()
                    ? "same"
                            + step.get()
                                    .rule()
                                    .map(rule -> ", " + rule.kind() + " " + rule.name())
                                    .orElse("")
                    : i == differs ? expected(judgement) : "";
            table.row(
                    step.isPresent() ? "✓" : i == differs ? "✗" : "·",
                    Escape.text(stages.get(i).point().toString()),
                    Escape.text(captured(stages.get(i))),
                    Escape.text(expected));
        }
        if (differs >= stages.size()) {
            table.row("✗", "", "not seen again", Escape.text(expected(judgement)));
        }
        StringBuilder text = new StringBuilder();
        for (String row : table.lines()) {
            text.append("  ").append(row.startsWith("✗") ? ink.wrong(row) : row).append('\n');
        }
        text.append('\n').append(Escape.text(line(judgement))).append('\n');
        return text.toString();
    }

    private static String expected(Judgement judgement) {
        return judgement
                .difference()
                .flatMap(Difference::expected)
                .map(JudgementText::step)
                .orElse("");
    }

    private static String captured(Stage stage) {
        Encapsulation outer = stage.outer();
        String tunnel = outer == null
                ? ""
                : ", in " + outer.protocol() + (outer.vni() == Encapsulation.NO_VNI ? "" : " " + outer.vni()) + " "
                        + outer.source() + " → " + outer.destination() + ":" + outer.port();
        return stage.source() + " → " + stage.destination() + tunnel;
    }
}
