package hopline.decode.stage;

import hopline.decode.Endpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// What changed on a packet between two consecutive stages.
public sealed interface Rewrite {

    /// The destination was translated; `restoring` when that undoes a source translation for a reply.
    record DestinationNat(Endpoint from, Endpoint to, boolean restoring) implements Rewrite {

        @Override
        public String kind() {
            return restoring ? "unsnat" : "dnat";
        }
    }

    /// The source was translated; `restoring` when that undoes a destination translation for a reply.
    record SourceNat(Endpoint from, Endpoint to, boolean restoring) implements Rewrite {

        @Override
        public String kind() {
            return restoring ? "undnat" : "snat";
        }
    }

    record Encapsulated(Encapsulation tunnel) implements Rewrite {

        @Override
        public String kind() {
            return "encap";
        }
    }

    record Decapsulated(Encapsulation tunnel) implements Rewrite {

        @Override
        public String kind() {
            return "decap";
        }
    }

    /// The frame's addresses were replaced without routing the packet: its time to live is the same.
    record MacRewrite(long sourceFrom, long sourceTo, long destinationFrom, long destinationTo) implements Rewrite {

        @Override
        public String kind() {
            return "mac";
        }
    }

    /// The time to live rose, or fell by more than one hop takes.
    record TtlRewrite(int from, int to) implements Rewrite {

        @Override
        public String kind() {
            return "ttl";
        }
    }

    /// The VLAN changed; -1 is untagged.
    record VlanRewrite(int from, int to) implements Rewrite {

        @Override
        public String kind() {
            return "vlan";
        }
    }

    /// The word for it in the analysis's JSON.
    String kind();

    /// What changed from `before` to `after`, outermost last.
    ///
    /// @param reply whether the packet is a responder's, so that translations undo those of its initiator
    static List<Rewrite> between(Stage before, Stage after, boolean reply) {
        List<Rewrite> rewrites = new ArrayList<>(1);
        Encapsulation from = before.outer();
        Encapsulation to = after.outer();
        boolean sameTunnel = Objects.equals(from, to);
        if (!sameTunnel && from != null) {
            rewrites.add(new Decapsulated(from));
        }
        if (!before.sameDestination(after)) {
            rewrites.add(new DestinationNat(before.destination(), after.destination(), reply));
        }
        if (!before.sameSource(after)) {
            rewrites.add(new SourceNat(before.source(), after.source(), reply));
        }
        if (before.vlan() != after.vlan() && sameTunnel) {
            rewrites.add(new VlanRewrite(before.vlan(), after.vlan()));
        }
        int hops = before.timeToLive() - after.timeToLive();
        if (hops < 0 || hops > 1) {
            rewrites.add(new TtlRewrite(before.timeToLive(), after.timeToLive()));
        } else if (hops == 0 && sameTunnel && rewrites.isEmpty() && !sameMacs(before, after)) {
            rewrites.add(new MacRewrite(
                    before.sourceMac(), after.sourceMac(), before.destinationMac(), after.destinationMac()));
        }
        if (!sameTunnel && to != null) {
            rewrites.add(new Encapsulated(to));
        }
        return rewrites;
    }

    private static boolean sameMacs(Stage before, Stage after) {
        return before.sourceMac() == after.sourceMac() && before.destinationMac() == after.destinationMac();
    }
}
