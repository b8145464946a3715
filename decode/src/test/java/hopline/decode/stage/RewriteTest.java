package hopline.decode.stage;

import static hopline.decode.stage.Scene.stage;
import static org.assertj.core.api.Assertions.assertThat;

import hopline.decode.Address;
import hopline.decode.Endpoint;
import hopline.decode.stage.Rewrite.Decapsulated;
import hopline.decode.stage.Rewrite.DestinationNat;
import hopline.decode.stage.Rewrite.Encapsulated;
import hopline.decode.stage.Rewrite.MacRewrite;
import hopline.decode.stage.Rewrite.SourceNat;
import hopline.decode.stage.Rewrite.TtlRewrite;
import hopline.decode.stage.Rewrite.VlanRewrite;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class RewriteTest {

    private static final Sketch PACKET = Sketch.tcp("10.0.0.1:4000", "10.99.0.1:80");
    private static final Encapsulation TUNNEL =
            new Encapsulation(Address.of("10.20.0.1"), Address.of("10.20.0.2"), 4789, 7);
    private static final Encapsulation OTHER_TUNNEL =
            new Encapsulation(Address.of("10.20.0.1"), Address.of("10.20.0.3"), 4789, 7);

    record Case(String what, Sketch before, Sketch after, boolean reply, List<Rewrite> rewrites) {

        static Case of(String what, Sketch after, Rewrite... rewrites) {
            return new Case(what, PACKET, after, false, List.of(rewrites));
        }

        @Override
        public String toString() {
            return what;
        }
    }

    private static Endpoint end(String text) {
        Sketch.End end = Sketch.End.of(text);
        return new Endpoint(Address.of(end.address()), end.port());
    }

    private static Sketch inTunnel(Sketch packet) {
        return packet.inVxlan("10.20.0.1", "10.20.0.2", 7);
    }

    static final List<Case> REWRITES = List.of(
            Case.of("nothing", PACKET),
            Case.of("routing is no rewrite", PACKET.routed()),
            Case.of(
                    "the destination",
                    PACKET.to("10.0.0.2:8080").routed(),
                    new DestinationNat(end("10.99.0.1:80"), end("10.0.0.2:8080"), false)),
            Case.of(
                    "the destination's port alone",
                    PACKET.to("10.99.0.1:8080"),
                    new DestinationNat(end("10.99.0.1:80"), end("10.99.0.1:8080"), false)),
            Case.of(
                    "the source",
                    PACKET.from("192.168.0.1:61000"),
                    new SourceNat(end("10.0.0.1:4000"), end("192.168.0.1:61000"), false)),
            new Case(
                    "the source of a reply is restored",
                    PACKET,
                    PACKET.from("10.99.0.9:80"),
                    true,
                    List.of(new SourceNat(end("10.0.0.1:4000"), end("10.99.0.9:80"), true))),
            Case.of(
                    "into a tunnel, with the MACs of its far end",
                    inTunnel(PACKET.macs(3, 4)),
                    new Encapsulated(TUNNEL)),
            new Case("out of a tunnel", inTunnel(PACKET), PACKET.routed(), false, List.of(new Decapsulated(TUNNEL))),
            new Case("the same tunnel", inTunnel(PACKET), inTunnel(PACKET), false, List.of()),
            new Case(
                    "from tunnel to tunnel, translated in between",
                    inTunnel(PACKET),
                    PACKET.to("10.0.0.2:8080").inVxlan("10.20.0.1", "10.20.0.3", 7),
                    false,
                    List.of(
                            new Decapsulated(TUNNEL),
                            new DestinationNat(end("10.99.0.1:80"), end("10.0.0.2:8080"), false),
                            new Encapsulated(OTHER_TUNNEL))),
            Case.of(
                    "both ends",
                    PACKET.from("192.168.0.1:61000").to("10.0.0.2:8080"),
                    new DestinationNat(end("10.99.0.1:80"), end("10.0.0.2:8080"), false),
                    new SourceNat(end("10.0.0.1:4000"), end("192.168.0.1:61000"), false)),
            Case.of(
                    "MACs without routing",
                    PACKET.macs(3, 4),
                    new MacRewrite(0x0200_0000_0001L, 3, 0x0200_0000_0002L, 4)),
            Case.of(
                    "one MAC of the two",
                    PACKET.macs(0x0200_0000_0001L, 4),
                    new MacRewrite(0x0200_0000_0001L, 0x0200_0000_0001L, 0x0200_0000_0002L, 4)),
            Case.of(
                    "MACs that go with a translation",
                    PACKET.macs(3, 4).to("10.0.0.2:8080"),
                    new DestinationNat(end("10.99.0.1:80"), end("10.0.0.2:8080"), false)),
            Case.of("more than one hop at once", PACKET.ttl(62), new TtlRewrite(64, 62)),
            Case.of("a time to live that rises", PACKET.ttl(128), new TtlRewrite(64, 128)),
            Case.of("a tag", PACKET.vlan(5), new VlanRewrite(-1, 5)),
            new Case("another tag", PACKET.vlan(5), PACKET.vlan(6), false, List.of(new VlanRewrite(5, 6))),
            Case.of(
                    "a tag inside a tunnel is that of another network",
                    inTunnel(PACKET.vlan(5)),
                    new Encapsulated(TUNNEL)));

    @ParameterizedTest
    @FieldSource("REWRITES")
    void whatChangedBetweenTwoStages(Case expected) {
        assertThat(Rewrite.between(stage(expected.before()), stage(expected.after()), expected.reply()))
                .isEqualTo(expected.rewrites());
    }

    record Kind(Rewrite rewrite, String kind) {}

    static final List<Kind> KINDS = List.of(
            new Kind(new DestinationNat(end("10.0.0.1:1"), end("10.0.0.2:2"), false), "dnat"),
            new Kind(new DestinationNat(end("10.0.0.1:1"), end("10.0.0.2:2"), true), "unsnat"),
            new Kind(new SourceNat(end("10.0.0.1:1"), end("10.0.0.2:2"), false), "snat"),
            new Kind(new SourceNat(end("10.0.0.1:1"), end("10.0.0.2:2"), true), "undnat"),
            new Kind(new Encapsulated(TUNNEL), "encap"),
            new Kind(new Decapsulated(TUNNEL), "decap"),
            new Kind(new MacRewrite(1, 2, 3, 4), "mac"),
            new Kind(new TtlRewrite(64, 1), "ttl"),
            new Kind(new VlanRewrite(-1, 5), "vlan"));

    @ParameterizedTest
    @FieldSource("KINDS")
    void isNamedAsInTheReport(Kind expected) {
        assertThat(expected.rewrite().kind()).isEqualTo(expected.kind());
    }
}
