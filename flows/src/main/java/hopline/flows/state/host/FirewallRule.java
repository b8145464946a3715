package hopline.flows.state.host;

import hopline.flows.state.Source;

/// A rule of the Windows firewall.
///
/// @param ports of this node
/// @param remote addresses of the other side: single ones, prefixes and ranges apart by commas, or a word such as
///     `LocalSubnet`; empty for all
/// @param isNarrow it is for some packets only by what is not kept here: a profile, a program, an address of this
///     node, the other side's port, a kind of interface
public record FirewallRule(
        String name,
        boolean isEnabled,
        String direction,
        String action,
        String protocol,
        String ports,
        String remote,
        boolean isNarrow,
        Source source) {}
