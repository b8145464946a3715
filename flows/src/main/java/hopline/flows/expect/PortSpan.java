package hopline.flows.expect;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Consecutive numbers: ports or protocols.
record PortSpan(int first, int last) {

    private static final int MOST = 0xffff;

    boolean contains(int number) {
        return number >= first && number <= last;
    }

    boolean isSingle() {
        return first == last;
    }

    static PortSpan of(int number) {
        return new PortSpan(number, number);
    }

    /// From `53`, `8000-8080`, `8000:8080`, or several with commas; empty when one of them is none of these.
    static Optional<List<PortSpan>> parse(String text) {
        List<PortSpan> spans = new ArrayList<>();
        for (String part : text.split("[,\\s]+", -1)) {
            String[] ends = part.split("[-:]", -1);
            if (ends.length > 2 || !isNumber(ends[0]) || !isNumber(ends[ends.length - 1])) {
                return Optional.empty();
            }
            spans.add(new PortSpan(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1])));
        }
        return Optional.of(spans);
    }

    private static boolean isNumber(String text) {
        return text.matches("\\d{1,5}") && Integer.parseInt(text) <= MOST;
    }
}
