package hopline.flows.scene;

import hopline.decode.Address;
import hopline.decode.Endpoint;
import hopline.decode.stage.Stage;
import hopline.flows.Flow;
import hopline.flows.Route;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What sources were translated to, and which of that is answered.
///
/// Bounded: beyond `MAX_ENTRIES` translations are passed over.
public final class Masquerades {

    private static final int MAX_ENTRIES = 50_000;

    /// Flows remembered that shared one translated source.
    private static final int MAX_SHARING = 32;

    /// A conversation under a translated source.
    ///
    /// @param initiator its source before that
    /// @param destination as it was where the source was translated
    /// @param startNanos of its first packet, nanoseconds since 1970
    /// @param endNanos of its last packet
    public record Use(long flow, Endpoint initiator, Endpoint destination, long startNanos, long endNanos) {}

    private record Source(int protocol, Endpoint translated) {

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Source that && protocol == that.protocol && translated.equals(that.translated);
        }

        @Override
        public int hashCode() {
            return translated.hashCode() * 31 + protocol;
        }
    }

    private final Map<Source, List<Use>> uses = new HashMap<>();

    /// By node and the address that it lends its pods.
    private final Map<String, Map<Address, Set<Address>>> answered = new HashMap<>();

    private final Set<Endpoint> answering = new HashSet<>();

    Masquerades() {}

    void learn(Flow flow, boolean works) {
        for (Route route : flow.forward().routes()) {
            Stage first = route.example().first();
            for (Stage stage = first.next(); stage != null; stage = stage.next()) {
                if (!stage.sameSource(first)) {
                    learn(flow, first, stage, works);
                    return;
                }
            }
        }
    }

    private void learn(Flow flow, Stage first, Stage translated, boolean works) {
        Use use = new Use(flow.number(), first.source(), translated.destination(), flow.startNanos(), flow.endNanos());
        Source source = new Source(flow.protocol(), translated.source());
        if (uses.size() < MAX_ENTRIES || uses.containsKey(source)) {
            List<Use> sharing = uses.computeIfAbsent(source, s -> new ArrayList<>(1));
            if (sharing.size() < MAX_SHARING) {
                sharing.add(use);
            }
        }
        if (works && answering.size() < MAX_ENTRIES) {
            answering.add(translated.destination());
            answered.computeIfAbsent(translated.point().node(), node -> new HashMap<>())
                    .computeIfAbsent(translated.sourceAddress(), lent -> new HashSet<>(2))
                    .add(translated.destinationAddress());
        }
    }

    /// The flows whose source was translated to that.
    public List<Use> of(int protocol, Endpoint translated) {
        return Collections.unmodifiableList(uses.getOrDefault(new Source(protocol, translated), List.of()));
    }

    /// The destinations that answered what `node` sent from that address, and whose answers found back.
    public Set<Address> answered(String node, Address translated) {
        return answered.getOrDefault(node, Map.of()).getOrDefault(translated, Set.of());
    }

    /// Whether that server answered somebody whose source was translated.
    public boolean answers(Endpoint destination) {
        return answering.contains(destination);
    }
}
