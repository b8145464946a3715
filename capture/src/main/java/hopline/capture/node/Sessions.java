package hopline.capture.node;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The captures that were begun on this machine and not ended yet: a file each in one folder. They are written
/// through to the disk, so that also a loss of power leaves them.
public final class Sessions {

    private static final String ENDING = ".json";

    private final Path folder;

    /// Those in `folder`.
    public Sessions(Path folder) {
        this.folder = folder;
    }

    /// Those of this machine, or of this user where the machine's are not to be written: the folder that the
    /// system property `hopline.sessions` names, else where such things are kept.
    public static Sessions ofThisMachine() {
        String named = System.getProperty("hopline.sessions");
        if (named != null) {
            return new Sessions(Path.of(named));
        }
        String programData = System.getenv("ProgramData");
        if (System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows") && programData != null) {
            return new Sessions(Path.of(programData, "Hopline", "sessions"));
        }
        Path shared = Path.of("/var/lib");
        boolean isRoot = "root".equals(System.getProperty("user.name"));
        return new Sessions(
                isRoot && Files.isWritable(shared)
                        ? shared.resolve("hopline/sessions")
                        : Path.of(System.getProperty("user.home"), ".local", "state", "hopline", "sessions"));
    }

    /// Where they are.
    public Path folder() {
        return folder;
    }

    /// Where what a capture in the background says is written.
    public Path log(String id) {
        return folder.resolve(id + ".log");
    }

    void save(Session session) throws IOException {
        Files.createDirectories(folder);
        Path part = folder.resolve("." + session.id() + ".part");
        try (FileChannel channel = FileChannel.open(
                        part,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING);
                JsonGenerator json = new JsonFactory()
                        .createGenerator(java.nio.channels.Channels.newOutputStream(channel))
                        .useDefaultPrettyPrinter()) {
            json.writeStartObject();
            for (Map.Entry<String, List<String>> entry : session.values().entrySet()) {
                json.writeArrayFieldStart(entry.getKey());
                for (String value : entry.getValue()) {
                    json.writeString(value);
                }
                json.writeEndArray();
            }
            json.writeEndObject();
            json.flush();
            channel.force(true);
        }
        Files.move(part, file(session.id()), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private Path file(String id) {
        return folder.resolve(id + ENDING);
    }

    void remove(Session session) throws IOException {
        Files.deleteIfExists(session.stopFile());
        Files.deleteIfExists(file(session.id()));
    }

    /// All of them, the oldest first.
    ///
    /// @throws IOException when the folder cannot be read
    public List<Session> list() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.filter(file -> file.toString().endsWith(ENDING))
                    .sorted()
                    .toList();
        }
        List<Session> sessions = new ArrayList<>();
        for (Path file : files) {
            read(file).ifPresent(sessions::add);
        }
        return sessions;
    }

    private static Optional<Session> read(Path file) throws IOException {
        Map<String, List<String>> values = new LinkedHashMap<>();
        try (JsonParser json = new JsonFactory().createParser(file.toFile())) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                List<String> texts = new ArrayList<>();
                json.nextToken();
                while (json.nextToken() == JsonToken.VALUE_STRING) {
                    texts.add(json.getText());
                }
                values.put(name, texts);
            }
        } catch (com.fasterxml.jackson.core.JsonProcessingException | java.io.FileNotFoundException e) {
            return Optional.empty(); // not one of ours, or just removed
        }
        return Session.of(values);
    }

    /// Asks the process that carries it out to stop.
    public void askToStop(Session session) throws IOException {
        Files.writeString(session.stopFile(), "stop\n");
    }
}
