package hopline.cli.diagram;

import hopline.cli.report.Lines;
import hopline.flows.rule.Finding;
import hopline.flows.rule.Severity;
import hopline.flows.rule.Verdict;
import java.util.List;

/// What stands above and below every picture: the finding, the flow, and what it was captured from.
final class Heading {

    private static final double LEFT = 24;
    private static final int TITLE_LINES = 3;

    private Heading() {}

    /// Draws it; returns where the picture itself may begin.
    static double draw(Canvas canvas, FlowStory story, double width) {
        canvas.box(0, 0, 6, 1, 0, tone(story), null);
        double y = 34;
        double x = LEFT;
        if (story.finding().isPresent()) {
            Finding finding = story.finding().get();
            x = canvas.pill(x, y, tone(story), soft(finding.severity()), sign(finding.severity())) + 8;
            canvas.text(x, y, Letters.SMALL, Ink.MUTED, finding.rule() + (finding.certain() ? "" : ", likely"));
            y += 26;
        }
        int columns = (int) ((width - 2 * LEFT) / Letters.TITLE.width("n") * 1.08);
        List<String> lines = Lines.wrap(story.title(), columns);
        for (String line : lines.subList(0, Math.min(TITLE_LINES, lines.size()))) {
            canvas.text(LEFT, y, Letters.TITLE, Ink.TEXT, Letters.TITLE.cut(line, width - 2 * LEFT));
            y += 22;
        }
        canvas.text(LEFT, y, Letters.PLAIN, Ink.TEXT, Letters.PLAIN.cut(story.ends(), width - 2 * LEFT));
        y += 22;
        Verdict verdict = story.report().verdict();
        double end = canvas.text(LEFT, y, Letters.SMALL, Ink.MUTED, story.label() + " · ");
        canvas.text(end, y, Letters.SMALL_BOLD, ink(verdict), sign(verdict) + " " + verdict.label());
        return y + 18;
    }

    /// Draws the last line; returns how high the picture is.
    static double foot(Canvas canvas, FlowStory story, double width, double y) {
        canvas.line(LEFT, y + 6, width - LEFT, y + 6, 1, Ink.LINE);
        double end = width - LEFT - 60;
        canvas.text(LEFT, y + 26, Letters.SMALL, Ink.MUTED, Letters.SMALL.cut(story.source(), end - LEFT));
        canvas.textTo(width - LEFT, y + 26, Letters.SMALL_BOLD, Ink.MUTED, "Hopline");
        canvas.box(0, 0, 6, y + 40, 0, tone(story), null);
        return y + 40;
    }

    private static Ink tone(FlowStory story) {
        return story.finding()
                .map(finding -> ink(finding.severity()))
                .orElseGet(() -> ink(story.report().verdict()));
    }

    private static Ink ink(Severity severity) {
        return switch (severity) {
            case ERROR -> Ink.ERROR;
            case WARNING -> Ink.WARNING;
            case NOTE -> Ink.NOTE;
        };
    }

    private static Ink soft(Severity severity) {
        return switch (severity) {
            case ERROR -> Ink.ERROR_SOFT;
            case WARNING -> Ink.WARNING_SOFT;
            case NOTE -> Ink.NOTE_SOFT;
        };
    }

    private static String sign(Severity severity) {
        return switch (severity) {
            case ERROR -> "✕ Error";
            case WARNING -> "! Warning";
            case NOTE -> "i Note";
        };
    }

    private static Ink ink(Verdict verdict) {
        return switch (verdict) {
            case DELIVERED -> Ink.GOOD;
            case DROPPED, VANISHED -> Ink.ERROR;
            case MISTRANSLATED -> Ink.CHANGE;
            case REFUSED, UNANSWERED -> Ink.WARNING;
            case UNKNOWN -> Ink.MUTED;
        };
    }

    private static String sign(Verdict verdict) {
        return switch (verdict) {
            case DELIVERED -> "✓";
            case DROPPED, VANISHED -> "✕";
            case MISTRANSLATED -> "⇄";
            case REFUSED -> "⊣";
            case UNANSWERED -> "…";
            case UNKNOWN -> "?";
        };
    }
}
