package hopline.flows.state.linux;

import hopline.flows.state.Source;

/// A chain with its policy: `ACCEPT`, `DROP`, or `-` for chains that are not built in.
///
/// @param isIpv6 of `ip6tables` or of nftables' family `ip6`, so that no IPv4 packet passes it
public record IptablesChain(boolean isIpv6, String table, String name, String policy, Source source) {}
