package hopline.flows.state.log;

import hopline.flows.state.Source;

/// A line of a log, or an event.
///
/// @param component `kube-proxy`, `kubelet`, `flanneld`, `felix`, `coredns`, an event provider, or empty
/// @param time `MM-dd HH:mm:ss.ffffff`: logs of Kubernetes leave the year out; empty when unknown
/// @param level `I`, `W`, `E` or `F`; empty when not said
public record LogEntry(String component, String time, String level, String message, Source source) {

    /// Whether the writer itself thought it worth a warning.
    public boolean isTrouble() {
        return level.equals("W") || level.equals("E") || level.equals("F");
    }
}
