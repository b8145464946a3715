package hopline.capture.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hopline.capture.node.plan.CapturePlan;
import hopline.capture.node.process.SystemPrograms;
import hopline.capture.node.script.PowerShellScript;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The patterns as they stand in the script for nodes without Java, in .NET's engine of regular expressions, which is
/// Mono's as well. Skipped where Mono or its compiler is missing.
class DotNetSecretsTest {

    /// What the script does with a line, in another language; as on Turkish machines, where the small `I` is another.
    private static final String CLEAR =
            """
            using System;
            using System.Collections.Generic;
            using System.Globalization;
            using System.IO;
            using System.Linq;
            using System.Text.RegularExpressions;
            using System.Threading;

            static class Clear {
                static Regex block, mark, end;
                static readonly List<KeyValuePair<Regex, string>> forms = new List<KeyValuePair<Regex, string>>();
                static bool inSecret;

                static Regex Pattern(string literal, RegexOptions options) {
                    return new Regex(literal.Replace("''", "'"), options);
                }

                static string Line(string line) {
                    if (inSecret) {
                        Match found = end.Match(line);
                        inSecret = !found.Success;
                        return inSecret ? "[removed]" : "[removed]" + Line(line.Substring(found.Index + found.Length));
                    }
                    foreach (Match found in block.Matches(line)) {
                        string last = mark.Matches(found.Value).Cast<Match>().Last().Value;
                        inSecret = found.Index + found.Length == line.Length && last.StartsWith("-----BEGIN");
                    }
                    line = block.Replace(line, "[removed]");
                    return forms.Aggregate(line, (text, form) => form.Key.Replace(text, form.Value));
                }

                static void Main(string[] files) {
                    Thread.CurrentThread.CurrentCulture = new CultureInfo("tr-TR");
                    string script = File.ReadAllText(files[0]);
                    string words = Regex.Match(script, @"\\[Text\\.RegularExpressions\\.RegexOptions\\]'(.*)'").Groups[1].Value;
                    RegexOptions options = (RegexOptions) Enum.Parse(typeof(RegexOptions), words);
                    string pattern = @"\\[regex\\]::new\\('((?:[^']|'')*)', \\$AsciiOnly\\)";
                    block = Pattern(Regex.Match(script, @"\\$SecretBlock = " + pattern).Groups[1].Value, options);
                    mark = Pattern(Regex.Match(script, @"\\$SecretBlockMark = " + pattern).Groups[1].Value, options);
                    end = Pattern(Regex.Match(script, @"\\$SecretBlockEnd = " + pattern).Groups[1].Value, options);
                    foreach (Match form in Regex.Matches(script, @"(?m)^    ,@\\(" + pattern + @", '(.*)'\\)$")) {
                        forms.Add(new KeyValuePair<Regex, string>(
                            Pattern(form.Groups[1].Value, options), form.Groups[2].Value));
                    }
                    string[] texts = File.ReadAllText(files[1]).Split('\\0');
                    File.WriteAllText(files[2], string.Join("\\0", texts.Select(text => {
                        inSecret = false;
                        return string.Join("\\n", text.Split('\\n').Select(Line));
                    })));
                }
            }
            """;

    @TempDir
    Path folder;

    @BeforeEach
    void needsMono() {
        assumeTrue(SystemPrograms.isInstalled("mono"), "mono is missing");
        assumeTrue(SystemPrograms.isInstalled("mcs"), "mcs, Mono's compiler, is missing");
    }

    private void run(String... words) throws Exception {
        File said = folder.resolve("said").toFile();
        Process process = new ProcessBuilder(words)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said)
                .start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(said.toPath())).isZero();
    }

    private List<String> cleared(List<String> texts) throws Exception {
        Files.writeString(folder.resolve("capture.ps1"), PowerShellScript.of(CapturePlan.of(Map.of()), "1"));
        Files.writeString(folder.resolve("Clear.cs"), CLEAR);
        Files.writeString(folder.resolve("in"), String.join("\0", texts));
        run("mcs", "Clear.cs");
        run("mono", "Clear.exe", "capture.ps1", "in", "out");
        return Arrays.asList(Files.readString(folder.resolve("out")).split("\0", -1));
    }

    @Test
    void theScriptTakesOutWhatWeDo() throws Exception {
        List<SecretsTest.Secret> all = Stream.concat(SecretsTest.SECRETS.stream(), SecretsTest.BLOCKS.stream())
                .toList();

        List<String> cleared =
                cleared(all.stream().map(SecretsTest.Secret::line).toList());

        assertThat(String.join("\n", cleared))
                .isEqualTo(all.stream().map(SecretsTest.Secret::clean).collect(Collectors.joining("\n")));
    }
}
