package hopline.cli.diagram;

import hopline.capture.event.VfpRule;
import hopline.decode.MacAddress;
import hopline.decode.stage.Encapsulation;
import hopline.decode.stage.Rewrite;
import hopline.flows.path.Hop;
import java.util.ArrayList;
import java.util.List;

/// What a rewrite did, in words.
///
/// @param what a few words
/// @param before what was there; empty where something was put around or taken away
/// @param after what is there now
/// @param isTunnel whether it is about a tunnel
/// @param by which rule did it; empty where no event tells
record RewriteWords(String what, String before, String after, boolean isTunnel, String by) {

    /// Those of a hop, in order.
    static List<RewriteWords> of(Hop hop) {
        List<RewriteWords> words = new ArrayList<>();
        for (int i = 0; i < hop.rewrites().size(); i++) {
            RewriteWords plain = of(hop.rewrites().get(i));
            String by = hop.by().get(i).map(RewriteWords::by).orElse("");
            words.add(new RewriteWords(plain.what, plain.before, plain.after, plain.isTunnel, by));
        }
        return words;
    }

    /// The layer first: rules have long names, which are cut.
    private static String by(VfpRule rule) {
        return "by layer " + rule.layer() + (rule.rule().isEmpty() ? "" : ", rule " + rule.rule());
    }

    private static RewriteWords of(Rewrite rewrite) {
        return switch (rewrite) {
            case Rewrite.DestinationNat nat ->
                change(
                        nat.restoring() ? "destination restored" : "destination translated",
                        nat.from().toString(),
                        nat.to().toString());
            case Rewrite.SourceNat nat ->
                change(
                        nat.restoring() ? "source restored" : "source translated",
                        nat.from().toString(),
                        nat.to().toString());
            case Rewrite.Encapsulated encapsulated ->
                new RewriteWords(
                        "into " + name(encapsulated.tunnel()),
                        "",
                        encapsulated.tunnel().source() + " → "
                                + encapsulated.tunnel().destination(),
                        true,
                        "");
            case Rewrite.Decapsulated decapsulated ->
                new RewriteWords("out of " + name(decapsulated.tunnel()), "", "", true, "");
            case Rewrite.MacRewrite mac -> mac(mac);
            case Rewrite.TtlRewrite ttl -> change("time to live", String.valueOf(ttl.from()), String.valueOf(ttl.to()));
            case Rewrite.VlanRewrite vlan -> change("VLAN", vlan(vlan.from()), vlan(vlan.to()));
        };
    }

    private static RewriteWords change(String what, String before, String after) {
        return new RewriteWords(what, before, after, false, "");
    }

    private static RewriteWords mac(Rewrite.MacRewrite mac) {
        if (mac.destinationFrom() == mac.destinationTo()) {
            return change("source MAC rewritten", MacAddress.text(mac.sourceFrom()), MacAddress.text(mac.sourceTo()));
        }
        String what = mac.sourceFrom() == mac.sourceTo() ? "destination MAC rewritten" : "MACs rewritten, to";
        return change(what, MacAddress.text(mac.destinationFrom()), MacAddress.text(mac.destinationTo()));
    }

    private static String vlan(int vlan) {
        return vlan < 0 ? "none" : String.valueOf(vlan);
    }

    /// A tunnel's protocol and key, such as `VXLAN 4096`.
    static String name(Encapsulation tunnel) {
        return tunnel.protocol() + (tunnel.key() == Encapsulation.NO_KEY ? "" : " " + tunnel.key());
    }

    /// All of it on one line.
    String line() {
        String change = before.isEmpty() ? after : before + " → " + after;
        return (change.isEmpty() ? what : what + " " + change) + (by.isEmpty() ? "" : ", " + by);
    }
}
