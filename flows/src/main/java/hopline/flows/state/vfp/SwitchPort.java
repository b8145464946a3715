package hopline.flows.state.vfp;

import hopline.flows.state.Source;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// A port of the virtual switch, as `vfpctrl /list-vmswitch-port` lists it.
///
/// @param id its GUID in lower case
/// @param number the small number that events use
/// @param type `Synthetic`, `Internal`, `External`, `Emulated`, or empty
public record SwitchPort(
        String id,
        String friendlyName,
        OptionalInt number,
        String switchName,
        OptionalLong mac,
        String type,
        OptionalInt mtu,
        Source source) {

    /// Whether it leads to the node's own adapter.
    public boolean isExternal() {
        return type.equalsIgnoreCase("External") || friendlyName.equalsIgnoreCase("ExternalPort");
    }

    /// Whether it is the one that the node itself is at.
    public boolean isHost() {
        return !isExternal() && (type.equalsIgnoreCase("Internal") || friendlyName.startsWith("Container NIC"));
    }
}
