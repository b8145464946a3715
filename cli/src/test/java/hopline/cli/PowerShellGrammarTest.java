package hopline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A grammar of PowerShell that we did not write, that of tree-sitter, takes the scripts that are written in that
/// language. Skipped where node or npm is missing, or the package cannot be had.
class PowerShellGrammarTest {

    private static final NodePackages GRAMMAR = NodePackages.of("powershell-grammar", "@vscode/tree-sitter-wasm@0.3.1");

    private static final String CHECK =
            """
            import { createRequire } from 'node:module';
            import { readFileSync } from 'node:fs';
            const wasm = './node_modules/@vscode/tree-sitter-wasm/wasm/';
            const { Parser, Language } = createRequire(import.meta.url)(wasm + 'tree-sitter.js');
            await Parser.init({ locateFile: () => wasm + 'tree-sitter.wasm' });
            const parser = new Parser();
            parser.setLanguage(await Language.load(wasm + 'tree-sitter-powershell.wasm'));
            function firstError(node) {
              if (node.isError || node.isMissing) return node;
              for (let i = 0; i < node.childCount; i++) {
                const error = firstError(node.child(i));
                if (error) return error;
              }
            }
            for (const file of process.argv.slice(2)) {
              const error = firstError(parser.parse(readFileSync(file, 'utf8')).rootNode);
              console.log(error ? 'line ' + (error.startPosition.row + 1) : 'ok');
            }
            """;

    @TempDir
    Path folder;

    private final List<String> files = new ArrayList<>();

    @BeforeEach
    void installGrammar() throws InterruptedException {
        assumeTrue(GRAMMAR.areInstalled(), "node, npm or the package @vscode/tree-sitter-wasm is missing");
    }

    private void write(String script) throws Exception {
        Path file = folder.resolve(files.size() + ".ps1");
        files.add(Files.writeString(file, script).toString());
    }

    private void writeWhatIsPrinted(String... command) throws Exception {
        Session session = Session.of(command);
        assertThat(session.exitCode()).as(session.err()).isZero();
        write(session.out());
    }

    @Test
    void everyScriptIsPowerShell() throws Exception {
        writeWhatIsPrinted("capture", "script");
        writeWhatIsPrinted("capture", "script", "--profile", "full", "--backend", "netsh");
        writeWhatIsPrinted("capture", "script", "--profile", "vfp", "--address", "10.0.0.1", "--port", "80");
        writeWhatIsPrinted("capture", "script", "--until-drop", "--probe", "node=http://10.0.0.1:80/a");
        writeWhatIsPrinted("capture", "script", "--where", "1';reboot;'");
        writeWhatIsPrinted("capture", "script", "--where", "a\u0451;reboot;'");
        writeWhatIsPrinted("completion", "powershell");

        assertThat(GRAMMAR.check(CHECK, files)).hasSize(files.size()).containsOnly("ok");
    }

    @Test
    void theGrammarTellsWhatIsNot() throws Exception {
        write("if ($true) {\n");

        assertThat(GRAMMAR.check(CHECK, files)).singleElement().asString().startsWith("line ");
    }
}
