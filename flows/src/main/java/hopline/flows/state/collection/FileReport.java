package hopline.flows.state.collection;

import hopline.flows.state.text.Damage;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What one file held, and what of it could not be read.
///
/// @param file as the user knows it
/// @param node the node it tells about; empty for lists of the whole cluster
/// @param holds how many facts of each kind, by the kind's name
/// @param damage what was wrong in it and forgiven
/// @param unreadLines how many lines were of no known kind
/// @param firstUnread the number of the first of those; 0 when there is none
/// @param problem why it could not be used, or where reading stopped
public record FileReport(
        String file,
        Optional<String> node,
        Map<String, Integer> holds,
        List<Damage.Note> damage,
        long unreadLines,
        int firstUnread,
        Optional<String> problem) {

    public FileReport {
        holds = Map.copyOf(holds);
        damage = List.copyOf(damage);
    }

    /// Where it was cut, by its own form.
    public Optional<String> cut() {
        return damage.stream()
                .filter(Damage.Note::isLoss)
                .map(Damage.Note::toString)
                .findFirst();
    }

    /// Whether anything of use was in it.
    public boolean isUsed() {
        return !holds.isEmpty();
    }
}
