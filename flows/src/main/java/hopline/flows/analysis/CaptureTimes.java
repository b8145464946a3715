package hopline.flows.analysis;

import hopline.capture.CapturePoint;
import hopline.flows.path.Coverage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The first and the last time in each input at each node.
final class CaptureTimes {

    private final Map<String, Times> ofNode = new HashMap<>();

    /// By the number of a capture point, that of its node.
    private Times[] ofPoint = {};

    /// Of one node, by input.
    private static final class Times {

        /// The number of the first input of this node: as files are sorted by name, the others follow it closely.
        private int begin;

        private long[] first = {};
        private long[] last = {};

        private void note(int input, long epochNanos) {
            int at = input - begin;
            if (at < 0 || at >= first.length) {
                makeRoom(input);
                at = input - begin;
            }
            first[at] = Math.min(first[at], epochNanos);
            last[at] = Math.max(last[at], epochNanos);
        }

        private void makeRoom(int input) {
            int newBegin = first.length == 0 ? input : Math.min(begin, input);
            int shift = first.length == 0 ? 0 : begin - newBegin;
            int length = Math.max(input - newBegin + 1, shift + 2 * first.length);
            long[] newFirst = new long[length];
            long[] newLast = new long[length];
            Arrays.fill(newFirst, Long.MAX_VALUE);
            Arrays.fill(newLast, Long.MIN_VALUE);
            System.arraycopy(first, 0, newFirst, shift, first.length);
            System.arraycopy(last, 0, newLast, shift, last.length);
            begin = newBegin;
            first = newFirst;
            last = newLast;
        }

        private List<Coverage.Span> spans() {
            List<Coverage.Span> spans = new ArrayList<>();
            for (int i = 0; i < first.length; i++) {
                if (first[i] <= last[i]) {
                    spans.add(new Coverage.Span(first[i], last[i]));
                }
            }
            return spans;
        }
    }

    /// Notes a record of that input.
    void note(CapturePoint at, int input, long epochNanos) {
        int point = at.id();
        if (point >= ofPoint.length) {
            ofPoint = Arrays.copyOf(ofPoint, Math.max(2 * point, point + 1));
        }
        Times times = ofPoint[point];
        if (times == null) {
            times = ofNode.computeIfAbsent(at.node(), node -> new Times());
            ofPoint[point] = times;
        }
        times.note(input, epochNanos);
    }

    /// When each node was captured, as far as was noted.
    Coverage coverage() {
        Map<String, List<Coverage.Span>> spans = new HashMap<>();
        ofNode.forEach((node, times) -> spans.put(node, times.spans()));
        return new Coverage(spans);
    }
}
