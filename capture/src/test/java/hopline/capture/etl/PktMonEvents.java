package hopline.capture.etl;

import java.util.Arrays;
import java.util.HexFormat;

/// Events of the packet monitor, straight from the specification.
public final class PktMonEvents {

    public static final String PROVIDER = "4d4f80d9-c8bd-4d73-bb5b-19c90402c5ac";

    public static final int RX = 3;
    public static final int TX = 4;
    public static final int INGRESS = 5;
    public static final int EGRESS = 6;

    private PktMonEvents() {}

    /// Where and how a packet appeared.
    public record Appearance(
            long group, int number, int appearance, int direction, int type, int component, int edge, int filter) {

        /// The only packet of its list, an Ethernet frame, with no filter set.
        public static Appearance of(long group, int appearance, int direction, int component, int edge) {
            return new Appearance(group, 1, appearance, direction, 1, component, edge, 0);
        }
    }

    /// An Ethernet frame at edge 1 of a component, received.
    public static EventBytes frame(long group, int component, String hex) {
        return frame(Appearance.of(group, 1, RX, component, 1), HexFormat.of().parseHex(hex));
    }

    public static EventBytes frame(Appearance at, byte[] octets) {
        return EventBytes.manifest(PROVIDER, 160).payload(packet(at, 0, 0, octets.length, octets));
    }

    /// Logged only up to `snapLength` octets.
    public static EventBytes frame(Appearance at, byte[] octets, int snapLength) {
        byte[] logged = Arrays.copyOf(octets, Math.min(snapLength, octets.length));
        return EventBytes.manifest(PROVIDER, 160).payload(packet(at, 0, 0, octets.length, logged));
    }

    public static EventBytes drop(Appearance at, long reason, long location, byte[] octets) {
        return EventBytes.manifest(PROVIDER, 170).payload(packet(at, reason, location, octets.length, octets));
    }

    private static Payload packet(Appearance at, long reason, long location, int size, byte[] logged) {
        return Payload.of()
                .i64(at.group())
                .u16(at.number())
                .u16(at.appearance())
                .u16(at.direction())
                .u16(at.type())
                .u16(at.component())
                .u16(at.edge())
                .u16(at.filter())
                .u32(reason)
                .u32(location)
                .u16(size)
                .u16(logged.length)
                .octets(logged);
    }

    public static EventBytes component(int id, int type, String driver, String description) {
        return EventBytes.manifest(PROVIDER, 20)
                .payload(Payload.of().u16(id).u16(type).text(driver).text(description));
    }

    public static EventBytes property(int component, int type, long value) {
        return EventBytes.manifest(PROVIDER, 30)
                .payload(Payload.of().u16(component).u16(type).u32(value));
    }

    public static EventBytes mac(int component, String hex) {
        return EventBytes.manifest(PROVIDER, 70)
                .payload(Payload.of().u16(component).u16(6).u32(6).hex(hex));
    }

    public static EventBytes text(int component, int type, String value) {
        return EventBytes.manifest(PROVIDER, 73)
                .payload(Payload.of().u16(component).u16(type).bare(value));
    }

    public static EventBytes address(int component, String hex) {
        int id = hex.length() == 8 ? 65 : 66;
        return EventBytes.manifest(PROVIDER, id)
                .payload(Payload.of().u16(component).u16(13).hex(hex));
    }

    /// What passed an edge: packets and octets in, then out.
    public static EventBytes passed(
            int component, int edge, String name, long in, long octetsIn, long out, long octetsOut) {
        return EventBytes.manifest(PROVIDER, 90)
                .payload(Payload.of()
                        .u16(component)
                        .text(name)
                        .u16(edge)
                        .u16(RX)
                        .i64(in)
                        .i64(octetsIn)
                        .u16(TX)
                        .i64(out)
                        .i64(octetsOut));
    }

    /// What was dropped in a component.
    public static EventBytes dropped(int component, long in, long octetsIn, long out, long octetsOut) {
        return EventBytes.manifest(PROVIDER, 80)
                .payload(Payload.of()
                        .u16(component)
                        .u16(RX)
                        .i64(in)
                        .i64(octetsIn)
                        .u16(TX)
                        .i64(out)
                        .i64(octetsOut));
    }
}
