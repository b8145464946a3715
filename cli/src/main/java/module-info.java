/// The command line and what people look at. Nothing depends on it.
@SuppressWarnings("requires-automatic")
module hopline.cli {
    requires hopline.flows;
    requires com.fasterxml.jackson.core;
    requires java.desktop;
    requires org.apache.commons.cli;
    requires org.apache.xmlgraphics.batik.svggen;
    requires org.jfree.jfreechart;
}
