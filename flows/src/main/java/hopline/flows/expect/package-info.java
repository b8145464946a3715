/// What must happen: walks a packet that nobody sent through the programmed state of the nodes, and holds what
/// was captured against it.
///
/// A [Walker] knows all nodes; a [WindowsNode] or a [LinuxNode] leads a packet through the layers of one. On
/// Windows a [PortProgram] holds the layers of a virtual port, made of VFP's rules where they were read
/// ([VfpPrograms]), else of what HNS holds ([HnsPrograms]), else of what the cluster's lists demand
/// ([DemandedHns]). On Linux a [Ruleset] holds the chains of iptables or nftables.
package hopline.flows.expect;
