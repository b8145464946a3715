/// Journeys and node state in, flows and findings out.
module hopline.flows {
    requires transitive hopline.decode;
    requires com.fasterxml.jackson.databind;

    exports hopline.flows;
    exports hopline.flows.analysis;
    exports hopline.flows.path;
    exports hopline.flows.rule;
    exports hopline.flows.state;
}
