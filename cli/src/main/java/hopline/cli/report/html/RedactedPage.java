package hopline.cli.report.html;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import hopline.flows.rule.Rules;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

/// A report's page with its texts and the data packed in it redacted, put together again around the same script.
///
/// Of packets, the decoded headers stay, without the octets they were decoded from: what is private in octets can only
/// be told where a capture is redacted, not where its hexadecimal digits are.
public final class RedactedPage {

    /// Octets that the data of a page may become.
    private static final int MAX_UNPACKED = 32 << 20;

    private static final Pattern TITLE = Pattern.compile("<title>Hopline: ([^<]*)</title>");
    private static final Pattern BLOCK =
            Pattern.compile("<script type=\"application/gzip\" id=\"([a-z0-9-]{1,32})\">([A-Za-z0-9+/=]*)</script>\\n");
    private static final Pattern TAG = Pattern.compile("<[^>]*>");
    private static final Pattern OCTETS = Pattern.compile("\"octets\":\"[0-9a-f]*\"(,\"octetsOmitted\":\\d+)?");

    /// What is said of rules, a string of JSON each: the same in every report, and shown as it is.
    private static final Pattern EXPLANATIONS = explanations();

    private RedactedPage() {}

    /// `page` with all texts as `text` makes them; empty when it is none that this version made, whose script nobody
    /// can vouch for.
    ///
    /// @throws IOException when its data is none, or becomes more than 32 MiB
    public static Optional<String> of(String page, UnaryOperator<String> text) throws IOException {
        int body = page.indexOf("<body>\n");
        Matcher title = TITLE.matcher(page);
        Matcher block = BLOCK.matcher(page);
        if (body < 0 || !title.find() || !block.find(body)) {
            return Optional.empty();
        }
        String shown = page.substring(body + "<body>\n".length(), block.start());
        List<Page.Data> data = new ArrayList<>();
        int end = block.start();
        do {
            if (block.start() != end) {
                return Optional.empty();
            }
            data.add(new Page.Data(block.group(1), block.group(2)));
            end = block.end();
        } while (block.find());
        if (!Page.ofEscaped(title.group(1), shown, data).equals(page)) {
            return Optional.empty();
        }
        List<Page.Data> redacted = new ArrayList<>();
        int left = MAX_UNPACKED;
        for (Page.Data one : data) {
            byte[] octets = unpacked(one.packed(), left);
            left -= octets.length;
            redacted.add(new Page.Data(one.name(), packed(new String(octets, StandardCharsets.UTF_8), text)));
        }
        return Optional.of(Page.ofEscaped(text.apply(title.group(1)), body(shown, text), redacted));
    }

    private static byte[] unpacked(String packed, int most) throws IOException {
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(base64(packed)))) {
            byte[] octets = in.readNBytes(most + 1);
            if (octets.length > most) {
                throw new IOException("a page whose data becomes more than " + (MAX_UNPACKED >> 20) + " MiB");
            }
            return octets;
        }
    }

    private static byte[] base64(String text) throws IOException {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new IOException("a page whose data is not Base64", e);
        }
    }

    private static String packed(String data, UnaryOperator<String> text) throws IOException {
        String redacted = besidesExplanations(OCTETS.matcher(data).replaceAll("\"octets\":\"\""), text);
        return Packed.of(out -> out.write(redacted.getBytes(StandardCharsets.UTF_8)));
    }

    private static Pattern explanations() {
        JsonStringEncoder json = JsonStringEncoder.getInstance();
        return Pattern.compile(Rules.all().stream()
                .map(Rules::page)
                .map(page -> Pattern.quote(new String(json.quoteAsString(page))))
                .collect(Collectors.joining("|", "(?<=\")(?:", ")(?=\")")));
    }

    private static String besidesExplanations(String data, UnaryOperator<String> text) {
        StringBuilder made = new StringBuilder(data.length());
        Matcher kept = EXPLANATIONS.matcher(data);
        int done = 0;
        while (kept.find()) {
            made.append(text.apply(data.substring(done, kept.start()))).append(kept.group());
            done = kept.end();
        }
        return made.append(text.apply(data.substring(done))).toString();
    }

    /// Tags of the page's own stay, the drawings' are redacted as all else.
    private static String body(String body, UnaryOperator<String> text) {
        Set<String> own = new HashSet<>();
        TAG.matcher(Page.resource("body.html")).results().forEach(tag -> own.add(tag.group()));
        StringBuilder made = new StringBuilder(body.length());
        Matcher tag = TAG.matcher(body);
        int done = 0;
        while (tag.find()) {
            if (own.contains(tag.group())) {
                made.append(text.apply(body.substring(done, tag.start()))).append(tag.group());
                done = tag.end();
            }
        }
        return made.append(text.apply(body.substring(done))).toString();
    }
}
