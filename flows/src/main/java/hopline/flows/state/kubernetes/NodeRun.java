package hopline.flows.state.kubernetes;

import hopline.flows.state.Source;

/// What a node runs.
///
/// @param kernel such as `10.0.20348.2582` or `5.15.0-91-generic`
/// @param providerId such as `aws:///us-east-1a/i-0abc`; empty when it has none
public record NodeRun(
        String name, String os, String osImage, String kernel, String kubelet, String providerId, Source source) {}
