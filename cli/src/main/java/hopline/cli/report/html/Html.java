package hopline.cli.report.html;

import hopline.cli.report.Escape;

/// Text from packets and files in a page.
public final class Html {

    private Html() {}

    /// For the content of elements and for attributes in double quotes. Control characters and marks that turn the
    /// direction of text are made visible, as on terminals.
    public static String text(String raw) {
        return Escape.text(raw)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
