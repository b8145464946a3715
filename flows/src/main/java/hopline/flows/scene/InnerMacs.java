package hopline.flows.scene;

import hopline.decode.Address;
import hopline.decode.stage.Encapsulation;
import hopline.decode.stage.Stage;
import hopline.decode.stage.TunnelKind;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;

/// Which destination MACs the frames inside VXLAN bear that reach the pods behind each VTEP.
///
/// Learnt from conversations that work. Bounded: after `MAX_FRAMES` different ones nothing new is learnt.
public final class InnerMacs {

    private static final int MAX_FRAMES = 50_000;

    private final Hashes known = new Hashes();

    /// By VTEP and MAC, how many addresses frames to that MAC are for.
    private final Map<Address, Map<Long, Integer>> destinations = new HashMap<>();

    private int frames;

    InnerMacs() {}

    /// Learns from a packet of a conversation that works.
    ///
    /// @param stage in a tunnel
    void learn(Stage stage) {
        Encapsulation tunnel = Objects.requireNonNull(stage.outer());
        if (tunnel.kind() == TunnelKind.VXLAN
                && frames < MAX_FRAMES
                && known.add(Hashes.ofInnerFrame(stage, tunnel.destination()))) {
            frames++;
            destinations
                    .computeIfAbsent(tunnel.destination(), vtep -> new HashMap<>(2))
                    .merge(stage.destinationMac(), 1, Integer::sum);
        }
    }

    /// Whether conversations work whose frames to `vtep` bear `mac`, as far as that is known.
    public boolean mayWork(Address vtep, long mac) {
        return frames >= MAX_FRAMES || destinations.getOrDefault(vtep, Map.of()).containsKey(mac);
    }

    /// The MAC that frames to `vtep` bear whoever they are for; empty when they bear several, which are the
    /// pods' own in some overlays.
    public OptionalLong of(Address vtep) {
        Map<Long, Integer> macs = destinations.getOrDefault(vtep, Map.of());
        return macs.size() == 1
                ? macs.entrySet().stream()
                        .filter(mac -> mac.getValue() > 1)
                        .mapToLong(Map.Entry::getKey)
                        .findFirst()
                : OptionalLong.empty();
    }
}
