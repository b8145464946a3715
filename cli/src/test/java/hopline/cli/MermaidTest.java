package hopline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Mermaid's own parser takes what is written for it. Skipped where node or npm is missing, or the package cannot be
/// had.
class MermaidTest {

    private static final NodePackages MERMAID = NodePackages.of("mermaid", "mermaid@11.17.2", "jsdom@29.1.1");

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
        assumeTrue(MERMAID.areInstalled(), "node, npm or the package mermaid is missing");
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
        assertThat(MERMAID.check(CHECK, files)).isEqualTo(expected);
    }
}
