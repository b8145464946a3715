package hopline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/// What comes from lists and packets arrives in every format as text, and as nothing else: no sequence of a
/// terminal, no mark that turns lines round, no formula, no markup, no further line or column. What browsers and
/// Mermaid make of it, their own tests tell.
class InjectionTest {

    /// Names that are meant to be a formula in a spreadsheet, a command in a shell, a format, or an entity.
    private static final List<String> OTHERS = List.of(
            "=cmd|'/C calc'!A0",
            "+1+1",
            "-2+3",
            "@SUM(1;2)",
            "\t=1+1",
            "\r\nX-Header: 1\r\n\r\n",
            "$(touch /tmp/x)`id`;reboot & %TEMP% $env:Path",
            "%s%n%n\\u0022,\"a\":\"b",
            "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]>&b;");

    /// Of a terminal or of the direction of writing; line ends alone are ours.
    static final Pattern CONTROL = Pattern.compile(
            "[\\x00-\\x09\\x0b-\\x1f\\x7f-\\x9f\\u061c\\u200e\\u200f\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069]");

    private static final Pattern CELL = Pattern.compile("(?:\"((?:[^\"]|\"\")*)\"|([^,\"]*)),");
    private static final Pattern FORMULA = Pattern.compile("^\\s*[=+@-](?!\\d*(\\.\\d+)?$).*", Pattern.DOTALL);

    @TempDir
    Path folder;

    static Stream<String> names() {
        return Stream.concat(OTHERS.stream(), Stream.of(String.join(" ", HostileCapture.PAYLOADS)));
    }

    private String out(String... command) {
        Session run = Session.of(command);
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isIn(ExitCode.CLEAN, ExitCode.FINDINGS);
        return run.out();
    }

    @ParameterizedTest
    @MethodSource("names")
    void aNameIsTextInEveryFormat(String name) throws Exception {
        String input = HostileLists.write(folder.resolve("lists"), name).toString();

        for (String verb : List.of("analyze", "flows", "packets")) {
            assertThat(out(verb, input)).as(verb).doesNotContainPattern(CONTROL);
            assertThat(Json.of(out(verb, "--format", "json", input)).value()).isNotNull();
        }
        for (String format : List.of("jsonl", "hubble", "ecs")) {
            String lines = out("flows", "--format", format, input);
            assertThat(lines).as(format).doesNotContainPattern(CONTROL);
            assertThat(lines.lines().map(Json::of)).as(format).isNotEmpty().doesNotContainNull();
        }
        csv(out("flows", "--format", "csv", input));
        zeek(out("flows", "--format", "zeek", input));
        for (String kind : List.of("path", "sequence", "timeline")) {
            svg(out("diagram", "--flow", "f5", "--kind", kind, "-o", "-", input));
        }
    }

    /// What is drawn or shown in a browser is built the same, whatever the name.
    @ParameterizedTest
    @MethodSource("names")
    void aNameBuildsNothing(String name) throws Exception {
        String input = HostileLists.write(folder.resolve("lists"), name).toString();
        String plain = HostileLists.write(folder.resolve("plain"), "plain").toString();

        for (String kind : List.of("path", "sequence", "timeline")) {
            String[] mermaid = diagram(input, kind, "mmd");
            assertThat(mermaid).hasSameSizeAs(diagram(plain, kind, "mmd"));
            assertThat(mermaid).noneMatch(line -> line.contains("%%{"));
            assertThat(tags(diagram(input, kind, "html"))).isEqualTo(tags(diagram(plain, kind, "html")));
        }
        assertThat(diagram(input, "path", "dot")).hasSameSizeAs(diagram(plain, "path", "dot"));
        assertThat(tags(out("report", input, "-o", "-"))).isEqualTo(tags(out("report", plain, "-o", "-")));
    }

    private String[] diagram(String input, String kind, String form) {
        String written = out("diagram", "--flow", "f5", "--kind", kind, "--format", form, "-o", "-", input);
        assertThat(written).doesNotContainPattern(CONTROL);
        return written.split("\n", -1);
    }

    /// The kinds of elements, and how many scripts and handlers there are.
    private static Map<String, Long> tags(String... lines) {
        Map<String, Long> tags = new TreeMap<>();
        Matcher tag = Pattern.compile("<(/?[a-zA-Z][a-zA-Z0-9-]*)([^<>]*)").matcher(String.join("\n", lines));
        while (tag.find()) {
            boolean counts = tag.group(1).equals("script");
            tags.merge(tag.group(1), 1L, (one, more) -> counts ? one + more : 1);
            assertThat(tag.group(2)).doesNotContainPattern("(?i)\\son[a-z]+\\s*=|javascript:");
        }
        return tags;
    }

