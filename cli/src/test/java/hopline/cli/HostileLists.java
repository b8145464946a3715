package hopline.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hopline.cli.report.Escape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/// A sample capture whose lists name its pods and services with something that is meant to break out of what shows it.
final class HostileLists {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SAMPLE = "service-wrong-backend";

    private HostileLists() {}

    /// Fills `folder` with captures and lists in which every pod and service is called `name`.
    static Path write(Path folder, String name) throws IOException {
        Files.createDirectories(folder);
        try (var files = Files.list(SampleCaptures.folder(SAMPLE))) {
            for (Path file : files.toList()) {
                copy(file, folder.resolve(file.getFileName()), name);
            }
        }
        return folder;
    }

    private static void copy(Path file, Path to, String name) throws IOException {
        String of = file.getFileName().toString();
        if (List.of("pods.json", "services.json", "endpointslices.json").contains(of)) {
            JsonNode list = JSON.readTree(file.toFile());
            for (JsonNode item : list.path("items")) {
                rename(item, of, name);
            }
            JSON.writeValue(to.toFile(), list);
        } else if (!of.contains("expected") && !of.endsWith(".md")) {
            Files.copy(file, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /// Which service a slice belongs to is told by a label.
    private static void rename(JsonNode item, String of, String name) {
        if (of.equals("endpointslices.json")) {
            ((ObjectNode) item.path("metadata").path("labels")).put("kubernetes.io/service-name", name);
        } else {
            ((ObjectNode) item.path("metadata")).put("name", name);
        }
    }

    /// How the page writes it.
    static String shown(String name) {
        return Escape.text(name);
    }
}
