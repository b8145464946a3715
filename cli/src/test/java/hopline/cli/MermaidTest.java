package hopline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Mermaid's own parser takes what is written for it. Skipped where node or npm is missing, or the package cannot be
/// had; it is kept below the build's folder.
class MermaidTest {

    private static final Path MODULES = Path.of("target", "mermaid");
    private static final int PATIENCE_SECONDS = 180;

    private static final String CHECK =
            """
            import { JSDOM } from 'jsdom';
            import { readFileSync } from 'node:fs';
            const page = new JSDOM('<!doctype html><body></body>');
            globalThis.window = page.window;
            globalThis.document = page.window.document;
            const mermaid = (await import('mermaid')).default;
            for (const file of process.argv.slice(2)) {
              try {
                const { diagramType } = await mermaid.parse(readFileSync(file, 'utf8'));
                console.log(diagramType);
              } catch (error) {
                console.log(file + ': ' + error.message);
              }
            }
            """;

    @TempDir
    Path folder;

    @Test
    void itsParserTakesEveryKindOfDiagramWhateverTheNames() throws Exception {
        assumeTrue(isInstalled(), "node, npm or the package mermaid is missing");
        Path capture = folder.resolve("hostile.pcap");
        Files.write(capture, HostileCapture.pcap());
        List<String> files = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        String[][] flows = {
            {SampleCaptures.folder("service-wrong-backend").toString(), "f5", "nothing"},
            {SampleCaptures.folder("packet-dropped").toString(), "f1", "nothing"}
        };
        List<String[]> all = new ArrayList<>(List.of(flows));
        for (int i = 0; i < HostileCapture.PAYLOADS.size(); i++) {
            all.add(new String[] {capture.toString(), "f" + (i + 1), HostileCapture.PAYLOADS.get(i)});
        }
        for (String[] flow : all) {
            for (String kind : List.of("path", "sequence", "timeline")) {
                String file = folder.resolve(files.size() + ".mmd").toString();
                List<String> command =
                        new ArrayList<>(List.of("diagram", flow[0], "--flow", flow[1], "--kind", kind, "-o", file));
                if (flow[0].equals(capture.toString())) {
                    command.addAll(List.of("--node", flow[2].replace("=", "\uFF1D") + "=" + capture));
                }
                assertThat(Session.of(command.toArray(String[]::new)).exitCode())
                        .isEqualTo(ExitCode.CLEAN);
                files.add(file);
                expected.add(kind.equals("path") ? "flowchart-v2" : kind);
            }
        }
        assertThat(parse(files)).isEqualTo(expected);
    }

    private static List<String> parse(List<String> files) throws IOException, InterruptedException {
        Path script = MODULES.resolve("check.mjs");
        Files.writeString(script, CHECK);
        List<String> command = new ArrayList<>(List.of("node", "check.mjs"));
        command.addAll(files);
        return run(command).lines().toList();
    }

    private static boolean isInstalled() throws InterruptedException {
        try {
            Files.createDirectories(MODULES);
            if (!Files.isDirectory(MODULES.resolve("node_modules/mermaid"))) {
                Files.writeString(MODULES.resolve("package.json"), "{\"private\": true}");
                run(List.of(
                        "npm",
                        "install",
                        "--ignore-scripts",
                        "--no-audit",
                        "--no-fund",
                        "mermaid@11.17.2",
                        "jsdom@29.1.1"));
            }
            return Files.isDirectory(MODULES.resolve("node_modules/mermaid"));
        } catch (IOException e) {
            return false;
        }
    }

    private static String run(List<String> command) throws IOException, InterruptedException {
        File output = File.createTempFile("hopline-", ".out");
        try {
            Process process = new ProcessBuilder(command)
                    .directory(MODULES.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output)
                    .start();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroy();
            }
            return Files.readString(output.toPath());
        } finally {
            Files.delete(output.toPath());
        }
    }
}
