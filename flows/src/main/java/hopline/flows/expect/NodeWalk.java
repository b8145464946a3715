package hopline.flows.expect;

import hopline.decode.Address;

/// One node, as packets pass it. Each method leads a packet on until its walk ends, on this node or another.
sealed interface NodeWalk permits WindowsNode, LinuxNode {

    /// The node's name.
    String name();

    /// A packet that the pod with that address sends.
    void fromPod(Trail trail, Address pod);

    /// A packet that the node itself sends.
    void fromHost(Trail trail);

    /// A packet that arrives at the node's adapter.
    void fromWire(Trail trail);

    /// What is sent from here before any hop, such as 64.
    int timeToLive();
}
