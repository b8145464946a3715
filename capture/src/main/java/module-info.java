/// Packets in and out: knows file formats and capture tools, no protocols.
module hopline.capture {
    requires static transitive org.jspecify;

    exports hopline.capture;
}
