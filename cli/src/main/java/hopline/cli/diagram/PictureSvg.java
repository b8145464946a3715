package hopline.cli.diagram;

import hopline.cli.report.html.Html;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Writes a picture as SVG 1.1: plain shapes and text, no script, no style sheet, nothing from elsewhere. The same
/// picture always gives the same text.
final class PictureSvg {

    private static final String SANS = "'Segoe UI',Roboto,'Helvetica Neue',Arial,'DejaVu Sans',sans-serif";
    private static final String MONO = "'Cascadia Mono',Menlo,Consolas,'DejaVu Sans Mono',monospace";

    private final StringBuilder svg = new StringBuilder();

    private PictureSvg() {}

    /// `picture` as a document of its own.
    static String document(Picture picture) {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + element(picture);
    }

    /// `picture` as an element for a page.
    static String element(Picture picture) {
        PictureSvg writer = new PictureSvg();
        writer.write(picture);
        return writer.svg.toString();
    }

    private void write(Picture picture) {
        String width = number(picture.width());
        String height = number(picture.height());
        svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + width + "\" height=\"" + height
                + "\" viewBox=\"0 0 " + width + " " + height + "\" role=\"img\" font-family=\"" + SANS + "\">\n");
        svg.append("<title>").append(Html.text(picture.title())).append("</title>\n");
        svg.append("<desc>").append(Html.text(picture.description())).append("</desc>\n");
        picture.marks().forEach(this::write);
        svg.append("</svg>\n");
    }

    private void write(Mark mark) {
        switch (mark) {
            case Mark.Box box -> write(box);
            case Mark.Line line -> write(line);
            case Mark.Dot dot ->
                svg.append("<circle")
                        .append(attribute("cx", dot.x()))
                        .append(attribute("cy", dot.y()))
                        .append(attribute("r", dot.radius()))
                        .append(paint("fill", dot.fill()))
                        .append(paint("stroke", dot.edge()))
                        .append(" stroke-width=\"2.5\"/>\n");
            case Mark.Shape shape -> write(shape);
            case Mark.Text text -> write(text);
        }
    }

    private void write(Mark.Box box) {
        svg.append("<rect")
                .append(attribute("x", box.x()))
                .append(attribute("y", box.y()))
                .append(attribute("width", box.width()))
                .append(attribute("height", box.height()))
                .append(box.radius() > 0 ? attribute("rx", box.radius()) : "")
                .append(paint("fill", box.fill()))
                .append(box.edge() == null ? "" : paint("stroke", box.edge()))
                .append("/>\n");
    }

    private void write(Mark.Line line) {
        svg.append("<line")
                .append(attribute("x1", line.x1()))
                .append(attribute("y1", line.y1()))
                .append(attribute("x2", line.x2()))
                .append(attribute("y2", line.y2()))
                .append(paint("stroke", line.ink()))
                .append(attribute("stroke-width", line.width()))
                .append(line.dashed() ? " stroke-dasharray=\"5 4\"" : "")
                .append("/>\n");
    }

    private void write(Mark.Shape shape) {
        svg.append("<polygon points=\"");
        for (int i = 0; i < shape.points().size(); i += 2) {
            svg.append(i == 0 ? "" : " ")
                    .append(number(shape.points().get(i)))
                    .append(',')
                    .append(number(shape.points().get(i + 1)));
        }
        svg.append('"').append(paint("fill", shape.fill())).append("/>\n");
    }

    private void write(Mark.Text text) {
        Letters letters = text.letters();
        svg.append("<text")
                .append(attribute("x", text.x()))
                .append(attribute("y", text.y()))
                .append(attribute("font-size", letters.size()))
                .append(letters.bold() ? " font-weight=\"700\"" : "")
                .append(letters.mono() ? " font-family=\"" + MONO + "\"" : "")
                .append(anchor(text.anchor()))
                .append(text.struck() ? " text-decoration=\"line-through\"" : "")
                .append(paint("fill", text.ink()))
                .append(" xml:space=\"preserve\">")
                .append(Html.text(text.text()))
                .append("</text>\n");
    }

    private static String anchor(Mark.Anchor anchor) {
        return switch (anchor) {
            case START -> "";
            case MIDDLE -> " text-anchor=\"middle\"";
            case END -> " text-anchor=\"end\"";
        };
    }

    private static String paint(String attribute, @Nullable Ink ink) {
        return " " + attribute + "=\"" + (ink == null ? "none" : ink.hex()) + "\"";
    }

    private static String attribute(String name, double value) {
        return " " + name + "=\"" + number(value) + "\"";
    }

    /// With one digit behind the point at most.
    private static String number(double value) {
        double rounded = Math.round(value * 10) / 10.0;
        return rounded == Math.rint(rounded)
                ? String.valueOf((long) rounded)
                : String.format(Locale.ROOT, "%.1f", rounded);
    }
}
