package hopline.flows.state.kubernetes;

import hopline.flows.state.Source;

/// A row of the table that `kubectl get services` prints.
public record ListedService(String name, String type, String clusterIp, String ports, Source source) {}
