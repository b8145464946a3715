package hopline.flows.expect;

import java.util.Optional;

/// A packet on a Linux node, with what the kernel keeps beside it.
///
/// @param in the interface it came in by, empty for what the node sends itself
/// @param mark the packet's mark, 32 bits
/// @param begun its headers before this node translated any
/// @param nat the rule that translated it last
record LinuxLoad(Trail trail, String in, int mark, Headers begun, Optional<RuleRef> nat) {

    /// A packet that nothing has happened to yet.
    static LinuxLoad of(Trail trail, String in) {
        return new LinuxLoad(trail, in, 0, trail.headers(), Optional.empty());
    }

    LinuxLoad at(String interfaceName) {
        return new LinuxLoad(trail, interfaceName, mark, begun, nat);
    }

    LinuxLoad on(Trail other) {
        return new LinuxLoad(other, in, mark, begun, nat);
    }
}
