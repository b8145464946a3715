package hopline.flows.state.kubernetes;

import hopline.flows.state.NamespacedName;
import hopline.flows.state.Source;

/// The port that a cloud load balancer's health probe was told to use for a service, by an annotation.
public record ServiceProbe(
        NamespacedName service, String annotation, String port, int healthCheckNodePort, Source source) {}
