package hopline.capture.etl;

import java.util.HexFormat;

/// Events of the virtual filtering platform, field by field from the published layouts.
public final class VfpEventBytes {

    public static final String PROVIDER = "9f2660ea-cfe7-428f-9850-aeca612619b0";

    public static final int OUTBOUND = 0;
    public static final int INBOUND = 1;

    public static final int ALLOW = 1;
    public static final int BLOCK = 2;
    public static final int NAT = 4;
    public static final int DYNAMIC_NAT = 5;
    public static final int DECAP = 6;
    public static final int ROUTE_ENCAP = 17;

    private static final int TCP = 6;
    private static final int VXLAN = 4;

    /// A port of the switch, and the way through it.
    public record Port(int number, int direction) {}

    /// Whose packet: two ends `10.0.0.1:80`.
    public record Ends(String source, String destination) {}

    private VfpEventBytes() {}

    /// `V4RuleMatch`, 101, of a SYN.
    public static EventBytes ruleMatch(Port port, String layer, String group, String rule, int type, Ends ends) {
        return ruleMatch(port, layer, group, rule, type, ends, 0);
    }

    public static EventBytes ruleMatch(
            Port port, String layer, String group, String rule, int type, Ends ends, long status) {
        Payload payload = start(port).text(layer).text(group).text(rule).u8(type);
        return event(101, tuple(payload, ends).u8(TCP).u32(1).u32(status));
    }

    /// `V4RuleNoMatch`, 115.
    public static EventBytes noMatch(Port port, String layer, Ends ends) {
        return event(115, tuple(start(port).text(layer), ends).u8(TCP).u32(1));
    }

    /// `V4FlowMatch`, 106: an earlier packet set the flow up.
    public static EventBytes flowMatch(Port port, String layer, int type, Ends ends) {
        return event(106, tuple(start(port).text(layer).u8(type), ends).u8(TCP).u32(0));
    }

    /// `L4V4Rewrite`, 152.
    public static EventBytes rewrite(Port port, Ends to) {
        return event(152, tuple(start(port), to));
    }

    /// `Encap`, 154, into VXLAN.
    public static EventBytes encap(Port port, String source, String destination, int vni) {
        Payload payload = start(port).text("00-0D-3A-01-00-0B").text("00-0D-3A-01-00-0C");
        return event(
                154, address(address(payload, source), destination).u8(VXLAN).u32(vni));
    }

    /// `Decap`, 155.
    public static EventBytes decap(Port port) {
        return event(155, start(port));
    }

    /// `RawDrop`, 51, with the packet's octets.
    public static EventBytes rawDrop(Port port, int reason, byte[] frame) {
        return event(51, start(port).u8(reason).u32(frame.length).octets(frame));
    }

    /// `L4V4Drop`, 55.
    public static EventBytes drop(Port port, int reason, Ends ends) {
        Payload payload = start(port).u8(reason).text("00-15-5D-0A-01-0A").text("00-15-5D-0A-00-01");
        addresses(payload, ends).u8(TCP);
        return event(55, ports(payload, ends).u32(1));
    }

    /// `V4DepositNatRange`, 201.
    public static EventBytes natRange(Port port, String pool, String address, int first, int last) {
        Payload payload = Payload.of().u32(port.number()).text(pool).u8(0);
        return event(
                201,
                bigEndian(bigEndian(address(payload, address), first), last).u32(0));
    }

    static EventBytes event(int id, Payload payload) {
        return EventBytes.manifest(PROVIDER, id).payload(payload);
    }

    static Payload start(Port port) {
        return Payload.of().u32(port.number()).u8(port.direction());
    }

    static Payload tuple(Payload payload, Ends ends) {
        return ports(addresses(payload, ends), ends);
    }

    private static Payload addresses(Payload payload, Ends ends) {
        return address(address(payload, host(ends.source())), host(ends.destination()));
    }

    private static Payload ports(Payload payload, Ends ends) {
        return bigEndian(bigEndian(payload, port(ends.source())), port(ends.destination()));
    }

    private static Payload bigEndian(Payload payload, int port) {
        return payload.u8(port >>> 8).u8(port);
    }

    static Payload address(Payload payload, String ip) {
        for (String part : ip.split("\\.", -1)) {
            payload.u8(Integer.parseInt(part));
        }
        return payload;
    }

    private static String host(String end) {
        return end.substring(0, end.indexOf(':'));
    }

    private static int port(String end) {
        return Integer.parseInt(end.substring(end.indexOf(':') + 1));
    }

    /// A socket address of IPv4 as `SOCKADDR_IN`.
    static byte[] socket(String end) {
        return Payload.of()
                .u16(2)
                .u8(port(end) >>> 8)
                .u8(port(end))
                .octets(address(Payload.of(), host(end)).toByteArray())
                .octets(HexFormat.of().parseHex("0000000000000000"))
                .toByteArray();
    }
}
