package hopline.flows.scene;

import hopline.decode.Address;
import hopline.flows.scene.Resolutions.Resolution;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// An address for which two hosts answered somebody's questions.
///
/// @param answers where and by whom
public record AddressClash(Address asker, Address target, Rivalry answers) {

    /// GLBP gives its routers' MACs out in turn, under one address.
    private static final long GLBP = 0x0007_b4L;

    private static final int LOWER_HALF = 24;

    /// One for each address, in the order in which they were asked for.
    static List<AddressClash> of(Resolutions resolutions) {
        Map<Address, AddressClash> clashes = new LinkedHashMap<>();
        for (Resolution resolution : resolutions.all()) {
            for (Rivalry answers : resolution.answers()) {
                if (answers.isConflict() && !isGlbp(answers)) {
                    clashes.putIfAbsent(
                            resolution.target(), new AddressClash(resolution.asker(), resolution.target(), answers));
                }
            }
        }
        if (clashes.isEmpty()) {
            return List.of();
        }
        Map<Long, Set<Address>> held = held(resolutions);
        return clashes.values().stream()
                .filter(clash -> !isOneHost(clash.answers(), held))
                .toList();
    }

    private static boolean isGlbp(Rivalry answers) {
        return answers.firstMac() >>> LOWER_HALF == GLBP && answers.otherMac() >>> LOWER_HALF == GLBP;
    }

    /// For which addresses each MAC answers.
    private static Map<Long, Set<Address>> held(Resolutions resolutions) {
        Map<Long, Set<Address>> held = new HashMap<>();
        for (Resolution resolution : resolutions.all()) {
            for (Rivalry answers : resolution.answers()) {
                held.computeIfAbsent(answers.firstMac(), mac -> new HashSet<>(2))
                        .add(resolution.target());
                if (answers.other() != null) {
                    held.computeIfAbsent(answers.otherMac(), mac -> new HashSet<>(2))
                            .add(resolution.target());
                }
            }
        }
        return held;
    }

    /// A Linux host with two interfaces in one network answers for all its addresses on both.
    private static boolean isOneHost(Rivalry answers, Map<Long, Set<Address>> held) {
        Set<Address> first = Objects.requireNonNull(held.get(answers.firstMac()));
        Set<Address> other = Objects.requireNonNull(held.get(answers.otherMac()));
        return first.stream().filter(other::contains).count() > 1;
    }
}
