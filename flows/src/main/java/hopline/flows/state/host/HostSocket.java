package hopline.flows.state.host;

import hopline.flows.state.Source;

/// A TCP connection or a listening port.
public record HostSocket(String local, String remote, String state, Source source) {}
