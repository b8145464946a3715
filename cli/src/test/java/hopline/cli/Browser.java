package hopline.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A headless Chromium, driven through its own driver by the protocol of
/// [WebDriver](https://www.w3.org/TR/webdriver2/).
final class Browser implements AutoCloseable {

    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Pattern STARTED = Pattern.compile("started successfully on port (\\d+)");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process driver;
    private final String session;

    private Browser(Process driver, int port, Path profile) throws IOException {
        this.driver = driver;
        String root = "http://127.0.0.1:" + port + "/session";
        List<String> arguments = List.of(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--user-data-dir=" + profile);
        JsonNode made = post(
                root,
                Map.of(
                        "capabilities",
                        Map.of(
                                "alwaysMatch",
                                Map.of(
                                        "goog:chromeOptions",
                                        Map.of("binary", CHROMIUM.toString(), "args", arguments),
                                        "goog:loggingPrefs",
                                        Map.of("browser", "ALL")))));
        this.session = root + "/" + made.path("sessionId").asText();
    }

    /// Starts one with an empty profile; empty where the machine has none.
    static Optional<Browser> start(Path profile) throws IOException {
        if (!Files.isExecutable(DRIVER) || !Files.isExecutable(CHROMIUM)) {
            return Optional.empty();
        }
        Process driver = new ProcessBuilder(DRIVER.toString(), "--port=0")
                .redirectErrorStream(true)
                .start();
        BufferedReader said =
                new BufferedReader(new InputStreamReader(driver.getInputStream(), StandardCharsets.UTF_8));
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            Matcher started = STARTED.matcher(line);
            if (started.find()) {
                return Optional.of(new Browser(driver, Integer.parseInt(started.group(1)), profile));
            }
        }
        driver.destroy();
        throw new IOException("chromedriver did not start");
    }

    private static JsonNode post(String url, Object body) throws IOException {
        return send("POST", url, JSON.writeValueAsBytes(body));
    }

    private static JsonNode send(String method, String url, byte[] body) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(url).toURL().openConnection();
        connection.setRequestMethod(method);
        connection.setReadTimeout((int) PATIENCE.toMillis());
        if (body.length > 0) {
            connection.setDoOutput(true);
            connection.setRequestProperty("Content-Type", "application/json");
            connection.getOutputStream().write(body);
        }
        boolean failed = connection.getResponseCode() >= HttpURLConnection.HTTP_BAD_REQUEST;
        try (InputStream answer = failed ? connection.getErrorStream() : connection.getInputStream()) {
            JsonNode value = JSON.readTree(answer).path("value");
            if (value.has("error")) {
                throw new IOException(value.path("message").asText());
            }
            return value;
        }
    }

    /// Opens a file and waits until its script has drawn it.
    void open(Path page, String ready) throws IOException {
        post(session + "/url", Map.of("url", page.toUri().toString()));
        await(ready);
    }

    /// What a script in the page returns.
    JsonNode run(String script, Object... arguments) throws IOException {
        return post(session + "/execute/sync", Map.of("script", script, "args", List.of(arguments)));
    }

    /// Waits until `condition`, an expression, holds.
    void await(String condition) throws IOException {
        JsonNode met = post(
                session + "/execute/async",
                Map.of(
                        "script",
                        "const done = arguments[0], end = Date.now() + 20000;"
                                + "(function look() { if (" + condition + ") done(true);"
                                + " else if (Date.now() > end) done(false); else setTimeout(look, 20); })();",
                        "args",
                        List.of()));
        if (!met.asBoolean()) {
            throw new IOException("never came true: " + condition);
        }
    }

    /// Presses a key where the focus is: a letter, or a code point of WebDriver's table of keys.
    void press(String key) throws IOException {
        post(
                session + "/actions",
                Map.of(
                        "actions",
                        List.of(Map.of(
                                "type",
                                "key",
                                "id",
                                "keyboard",
                                "actions",
                                List.of(
                                        Map.of("type", "keyDown", "value", key),
                                        Map.of("type", "keyUp", "value", key))))));
    }

    /// Makes the page as wide as that, in pixels.
    void width(int width) throws IOException {
        post(
                session + "/goog/cdp/execute",
                Map.of(
                        "cmd",
                        "Emulation.setDeviceMetricsOverride",
                        "params",
                        Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", width < 600)));
    }

    /// What the page and the browser complained about since it was asked last.
    List<String> complaints() throws IOException {
        List<String> complaints = new ArrayList<>();
        post(session + "/se/log", Map.of("type", "browser"))
                .forEach(entry -> complaints.add(entry.path("message").asText()));
        return complaints;
    }

    @Override
    public void close() throws IOException {
        try {
            send("DELETE", session, new byte[0]);
        } finally {
            driver.destroy();
        }
    }
}
