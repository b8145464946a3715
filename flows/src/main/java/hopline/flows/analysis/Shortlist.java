package hopline.flows.analysis;

import hopline.flows.rule.Verdict;
import hopline.flows.scene.FlowCase;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/// The flows to report: first those that a finding names, then the largest; at most so many are kept.
final class Shortlist {

    /// A flow that was judged.
    ///
    /// @param octets of the flow: told beside it, because most flows are only compared
    record Entry(FlowCase flow, Verdict verdict, boolean named, long octets, long number) {

        Entry(FlowCase flow, Verdict verdict, boolean named) {
            this(flow, verdict, named, flow.flow().octets(), flow.flow().number());
        }
    }

    /// The least worth reporting first.
    private static final Comparator<Entry> LEAST = (a, b) -> {
        if (a.named != b.named) {
            return a.named ? 1 : -1;
        }
        return a.octets != b.octets ? Long.compare(a.octets, b.octets) : Long.compare(b.number, a.number);
    };

    private final int size;
    private final PriorityQueue<Entry> entries = new PriorityQueue<>(LEAST);

    /// Keeps at most `size` flows.
    Shortlist(int size) {
        this.size = size;
    }

    void add(Entry entry) {
        if (entries.size() < size) {
            entries.add(entry);
        } else if (size > 0 && LEAST.compare(entry, entries.peek()) > 0) {
            entries.remove();
            entries.add(entry);
        }
    }

    /// The most worth reporting first; of equal ones the one found first.
    List<Entry> inOrder() {
        return entries.stream().sorted(LEAST.reversed()).toList();
    }
}
