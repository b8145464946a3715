/// What the kernel of a Linux node has programmed: iptables and nftables rules, tracked connections,
/// settings, bridge ports.
@org.jspecify.annotations.NullMarked
package hopline.flows.state.linux;
