package hopline.capture.node.plan;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.ConstructNode;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;

/// Reads plans from YAML, a key with a value or a list of values each. Every value is text, so that `no`, `1.10`
/// and `010` stay what they are; tags, anchors that multiply and duplicate keys are refused.
public final class PlanFile {

    private static final int MAX_CHARACTERS = 1 << 20;

    private PlanFile() {}

    /// What the plan in `file` says, to be given to [CapturePlan#of].
    ///
    /// @throws PlanException when there is no such file, or it is no such YAML
    /// @throws IOException when it cannot be read
    public static Map<String, List<String>> read(Path file) throws IOException, PlanException {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : load(file).entrySet()) {
            values.put(text(entry.getKey(), file), texts(entry.getValue(), file));
        }
        return values;
    }

    private static Map<?, ?> load(Path file) throws IOException, PlanException {
        LoadSettings settings = LoadSettings.builder()
                .setSchema(new Texts())
                .setAllowDuplicateKeys(false)
                .setMaxAliasesForCollections(0)
                .setCodePointLimit(MAX_CHARACTERS)
                .setLabel(String.valueOf(file.getFileName()))
                .build();
        if (Files.notExists(file) || Files.isDirectory(file)) {
            throw new PlanException("--plan " + file + ": "
                    + (Files.isDirectory(file) ? "a folder, where a file with a plan is expected" : "no such file"));
        }
        try (InputStream in = Files.newInputStream(file)) {
            Object read = new Load(settings).loadFromInputStream(in);
            if (read instanceof Map<?, ?> map) {
                return map;
            }
            throw new PlanException(file + ": a plan is keys with values, such as backend: pcap");
        } catch (YamlEngineException e) {
            throw new PlanException(file + ": not the YAML of a plan: "
                    + String.valueOf(e.getMessage())
                            .lines()
                            .map(String::strip)
                            .limit(3)
                            .toList());
        }
    }

    private static String text(Object value, Path file) throws PlanException {
        if (value instanceof String text) {
            return text;
        }
        throw new PlanException(file + ": a value is text or a list of texts, not " + value);
    }

    private static List<String> texts(Object value, Path file) throws PlanException {
        if (!(value instanceof List<?> list)) {
            return List.of(text(value, file));
        }
        List<String> texts = new ArrayList<>();
        for (Object item : list) {
            texts.add(text(item, file));
        }
        return texts;
    }

    /// Everything is text. The library forgets that a document may be empty.
    private static final class Texts extends FailsafeSchema {

        @Override
        public Map<Tag, ConstructNode> getSchemaTagConstructors() {
            Map<Tag, ConstructNode> constructors = new HashMap<>(super.getSchemaTagConstructors());
            constructors.put(Tag.NULL, nothing -> "");
            return constructors;
        }
    }
}
