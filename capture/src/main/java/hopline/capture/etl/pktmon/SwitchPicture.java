package hopline.capture.etl.pktmon;

import hopline.capture.SwitchPlace;
import hopline.capture.SwitchPlace.Part;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// What belongs to which virtual switch, and as which part of it, inferred from the components a trace lists.
///
/// A switch's ports are components of their own; its adapter is told by the interface index that the external port
/// names. Built from the specification: no real trace of a node with a virtual switch was seen.
final class SwitchPicture {

    private static final String FILTERING_DRIVER = "vfpext.sys";

    private static final List<PropertyType> ADAPTER_INDEXES =
            List.of(PropertyType.IF_INDEX, PropertyType.LOWEST_IF_INDEX, PropertyType.MINIPORT_IF_INDEX);

    private final Map<Long, String> switchOfAdapter = new HashMap<>();
    private String onlySwitch = "";

    SwitchPicture(Collection<Component> components) {
        List<String> switches = components.stream()
                .flatMap(component -> component.text(PropertyType.SWITCH_NAME).stream())
                .distinct()
                .toList();
        onlySwitch = switches.size() == 1 ? switches.getFirst() : "";
        for (Component component : components) {
            OptionalLong adapter = component.number(PropertyType.EXTERNAL_IF_INDEX);
            if (adapter.isPresent()) {
                switchOfAdapter.put(adapter.getAsLong(), switchName(component));
            }
        }
    }

    private String switchName(Component component) {
        return component.text(PropertyType.SWITCH_NAME).orElse(onlySwitch);
    }

    /// The place of `component`; empty when it is of no virtual switch.
    Optional<SwitchPlace> place(Component component) {
        return switch (component.type()) {
            case Component.VMS_VM_NIC -> at(Part.CONTAINER_PORT, component);
            case Component.VMS_MINIPORT -> at(Part.HOST_PORT, component);
            case Component.VMS_EXT_MINIPORT, Component.VMS_PROTOCOL_NIC -> at(Part.EXTERNAL_PORT, component);
            default ->
                component.driver().toLowerCase(Locale.ROOT).equals(FILTERING_DRIVER)
                        ? at(Part.FILTERING, component)
                        : adapter(component);
        };
    }

    private Optional<SwitchPlace> at(Part part, Component component) {
        return Optional.of(new SwitchPlace(part, switchName(component)));
    }

    private Optional<SwitchPlace> adapter(Component component) {
        for (PropertyType index : ADAPTER_INDEXES) {
            OptionalLong number = component.number(index);
            if (number.isPresent() && switchOfAdapter.containsKey(number.getAsLong())) {
                return Optional.of(new SwitchPlace(Part.ADAPTER, switchOfAdapter.get(number.getAsLong())));
            }
        }
        return Optional.empty();
    }
}
