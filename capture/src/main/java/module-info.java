/// Packets in and out: knows file formats and capture tools, no protocols.
@SuppressWarnings("requires-automatic") // jna has no descriptor of its own
module hopline.capture {
    requires static transitive org.jspecify;
    requires com.fasterxml.jackson.core;
    requires com.github.luben.zstd_jni;
    requires com.sun.jna;
    requires java.sql; // pcap4j tells times as java.sql.Timestamp
    requires org.apache.commons.compress;
    requires org.pcap4j.core;
    requires org.snakeyaml.engine;

    exports hopline.capture;
    exports hopline.capture.bundle;
    exports hopline.capture.convert;
    exports hopline.capture.event;
    exports hopline.capture.node;
    exports hopline.capture.node.linux;
    exports hopline.capture.node.plan;
    exports hopline.capture.node.process;
    exports hopline.capture.node.script;
    exports hopline.capture.node.windows;
    exports hopline.capture.secret;
}
