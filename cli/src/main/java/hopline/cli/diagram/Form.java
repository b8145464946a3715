package hopline.cli.diagram;

import hopline.cli.report.html.Html;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What a diagram is written as.
public enum Form {
    SVG,
    PNG,
    MMD,
    HTML,
    DOT;

    /// As it is typed, and how file names end.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The form of that name.
    public static Optional<Form> of(String label) {
        return Arrays.stream(values())
                .filter(form -> form.label().equals(label))
                .findFirst();
    }

    /// The names of all.
    public static List<String> labels() {
        return Arrays.stream(values()).map(Form::label).toList();
    }

    /// Whether it can show that kind: Graphviz knows no lanes and no time.
    public boolean canShow(Kind kind) {
        return this != DOT || kind == Kind.PATH;
    }

    /// Writes the diagram of `story` to `out`, which stays open.
    public void write(FlowStory story, Kind kind, OutputStream out) throws IOException {
        if (this == PNG) {
            PicturePng.write(picture(story, kind), out);
        } else {
            out.write(text(story, kind).getBytes(StandardCharsets.UTF_8));
        }
    }

    private String text(FlowStory story, Kind kind) {
        return switch (this) {
            case SVG -> PictureSvg.document(picture(story, kind));
            case HTML -> page(picture(story, kind));
            case DOT -> Dot.path(story);
            case MMD ->
                switch (kind) {
                    case PATH -> Mermaid.path(story);
                    case SEQUENCE -> Mermaid.sequence(story);
                    case TIMELINE -> Mermaid.timeline(story);
                };
            case PNG -> throw new IllegalStateException("no text");
        };
    }

    private static Picture picture(FlowStory story, Kind kind) {
        return switch (kind) {
            case PATH -> PathPicture.of(story);
            case SEQUENCE -> SequencePicture.of(story);
            case TIMELINE -> TimelinePicture.of(story);
        };
    }

    private static String page(Picture picture) {
        return "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                + "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'\">\n"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                + "<title>" + Html.text(picture.title()) + "</title>\n</head>\n<body>\n"
                + PictureSvg.element(picture) + "</body>\n</html>\n";
    }
}