    /// Of networks, endpoints and rules that a node's programs print.
    @ParameterizedTest
    @MethodSource("names")
    void aNameInANodesStateIsTextInEveryFormat(String name) throws IOException {
        ObjectNode network = new ObjectMapper().createObjectNode();
        network.put("ID", "6d3c2f11-0000-4000-8000-000000000001")
                .put("Name", name)
                .put("Type", "Overlay");
        network.put("ManagementIP", "10.0.0.1").putArray("Subnets").addObject().put("AddressPrefix", name);
        Path node = Files.createDirectories(folder.resolve("win-a"));
        Files.writeString(node.resolve("network.txt"), network.toString());
        String state = node.toString();

        for (String verb : List.of("show", "check")) {
            Session text = Session.of("state", verb, state);
            Session json = Session.of("state", verb, "--format", "json", state);

            assertThat(text.out() + text.err() + json.err()).as(verb).doesNotContainPattern(CONTROL);
            assertThat(Json.of(json.out()).value()).isNotNull();
        }
        assertThat(Session.of("state", "show", state).out()).contains("1 network");
    }

    private static void csv(String table) {
        List<Integer> widths = new ArrayList<>();
        for (String row : table.lines().toList()) {
            assertThat(row).doesNotContainPattern(CONTROL);
            List<String> cells = CELL.matcher(row + ",")
                    .results()
                    .map(cell -> cell.group(1) == null ? cell.group(2) : cell.group(1))
                    .toList();
            assertThat(cells).noneMatch(cell -> FORMULA.matcher(cell).matches());
            widths.add(cells.size());
        }
        assertThat(widths).hasSizeGreaterThan(10);
        assertThat(widths.stream().distinct()).hasSize(1);
    }

    private static void zeek(String log) {
        List<String> rows = log.lines().filter(line -> !line.startsWith("#")).toList();
        assertThat(rows).hasSizeGreaterThan(10).allSatisfy(row -> assertThat(row.replace("\t", ""))
                .doesNotContainPattern(CONTROL));
        assertThat(rows.stream().map(row -> row.split("\t", -1).length).distinct())
                .hasSize(1);
    }

    private static void svg(String picture) throws Exception {
        DocumentBuilderFactory parsers = DocumentBuilderFactory.newInstance();
        parsers.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        parsers.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        NodeList elements = parsers.newDocumentBuilder()
                .parse(new ByteArrayInputStream(picture.getBytes(StandardCharsets.UTF_8)))
                .getElementsByTagName("*");
        for (int i = 0; i < elements.getLength(); i++) {
            Element element = (Element) elements.item(i);
            assertThat(element.getTagName()).isNotIn("script", "foreignObject", "iframe", "a", "img", "image");
            for (int j = 0; j < element.getAttributes().getLength(); j++) {
                assertThat(element.getAttributes().item(j).getNodeName()).doesNotStartWith("on");
            }
        }
    }

    /// Names in questions, each in a packet of its own.
    @Test
    void aQuestionIsTextInEveryFormat() throws IOException {
        Path file = folder.resolve("questions.pcap");
        Files.write(file, HostileCapture.pcap());
        for (String[] command : new String[][] {
            {"analyze"},
            {"flows", "-v"},
            {"packets", "-v", "-x"},
            {"info"},
            {"analyze", "--format", "json"},
            {"packets", "-v", "--format", "jsonl"},
            {"info", "--format", "json"}
        }) {
            List<String> words = new ArrayList<>(List.of(command));
            words.add(file.toString());
            assertThat(out(words.toArray(String[]::new)))
                    .as(String.join(" ", command))
                    .doesNotContainPattern(CONTROL);
        }
    }

    /// What stands in messages comes from outside as well.
    @Test
    void namesOfFilesAndOptionsAreTextInMessages() {
        for (String name : names().toList()) {
            Session run = Session.of("analyze", "--no" + name, name);
            assertThat(run.messages()).hasSize(1);
            assertThat(run.err()).doesNotContainPattern(CONTROL);
            assertThat(Session.of("info", folder + "/" + name).messages()).hasSize(1);
        }
    }
}
