/// Packets in and out: knows file formats and capture tools, no protocols.
module hopline.capture {
    requires static transitive org.jspecify;
    requires org.pcap4j.core;

    exports hopline.capture;
}
