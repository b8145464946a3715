/// Journeys and node state in, flows and findings out.
module hopline.flows {
    requires transitive hopline.decode;
    requires com.fasterxml.jackson.databind;

    exports hopline.flows.analysis;
    exports hopline.flows.check;
    exports hopline.flows.event;
    exports hopline.flows.expect;
    exports hopline.flows.path;
    exports hopline.flows.rule;
    exports hopline.flows.scene;
    exports hopline.flows.state.cni;
    exports hopline.flows.state.collection;
    exports hopline.flows.state.hns;
    exports hopline.flows.state.host;
    exports hopline.flows.state.kubernetes;
    exports hopline.flows.state.linux;
    exports hopline.flows.state.log;
    exports hopline.flows.state.pktmon;
    exports hopline.flows.state.text;
    exports hopline.flows.state.vfp;
    exports hopline.flows.state;
    exports hopline.flows;
}
