package hopline.flows.state.host;

import hopline.flows.state.Source;

/// A rule of the Windows firewall.
public record FirewallRule(
        String name,
        boolean isEnabled,
        String direction,
        String action,
        String protocol,
        String ports,
        Source source) {}
