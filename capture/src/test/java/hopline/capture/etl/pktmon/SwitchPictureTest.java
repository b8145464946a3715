package hopline.capture.etl.pktmon;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.capture.RecordNotes.Direction;
import hopline.capture.SwitchPlace;
import hopline.capture.SwitchPlace.Part;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SwitchPictureTest {

    private static final Property SWITCH = Property.text(PropertyType.SWITCH_NAME.number(), "vxlan0");

    private static Component component(int id, int type, String driver, Property... properties) {
        return new Component(id, type, driver, "", List.of(properties), List.of());
    }

    private static Property index(PropertyType type, long number) {
        return Property.number(type.number(), number);
    }

    private static final Component PORT = component(1, Component.VMS_VM_NIC, "vmswitch.sys", SWITCH);
    private static final Component HOST = component(2, Component.VMS_MINIPORT, "vmswitch.sys", SWITCH);
    private static final Component FILTERING = component(3, 3, "VfpExt.sys");
    private static final Component EXTERNAL =
            component(4, Component.VMS_EXT_MINIPORT, "vmswitch.sys", SWITCH, index(PropertyType.EXTERNAL_IF_INDEX, 6));
    private static final Component ADAPTER = component(5, 2, "mlx5.sys", index(PropertyType.IF_INDEX, 6));
    private static final Component FILTER_ON_ADAPTER =
            component(6, 3, "wfplwfs.sys", index(PropertyType.MINIPORT_IF_INDEX, 6));
    private static final Component ANOTHER = component(7, 2, "e1000.sys", index(PropertyType.IF_INDEX, 9));

    private static final List<Component> NODE =
            List.of(PORT, HOST, FILTERING, EXTERNAL, ADAPTER, FILTER_ON_ADAPTER, ANOTHER);

    @Test
    void tellsThePartsOfASwitchByTypeDriverAndIndex() {
        SwitchPicture picture = new SwitchPicture(NODE);

        assertThat(NODE.stream().map(picture::place))
                .containsExactly(
                        at(Part.CONTAINER_PORT),
                        at(Part.HOST_PORT),
                        at(Part.FILTERING),
                        at(Part.EXTERNAL_PORT),
                        at(Part.ADAPTER),
                        at(Part.ADAPTER),
                        SwitchPlace.NONE);
    }

    private static Optional<SwitchPlace> at(Part part) {
        return Optional.of(new SwitchPlace(part, "vxlan0"));
    }

    /// Into the switch is away from a container, and away from the wire.
    @Test
    void inboundMeansAnotherWayAtEachEnd() {
        assertThat(new SwitchPlace(Part.CONTAINER_PORT, "").isOutward(Direction.INBOUND))
                .contains(true);
        assertThat(new SwitchPlace(Part.HOST_PORT, "").isOutward(Direction.OUTBOUND))
                .contains(false);
        assertThat(new SwitchPlace(Part.EXTERNAL_PORT, "").isOutward(Direction.INBOUND))
                .contains(false);
        assertThat(new SwitchPlace(Part.ADAPTER, "").isOutward(Direction.OUTBOUND))
                .contains(true);
        assertThat(new SwitchPlace(Part.FILTERING, "").isOutward(Direction.INBOUND))
                .isEmpty();
        assertThat(new SwitchPlace(Part.ADAPTER, "").isOutward(Direction.UNKNOWN))
                .isEmpty();
    }
}
