package hopline.flows.state.cni;

import hopline.flows.state.Source;
import hopline.flows.state.text.Written;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/// A CNI configuration, or one plugin of a list.
///
/// @param type the plugin that sets up the interface: the delegate's, where there is one
/// @param nameservers what pods are told to ask
/// @param exceptions where packets keep the pod's address: `OutBoundNAT`
/// @param hasOutboundNat whether there is such a policy at all
/// @param subnets of its address management
/// @param loopbackDsr whether a pod may reach itself through a service, on Windows
/// @param hairpin the same on Linux: `hairpinMode`
/// @param placeholders values that a script should have filled in
public record CniConfig(
        String name,
        String type,
        List<Written> nameservers,
        List<Written> exceptions,
        boolean hasOutboundNat,
        List<Written> subnets,
        Optional<Boolean> loopbackDsr,
        Optional<Boolean> hairpin,
        OptionalInt vni,
        List<Written> placeholders,
        boolean isFragment,
        Source source) {

    public CniConfig {
        nameservers = List.copyOf(nameservers);
        exceptions = List.copyOf(exceptions);
        subnets = List.copyOf(subnets);
        placeholders = List.copyOf(placeholders);
    }

    /// Whether the plugin is one for Windows.
    public boolean isWindows() {
        String lower = type.toLowerCase(Locale.ROOT);
        return lower.startsWith("win-")
                || lower.startsWith("sdn")
                || lower.startsWith("l2")
                || lower.startsWith("wincni")
                || (lower.startsWith("azure-vnet") && hasOutboundNat)
                || (lower.equals("calico") && hasOutboundNat);
    }
}
