package hopline.flows;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.capture.CapturePoint;
import hopline.capture.SwitchPlace;
import hopline.decode.Address;
import hopline.decode.Endpoint;
import hopline.decode.dns.DnsQuestion;
import hopline.decode.stage.StageDetail.IcmpError;
import hopline.decode.stage.StageDetail.Neighbor;
import hopline.flows.expect.Headers;
import hopline.flows.expect.Place;
import hopline.flows.expect.Tunnel;
import hopline.flows.expect.Walker.Start.AtPod;
import hopline.flows.state.Cidr;
import hopline.flows.state.NamespacedName;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// Records that say themselves when they are equal must not forget a component.
class RecordEqualityTest {

    private static final Address FIRST = Address.ofIpv4(0x0a000001);
    private static final Address SECOND = Address.ofIpv4(0x0b000002);

    /// Two values of one record that differ in every component.
    private record Two(Record one, Record other) {

        @Override
        public String toString() {
            return one.getClass().getSimpleName();
        }
    }

    static final List<Two> RECORDS = List.of(
            new Two(new CapturePoint(1, "a", "eth0"), point(2, "b", "eth1")),
            new Two(new Endpoint(FIRST, 1), new Endpoint(SECOND, 2)),
            new Two(new DnsQuestion("a", 1), new DnsQuestion("b", 2)),
            new Two(new Neighbor(true, FIRST, FIRST, true), new Neighbor(false, SECOND, SECOND, false)),
            new Two(
                    new IcmpError(4, 3, 4, 1400, 6, FIRST, 1, FIRST, 2, 3, 4),
                    new IcmpError(6, 2, 0, 1280, 17, SECOND, 5, SECOND, 6, 7, 8)),
            new Two(new NamespacedName("a", "b"), new NamespacedName("c", "d")),
            new Two(new Cidr(FIRST, 8), new Cidr(SECOND, 16)),
            new Two(new AtPod("a", FIRST), new AtPod("b", SECOND)),
            new Two(new Place("a", "b", Place.Kind.POD), new Place("c", "d", Place.Kind.HOST)),
            new Two(
                    Headers.of(6, new Endpoint(FIRST, 1), new Endpoint(FIRST, 2), 64),
                    new Headers(
                            17,
                            new Endpoint(SECOND, 3),
                            new Endpoint(SECOND, 4),
                            5,
                            6,
                            63,
                            Optional.of(new Tunnel(FIRST, SECOND, 4096, 4789)))));

    private static CapturePoint point(int id, String node, String name) {
        return new CapturePoint(id, node, name, Optional.of(new SwitchPlace(SwitchPlace.Part.HOST_PORT, "s")));
    }

    private static Object[] components(Record value) throws ReflectiveOperationException {
        RecordComponent[] components = value.getClass().getRecordComponents();
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            values[i] = components[i].getAccessor().invoke(value);
        }
        return values;
    }

    private static Object made(Class<?> type, Object[] values) throws ReflectiveOperationException {
        Class<?>[] types = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        return type.getDeclaredConstructor(types).newInstance(values);
    }

    @ParameterizedTest
    @FieldSource("RECORDS")
    void differInEachComponent(Two two) throws ReflectiveOperationException {
        Class<?> type = two.one().getClass();
        Object[] values = components(two.one());

        assertThat(made(type, values)).isEqualTo(two.one()).hasSameHashCodeAs(two.one());
        for (int i = 0; i < values.length; i++) {
            Object[] changed = values.clone();
            changed[i] = components(two.other())[i];
            assertThat(made(type, changed))
                    .as(type.getRecordComponents()[i].getName())
                    .isNotEqualTo(two.one());
        }
        assertThat(two.one()).isNotEqualTo("another type");
    }
}
