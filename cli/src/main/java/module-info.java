/// The command line and what people look at. Nothing depends on it.
module hopline.cli {
    requires hopline.flows;
    requires com.fasterxml.jackson.core;
    requires org.apache.commons.cli;
}
