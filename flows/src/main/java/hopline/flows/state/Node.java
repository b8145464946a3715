package hopline.flows.state;

import hopline.decode.Address;
import java.util.List;
import java.util.Optional;

/// A node as the API server described it.
///
/// @param internalAddresses those of type `InternalIP`
/// @param otherAddresses its other addresses: external ones, and those that flannel or Calico gave or found it
/// @param podCidrs where its pods' addresses come from; none where the network plugin does not use them
/// @param os `linux`, `windows`, or whatever the list said; empty when it does not
/// @param backend how flannel connects the nodes, such as `vxlan` or `host-gw`
public record Node(
        String name,
        List<Address> internalAddresses,
        List<Address> otherAddresses,
        List<Cidr> podCidrs,
        Optional<String> os,
        Optional<String> backend,
        Optional<Vtep> vtep) {

    public Node {
        internalAddresses = List.copyOf(internalAddresses);
        otherAddresses = List.copyOf(otherAddresses);
        podCidrs = List.copyOf(podCidrs);
    }

    /// Whether the list says that it runs Windows.
    public boolean isWindows() {
        return os.filter("windows"::equals).isPresent();
    }
}
