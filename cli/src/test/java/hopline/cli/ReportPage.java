package hopline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/// A page as `hopline report` writes it, taken apart.
///
/// @param html all of it
record ReportPage(String html) {

    private static final Pattern BLOCK =
            Pattern.compile("<script type=\"application/gzip\" id=\"([a-z0-9-]+)\">([A-Za-z0-9+/=]*)</script>");
    private static final Pattern SCRIPT = Pattern.compile("(?s)<script>(.*?)</script>\n</body>");
    private static final Pattern STYLE = Pattern.compile("(?s)<style>(.*?)</style>");

    /// What the block of that name holds, unpacked.
    String data(String name) throws IOException {
        String packed = BLOCK.matcher(html)
                .results()
                .filter(block -> block.group(1).equals(name))
                .map(block -> block.group(2))
                .findFirst()
                .orElseThrow();
        try (GZIPInputStream gzip =
                new GZIPInputStream(new ByteArrayInputStream(Base64.getDecoder().decode(packed)))) {
            return new String(gzip.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /// The names of what is packed in it.
    List<String> blocks() {
        return BLOCK.matcher(html).results().map(block -> block.group(1)).toList();
    }

    /// The same page with other data in its first block.
    String with(String data) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(data.getBytes(StandardCharsets.UTF_8));
        }
        Matcher block = BLOCK.matcher(html);
        assertThat(block.find()).isTrue();
        return html.substring(0, block.start(2))
                + Base64.getEncoder().encodeToString(packed.toByteArray())
                + html.substring(block.end(2));
    }

    JsonNode json(String name) throws IOException {
        return new ObjectMapper().readTree(data(name));
    }

    /// The policy that fits the one script and the one style.
    String policyThatFits() {
        return "default-src 'none'; script-src 'sha256-" + hash(SCRIPT) + "'; style-src 'sha256-" + hash(STYLE)
                + "'; base-uri 'none'; form-action 'none'";
    }

    private String hash(Pattern part) {
        String text = part.matcher(html)
                .results()
                .map((MatchResult match) -> match.group(1))
                .findFirst()
                .orElseThrow();
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The page without its data and its script: what a browser reads as markup.
    String markup() {
        return SCRIPT.matcher(BLOCK.matcher(html).replaceAll("")).replaceAll("");
    }
}
