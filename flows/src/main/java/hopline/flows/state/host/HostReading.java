package hopline.flows.state.host;

import hopline.flows.state.Source;

/// A single thing a node says of itself.
///
/// @param key one of the constants here, or the name of a kernel setting
public record HostReading(String key, String value, Source source) {

    /// The build of Windows, such as `20348.2582`.
    public static final String BUILD = "windows build";

    /// How many ranges of 64 TCP ports are free.
    public static final String FREE_PORT_RANGES = "free port ranges";

    /// A program file that is present, without its folder.
    public static final String BINARY = "binary";

    /// What a name resolved to.
    public static final String DNS_ANSWER = "dns answer";

    /// How many threads the Host Network Service has.
    public static final String HNS_THREADS = "hns threads";

    /// The image that the sandbox of every pod is made from.
    public static final String PAUSE_IMAGE = "pause image";

    /// The node's own name.
    public static final String HOST_NAME = "host name";
}
