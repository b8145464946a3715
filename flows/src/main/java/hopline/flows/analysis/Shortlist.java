package hopline.flows.analysis;

import hopline.flows.Flow;
import hopline.flows.rule.FlowCase;
import hopline.flows.rule.Verdict;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/// The flows to report: first those that a finding names, then the largest; at most so many are kept.
final class Shortlist {

    /// A flow that was judged.
    record Entry(FlowCase flow, Verdict verdict, boolean named) {

        private Flow traffic() {
            return flow.flow();
        }
    }

    /// The least worth reporting first.
    private static final Comparator<Entry> LEAST = Comparator.<Entry, Boolean>comparing(Entry::named)
            .thenComparingLong(entry -> entry.traffic().octets())
            .thenComparing(entry -> entry.traffic().number(), Comparator.reverseOrder());

    private final int size;
    private final PriorityQueue<Entry> entries = new PriorityQueue<>(LEAST);

    /// Keeps at most `size` flows.
    Shortlist(int size) {
        this.size = size;
    }

    void add(Entry entry) {
        entries.add(entry);
        if (entries.size() > size) {
            entries.remove();
        }
    }

    /// In the order flows were found.
    List<Entry> inOrder() {
        return entries.stream()
                .sorted(Comparator.comparingLong(entry -> entry.traffic().number()))
                .toList();
    }
}
