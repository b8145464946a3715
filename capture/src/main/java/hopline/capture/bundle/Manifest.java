package hopline.capture.bundle;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import hopline.capture.node.process.Result;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// How a bundle came about: `manifest.json`. Filled while a node is captured or its state collected, written last.
/// Programs may be added by several threads.
public final class Manifest {

    /// Its name in the bundle.
    public static final String NAME = "manifest.json";

    /// What tells it from other files of that name.
    static final String KIND = "hopline-bundle";

    private static final int VERSION = 1;

    /// An interface that was captured with libpcap.
    ///
    /// @param appeared when it was taken in
    /// @param late it appeared while the capture ran
    /// @param ended why it gave nothing any more before the end; blank when it did
    /// @param dropped packets the kernel had no room for
    public record Interface(
            String name,
            Instant appeared,
            boolean late,
            String ended,
            long received,
            long dropped,
            long droppedByInterface,
            long written) {}

    private final Map<String, String> tool = new LinkedHashMap<>();
    private final Map<String, String> system = new LinkedHashMap<>();
    private final Map<String, List<String>> plan = new LinkedHashMap<>();
    private final List<Result> commands = new ArrayList<>();
    private final List<String> bounds = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private final List<String> news = new ArrayList<>();
    private final List<Interface> interfaces = new ArrayList<>();
    private final String node;
    private final String purpose;
    private final Instant started;
    private String stopped = "";
    private boolean complete = true;

    /// @param node the node's name, as the cluster knows it
    /// @param purpose `capture` or `state`
    /// @param started when collecting began
    public Manifest(String node, String purpose, Instant started) {
        this.node = node;
        this.purpose = purpose;
        this.started = started;
    }

    /// What wrote it, and what it used: names and versions.
    public Manifest tool(String name, String version) {
        tool.put(name, version);
        return this;
    }

    /// What is known of the system: `name`, `version`, `build`, `architecture`.
    public Manifest system(String key, String value) {
        system.put(key, value);
        return this;
    }

    /// What was asked for.
    public Manifest plan(Map<String, List<String>> values) {
        plan.putAll(values);
        return this;
    }

    /// A program that was run.
    public synchronized void ran(Result result) {
        commands.add(result);
    }

    /// A bound that ended or shortened the capture, in a sentence.
    public void bound(String sentence) {
        bounds.add(sentence);
    }

    /// Something that did not work, in a sentence; the bundle stays complete unless [#incomplete] is said,
    /// too.
    public void failed(String sentence) {
        failures.add(sentence);
    }

    /// What should be in the bundle is not, for a reason.
    public void incomplete(String sentence) {
        failures.add(sentence);
        complete = false;
    }

    /// Something worth knowing that happened meanwhile.
    public void noted(String sentence) {
        news.add(Instant.now() + " " + sentence);
    }

    /// Why the capture ended.
    public void stopped(String reason) {
        stopped = reason;
    }

    /// How an interface fared.
    public void add(Interface at) {
        interfaces.add(at);
    }

    /// True when all that should be in the bundle is.
    public boolean isComplete() {
        return complete;
    }

    /// What did not work, a sentence each.
    public List<String> failures() {
        return List.copyOf(failures);
    }

    /// The bounds that were hit, a sentence each.
    public List<String> bounds() {
        return List.copyOf(bounds);
    }

    /// Writes it into `folder`, with the size and SHA-256 of every other file there.
    public synchronized void write(Path folder) throws IOException {
        try (OutputStream out = Files.newOutputStream(folder.resolve(NAME));
                JsonGenerator json = new JsonFactory().createGenerator(out)) {
            DefaultIndenter lines = new DefaultIndenter("  ", "\n");
            json.setPrettyPrinter(
                    new DefaultPrettyPrinter().withObjectIndenter(lines).withArrayIndenter(lines));
            json.writeStartObject();
            head(json);
            commands(json);
            interfaces(json);
            files(json, folder);
            texts(json, "bounds", bounds);
            texts(json, "failures", failures);
            texts(json, "events", news);
            json.writeEndObject();
        }
    }

    private void head(JsonGenerator json) throws IOException {
        Instant now = Instant.now();
        json.writeStringField("kind", KIND);
        json.writeNumberField("schemaVersion", VERSION);
        json.writeStringField("purpose", purpose);
        json.writeBooleanField("complete", complete);
        json.writeStringField("node", node);
        texts(json, "system", system);
        texts(json, "tools", tool);
        json.writeStringField("started", started.toString());
        json.writeStringField("ended", now.toString());
        json.writeObjectFieldStart("clock");
        json.writeStringField("zone", ZoneId.systemDefault().getId());
        json.writeNumberField(
                "secondsEastOfUtc",
                ZoneId.systemDefault().getRules().getOffset(now).getTotalSeconds());
        json.writeEndObject();
        json.writeStringField("stopped", stopped);
        json.writeObjectFieldStart("plan");
        for (Map.Entry<String, List<String>> entry : plan.entrySet()) {
            texts(json, entry.getKey(), entry.getValue());
        }
        json.writeEndObject();
    }

    private void commands(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("commands");
        for (Result result : commands) {
            json.writeStartObject();
            texts(json, "words", result.command().words());
            json.writeStringField("started", result.started().toString());
            json.writeNumberField("milliseconds", result.took().toMillis());
            if (result.exitCode() >= 0) {
                json.writeNumberField("exitCode", result.exitCode());
            }
            if (!result.command().output().isEmpty()) {
                json.writeStringField("output", result.command().output());
            }
            if (!result.succeeded()) {
                json.writeStringField("problem", result.reason());
            }
            if (result.cut()) {
                json.writeBooleanField("cut", true);
            }
            if (result.removed() > 0) {
                json.writeNumberField("removed", result.removed());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void interfaces(JsonGenerator json) throws IOException {
        if (interfaces.isEmpty()) {
            return;
        }
        json.writeArrayFieldStart("interfaces");
        for (Interface at : interfaces) {
            json.writeStartObject();
            json.writeStringField("name", at.name());
            json.writeStringField("appeared", at.appeared().toString());
            json.writeBooleanField("late", at.late());
            if (!at.ended().isEmpty()) {
                json.writeStringField("vanished", at.ended());
            }
            json.writeNumberField("received", at.received());
            json.writeNumberField("dropped", at.dropped());
            json.writeNumberField("droppedByInterface", at.droppedByInterface());
            json.writeNumberField("written", at.written());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void files(JsonGenerator json, Path folder) throws IOException {
        json.writeArrayFieldStart("files");
        for (Path file : contents(folder)) {
            if (!file.equals(folder.resolve(NAME))) {
                json.writeStartObject();
                json.writeStringField("name", name(folder, file));
                json.writeNumberField("octets", Files.size(file));
                json.writeStringField("sha256", digest(file));
                json.writeEndObject();
            }
        }
        json.writeEndArray();
    }

    /// The regular files below `folder`, in a fixed order.
    static List<Path> contents(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    /// Its name in a bundle made of `folder`.
    static String name(Path folder, Path file) {
        return folder.relativize(file).toString().replace('\\', '/');
    }

    private static String digest(Path file) throws IOException {
        MessageDigest digest = sha256();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has it", e);
        }
    }

    private static void texts(JsonGenerator json, String name, List<String> values) throws IOException {
        json.writeArrayFieldStart(name);
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }

    private static void texts(JsonGenerator json, String name, Map<String, String> values) throws IOException {
        json.writeObjectFieldStart(name);
        for (Map.Entry<String, String> value : values.entrySet()) {
            json.writeStringField(value.getKey(), value.getValue());
        }
        json.writeEndObject();
    }
}
