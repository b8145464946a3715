package hopline.flows.state.linux;

import hopline.flows.state.Source;

/// A setting such as `net.ipv4.ip_forward`.
public record KernelSetting(String key, String value, Source source) {}
