package hopline.cli.chart;

import java.awt.Dimension;
import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.apache.batik.svggen.SVGIDGenerator;
import org.jfree.chart.JFreeChart;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/// Writes a chart as an `svg` element that may stand in a page beside others. The same chart gives the same text, on a
/// machine with the same fonts.
final class ChartSvg {

    private static final String NAMESPACE = "http://www.w3.org/2000/svg";
    private static final String[] PAINTED = {"fill", "stroke"};

    private ChartSvg() {}

    /// `chart` in that size.
    ///
    /// @param id tells its parts from those of other charts in the page
    /// @param words what it shows, for those who do not see it
    static String of(JFreeChart chart, int width, int height, String id, String words) {
        Document document = document();
        SVGGeneratorContext context = SVGGeneratorContext.createDefault(document);
        context.setComment(null);
        context.setPrecision(1);
        context.setIDGenerator(new Ids(id));
        SVGGraphics2D graphics = new SVGGraphics2D(context, false);
        graphics.setSVGCanvasSize(new Dimension(width, height));
        chart.draw(graphics, new Rectangle2D.Double(0, 0, width, height));
        Element root = graphics.getRoot();
        root.setAttribute("viewBox", "0 0 " + width + " " + height);
        root.setAttribute("role", "img");
        root.setAttribute("aria-label", words);
        setClasses(root);
        return written(graphics, root);
    }

    private static Document document() {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .getDOMImplementation()
                    .createDocument(NAMESPACE, "svg", null);
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("every Java has an XML parser", e);
        }
    }

    /// Colours that stand for tones become classes.
    private static void setClasses(Element element) {
        for (String attribute : PAINTED) {
            for (Tone tone : Tone.values()) {
                if (element.getAttribute(attribute).equals(tone.drawn())) {
                    element.removeAttribute(attribute);
                    String others = element.getAttribute("class");
                    element.setAttribute("class", (others + " " + tone.className(attribute)).strip());
                }
            }
        }
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element inner) {
                setClasses(inner);
            }
        }
    }

    private static String written(SVGGraphics2D graphics, Element root) {
        StringWriter text = new StringWriter();
        try {
            graphics.stream(root, text, false, false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String document = text.toString().replace("\r\n", "\n");
        return document.substring(document.indexOf("<svg")).strip();
    }

    /// Ids that no other chart in the page has.
    private static final class Ids extends SVGIDGenerator {

        private final String id;

        private Ids(String id) {
            this.id = id;
        }

        @Override
        public String generateID(String prefix) {
            return super.generateID(id + "-" + prefix);
        }
    }
}
