package hopline.cli.report.html;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/// Puts a page together: one style, one script, the data, and the policy that allows the first two and nothing else.
final class Page {

    /// The parts of the script, in the order in which they need each other.
    private static final List<String> SCRIPTS = List.of(
            "dom.js", "data.js", "way.js", "evidence.js", "ladder.js", "flow.js", "findings.js", "table.js", "page.js");

    private static final List<String> STYLES = List.of("page.css", "way.css", "flow.css");

    private Page() {}

    /// Data inside the page that no browser runs.
    ///
    /// @param name the id of its element
    /// @param packed see [Packed]
    record Data(String name, String packed) {}

    /// The page; `body` is trusted, `title` is not.
    static String of(String title, String body, List<Data> data) {
        return ofEscaped(Html.text(title), body, data);
    }

    /// The same with a title in which nothing needs to be escaped any more.
    static String ofEscaped(String title, String body, List<Data> data) {
        String style = STYLES.stream().map(Page::resource).collect(Collectors.joining("\n"));
        String script = SCRIPTS.stream()
                .map(Page::resource)
                .collect(Collectors.joining("\n", "(() => {\n\"use strict\";\n", "})();\n"));
        StringBuilder blocks = new StringBuilder();
        for (Data block : data) {
            blocks.append("<script type=\"application/gzip\" id=\"")
                    .append(block.name())
                    .append("\">")
                    .append(block.packed())
                    .append("</script>\n");
        }
        return "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                + "<meta http-equiv=\"Content-Security-Policy\" content=\"" + policy(style, script) + "\">\n"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                + "<meta name=\"color-scheme\" content=\"light dark\">\n"
                + "<meta name=\"referrer\" content=\"no-referrer\">\n"
                + "<title>Hopline: " + title + "</title>\n"
                + "<style>" + style + "</style>\n</head>\n<body>\n"
                + body
                + blocks
                + "<script>" + script + "</script>\n</body>\n</html>\n";
    }

    private static String policy(String style, String script) {
        return "default-src 'none'; script-src 'sha256-" + sha256(script) + "'; style-src 'sha256-" + sha256(style)
                + "'; base-uri 'none'; form-action 'none'";
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /// A file that lies beside this class.
    static String resource(String name) {
        try (InputStream in = Objects.requireNonNull(Page.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
