/// Packets in and out: knows file formats and capture tools, no protocols.
module hopline.capture {
    requires static transitive org.jspecify;
    requires com.github.luben.zstd_jni;
    requires org.apache.commons.compress;
    requires org.pcap4j.core;

    exports hopline.capture;
    exports hopline.capture.convert;
    exports hopline.capture.event;
}
