package hopline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/// Pictures of flows: well-chosen ones to the letter, all others by their structure.
class DiagramVerbTest {

    @TempDir
    Path folder;

    static List<String> samples() {
        return SampleCaptures.names();
    }

    private static Session diagram(String sample, String... options) {
        return Session.of(
                Stream.concat(Stream.of("diagram", SampleCaptures.folder(sample).toString()), Stream.of(options))
                        .toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource({
        "service-wrong-backend, f5, path, svg",
        "service-wrong-backend, f5, path, mmd",
        "service-wrong-backend, f5, path, dot",
        "service-wrong-backend, f5, sequence, mmd",
        "service-wrong-backend, f5, timeline, mmd",
        "routing-loop, f3, sequence, mmd",
        "service-wrong-backend, f13, sequence, svg",
        "policy-blocked, f1, path, svg",
        "policy-blocked, f4, path, dot",
        "policy-blocked, f4, timeline, svg",
        "retransmissions, f1, timeline, svg",
        "packet-dropped, f2, path, svg",
        "packet-dropped, f1, path, svg",
        "healthy-overlay, f1, path, html",
        "routing-loop, f3, path, svg",
        "routing-loop, f3, sequence, svg",
        "routing-loop, f3, timeline, svg",
    })
    void picturesAreAsExpected(String sample, String flow, String kind, String format) throws IOException {
        Session session = diagram(sample, "--flow", flow, "--kind", kind, "--format", format, "-o", "-");
        assertThat(session.err()).isEmpty();
        GoldenFile.check(
                Path.of("src/test/resources/hopline/cli/diagram-" + sample + "-" + flow + "-" + kind + "." + format),
                session.out());
    }

    /// Every finding of every sample: well-formed, nothing outside of the picture, no element that could run or load.
    @ParameterizedTest
    @MethodSource("samples")
    void everyFindingCanBeDrawn(String sample) throws Exception {
        for (String kind : List.of("path", "sequence", "timeline")) {
            Path pictures = folder.resolve(kind);
            Session session = diagram(sample, "--all-findings", pictures.toString(), "--kind", kind);
            assertThat(session.exitCode()).isIn(ExitCode.CLEAN, ExitCode.UNREADABLE); // a sample's file is cut short
            if (Files.exists(pictures)) {
                try (Stream<Path> files = Files.list(pictures)) {
                    for (Path file : files.toList()) {
                        check(file);
                    }
                }
            }
        }
    }

    private static void check(Path file) throws Exception {
        assertThat(file.getFileName().toString()).matches("n\\d+-[a-z0-9-]+\\.svg");
        Document document =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
        Element root = document.getDocumentElement();
        double width = Double.parseDouble(root.getAttribute("width"));
        double height = Double.parseDouble(root.getAttribute("height"));
        assertThat(root.getElementsByTagName("title").item(0).getTextContent()).isNotBlank();
        NodeList elements = root.getElementsByTagName("*");
        for (int i = 0; i < elements.getLength(); i++) {
            Element element = (Element) elements.item(i);
            assertThat(element.getTagName()).isIn("title", "desc", "rect", "line", "circle", "polygon", "text");
            assertWithin(element, "x", width);
            assertWithin(element, "y", height);
            assertWithin(element, "cx", width);
            assertWithin(element, "cy", height);
            assertWithin(element, "x1", width);
            assertWithin(element, "x2", width);
            assertWithin(element, "y2", height);
            if (element.getTagName().equals("text")) {
                assertThat(Double.parseDouble(element.getAttribute("font-size")))
                        .isGreaterThanOrEqualTo(10.5);
            }
        }
        assertThat(width).isLessThanOrEqualTo(1_400);
    }

    private static void assertWithin(Element element, String attribute, double most) {
        if (element.hasAttribute(attribute)) {
            assertThat(Double.parseDouble(element.getAttribute(attribute)))
                    .as(element.getTagName() + " " + attribute + " " + element.getTextContent())
                    .isBetween(0.0, most);
        }
    }

    @Test
    void aPngHasTwoDotsForEachPixelAndIsNoBlankSheet() throws IOException {
        Path file = folder.resolve("f5.png");
        assertThat(diagram("service-wrong-backend", "--flow", "f5", "-o", file.toString())
                        .exitCode())
                .isEqualTo(ExitCode.CLEAN);
        BufferedImage image = ImageIO.read(file.toFile());
        assertThat(image.getWidth()).isEqualTo(2 * 660);
        assertThat(new int[] {image.getRGB(4, 200), image.getRGB(image.getWidth() - 1, 0)})
                .containsExactly(0xffb0211a, 0xffffffff);
    }

    @Test
    void theEndingOfTheFileTellsTheForm() throws IOException {
        for (String ending : List.of("svg", "mmd", "html", "dot")) {
            Path file = folder.resolve("f5." + ending);
            diagram("service-wrong-backend", "--flow", "f5", "-o", file.toString());
            assertThat(Files.readString(file))
                    .startsWith(
                            switch (ending) {
                                case "svg" -> "<?xml";
                                case "mmd" -> "---\ntitle:";
                                case "html" -> "<!doctype html>";
                                default -> "digraph";
                            });
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            --flow f5                                          | -o FILE is missing
            -o x.svg                                           | one of --flow ID and --all-findings DIR says what to draw
            --flow f5 -o x.gif                                 | x.gif does not end in one of svg, png, mmd, html, dot
            --flow f5 -o x.svg --kind round                    | --kind is one of path, sequence, timeline, not round
            --flow f5 -o x.dot --kind sequence                 | Graphviz draws the path only
            --flow f99 -o x.svg                                | there is no flow f99 here: there are 14, such as f
            --all-findings d -o x.svg                          | -o names one file, and --all-findings writes several
            --all-findings pom.xml                             | --all-findings: pom.xml is a file, not a folder
            """)
    void whatCannotBeMeantIsRefused(String options, String reason) {
        Session session = diagram("service-wrong-backend", options.split(" "));
        assertThat(session.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(session.err()).contains(reason);
        assertThat(Path.of("x.svg")).doesNotExist();
    }

    @Test
    void hostileNamesStayTextInEveryForm() throws Exception {
        Path capture = folder.resolve("hostile.pcap");
        Files.write(capture, HostileCapture.pcap());
        for (String payload : HostileCapture.PAYLOADS) {
            String node = payload.replace("=", "\uFF1D");
            for (String format : List.of("svg", "html", "dot", "mmd")) {
                Session session = Session.of(
                        "diagram",
                        "--node",
                        node + "=" + capture,
                        "--flow",
                        "f1",
                        "--format",
                        format,
                        "-o",
                        "-",
                        capture.toString());
                assertThat(session.exitCode()).as(format).isEqualTo(ExitCode.CLEAN);
                assertThat(session.out())
                        .as(format + " of " + payload)
                        .doesNotContain("\u001b", "\u202e")
                        .doesNotContainPattern(
                                format.equals("dot") ? "^$" : "<(?:script|img|iframe|svg onload|style|b>)");
            }
        }
    }

    /// Names as virtual interfaces have them, at the start of a way and at its end.
    @ParameterizedTest
    @ValueSource(strings = {"path", "sequence", "timeline"})
    void usualNamesAreNotCut(String kind) {
        Session session = diagram("mtu-exceeded", "--flow", "f3", "--kind", kind, "--format", "svg", "-o", "-");

        assertThat(session.out()).contains(">v-client", ">v-orders-1").doesNotContainPattern(">[^<]*(?<!\\s)…<");
    }

    /// A packet that passes twelve points and is translated at the sixth.
    @Test
    void aLadderOfManyPointsShowsThoseThatSayMostAndIsLegible() throws IOException {
        List<String> words = new ArrayList<>(List.of("diagram"));
        for (int i = 1; i <= 12; i++) {
            Path file = folder.resolve(String.format("point-%02d.pcap", i));
            Files.write(file, capture(i * 5_000, i < 6 ? 9 : 77));
            words.addAll(List.of("--node", "n=" + file, file.toString()));
        }
        words.addAll(List.of("--flow", "f1", "--kind", "sequence", "--format", "svg", "-o", "-"));

        String picture = Session.of(words.toArray(String[]::new)).out();

        assertThat(picture)
                .contains(">point-01<", ">point-06<", ">point-12<", "→ 10.1.0.77:9000")
                .contains("4 further capture points that packets pass as they are");
        Matcher width = Pattern.compile("viewBox=\"0 0 (\\d+)").matcher(picture);
        assertThat(width.find()).isTrue();
        assertThat(Integer.parseInt(width.group(1))).isLessThanOrEqualTo(640);
    }

    /// One record of one datagram, to 10.1.0.`host`.
    private static byte[] capture(int nanos, int host) {
        byte[] payload = "a datagram that is long enough to be told".getBytes(StandardCharsets.US_ASCII);
        int length = 14 + 28 + payload.length;
        ByteBuffer file = ByteBuffer.allocate(24 + 16 + length).order(ByteOrder.LITTLE_ENDIAN);
        file.putInt(0xa1b23c4d)
                .putShort((short) 2)
                .putShort((short) 4)
                .putLong(0)
                .putInt(65_535)
                .putInt(1);
        file.putInt(1_700_000_000).putInt(nanos).putInt(length).putInt(length);
        file.order(ByteOrder.BIG_ENDIAN).putLong(0x0200000000020200L).putInt(1).putShort((short) 0x0800);
        file.putInt(0x45000000 | 28 + payload.length).putInt(0x00644000).putInt(0x40110000);
        file.putInt(0x0a010005).putInt(0x0a010000 | host);
        file.putShort((short) 40_000).putShort((short) 9_000).putInt(8 + payload.length << 16);
        return file.put(payload).array();
    }
}
