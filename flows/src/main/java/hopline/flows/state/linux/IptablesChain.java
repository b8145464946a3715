package hopline.flows.state.linux;

import hopline.flows.state.Source;

/// A chain with its policy: `ACCEPT`, `DROP`, or `-` for chains that are not built in.
public record IptablesChain(String table, String name, String policy, Source source) {}
