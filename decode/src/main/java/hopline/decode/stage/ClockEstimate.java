package hopline.decode.stage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How one clock runs against another, told from packets that both stamped.
///
/// A packet from the first clock's node to the second's arrives after it left: the second clock is ahead by at most
/// the difference of the stamps. A packet the other way bounds it from below. The offset lies between; half the
/// distance is the uncertainty. A clock that was set during the capture has several offsets, each from some record on.
///
/// @param eras one for each stretch between steps of the clock, in the order of records; empty when no packet was
///     stamped by both
/// @param pairs packets that both stamped
public record ClockEstimate(List<Era> eras, int pairs) {

    /// A clock that deviates by more than this from its era's packets, and does so again, was set.
    private static final long STEP_NANOS = 250_000_000;

    /// The same, when fewer samples could tell: two that agree this well.
    private static final long AGREEMENT_NANOS = 100_000_000;

    /// Packets whose middle stands for an era's last known offset.
    private static final int RECENT = 15;

    /// Odd packets exist; when more conversations than this contradict each other, the clock drifts.
    private static final double MAX_BROKEN = 0.1;

    /// Contradictions below this change no order that matters.
    private static final long HARMLESS_NANOS = 1_000_000;

    /// Assumed where packets were seen in one direction only.
    private static final long ONE_WAY_UNCERTAINTY_NANOS = 1_000_000;

    public ClockEstimate {
        eras = List.copyOf(eras);
    }

    /// A stretch of a capture during which its clock was not set.
    ///
    /// @param afterRecord the last record known to lie before it; 0 for the first era
    /// @param byRecord the first record known to lie in it
    /// @param middleNanos records between the two belong to it when their stamps lie beyond this, the way the clock
    ///     was set
    /// @param offsetNanos how far the clock is ahead, negative when behind
    /// @param uncertaintyNanos the true offset is off by at most this
    /// @param consistent false when packets contradict each other by more than the uncertainty: the clock drifts
    /// @param pairs packets that both clocks stamped in this era
    public record Era(
            long afterRecord,
            long byRecord,
            long middleNanos,
            long offsetNanos,
            long uncertaintyNanos,
            boolean consistent,
            int pairs) {}

    /// One packet on two clocks.
    ///
    /// @param record its number in the second clock's file
    /// @param nanos the second clock's first stamp
    /// @param conversation the same for both directions
    /// @param upward tells the two directions apart
    /// @param away positive when time to live tells that it went from the first clock's node to the second's,
    ///     negative for the other way, 0 when it does not tell
    /// @param earliest the second clock's first stamp less the first clock's last
    /// @param latest the second clock's last stamp less the first clock's first
    record Sample(long record, long nanos, long conversation, boolean upward, int away, long earliest, long latest) {

        long middle() {
            return earliest / 2 + latest / 2;
        }
    }

    /// Both clocks are one.
    public static ClockEstimate same() {
        return new ClockEstimate(List.of(new Era(0, 0, 0, 0, 0, true, 0)), 0);
    }

    /// The era with the most packets, when there is any.
    public Optional<Era> mainEra() {
        return eras.stream().max((a, b) -> Integer.compare(a.pairs(), b.pairs()));
    }

    /// How far the clock is ahead at a record of its own file, in nanoseconds; 0 where nothing is known.
    ///
    /// @param record the record's number
    /// @param nanos its uncorrected stamp
    public long offsetNanos(long record, long nanos) {
        int i = eras.size() - 1;
        while (i > 0 && !hasBegun(i, record, nanos)) {
            i--;
        }
        return i < 0 ? 0 : eras.get(i).offsetNanos();
    }

    private boolean hasBegun(int i, long record, long nanos) {
        Era era = eras.get(i);
        if (record <= era.afterRecord() || record >= era.byRecord()) {
            return record >= era.byRecord();
        }
        boolean setForward = era.offsetNanos() > eras.get(i - 1).offsetNanos();
        return setForward ? nanos > era.middleNanos() : nanos < era.middleNanos();
    }

    static ClockEstimate of(List<Sample> samples) {
        List<Sample> ordered = new ArrayList<>(samples);
        ordered.sort((a, b) -> Long.compare(a.record(), b.record()));
        List<List<Sample>> stretches = split(ordered);
        List<Era> eras = new ArrayList<>();
        for (int i = 0; i < stretches.size(); i++) {
            eras.add(era(i == 0 ? List.of() : stretches.get(i - 1), stretches.get(i)));
        }
        return new ClockEstimate(eras, samples.size());
    }

    /// Cuts where the clock was set. A single packet that disagrees with all others is passed over.
    private static List<List<Sample>> split(List<Sample> ordered) {
        List<List<Sample>> stretches = new ArrayList<>();
        List<Sample> current = new ArrayList<>();
        for (int i = 0; i < ordered.size(); i++) {
            Sample sample = ordered.get(i);
            if (current.isEmpty() || Math.abs(sample.middle() - recent(current)) <= STEP_NANOS) {
                current.add(sample);
            } else if (i + 1 < ordered.size() && agree(sample, ordered.get(i + 1))) {
                stretches.add(current);
                current = new ArrayList<>(List.of(sample));
            }
        }
        if (!current.isEmpty()) {
            stretches.add(current);
        }
        return stretches;
    }

    private static boolean agree(Sample a, Sample b) {
        return Math.abs(a.middle() - b.middle()) <= AGREEMENT_NANOS;
    }

    private static long recent(List<Sample> stretch) {
        long[] middles = stretch.subList(Math.max(0, stretch.size() - RECENT), stretch.size()).stream()
                .mapToLong(Sample::middle)
                .sorted()
                .toArray();
        return middles[middles.length / 2];
    }

    private static Era era(List<Sample> before, List<Sample> samples) {
        Bounds bounds = bounds(samples);
        long after = before.isEmpty() ? 0 : before.getLast().record();
        long middle = before.isEmpty()
                ? 0
                : before.getLast().nanos() / 2 + samples.getFirst().nanos() / 2;
        return new Era(
                after,
                samples.getFirst().record(),
                middle,
                bounds.offset(samples),
                bounds.uncertainty(),
                bounds.broken() <= MAX_BROKEN,
                samples.size());
    }

    /// The offset is at least `low` and at most `high`; the ends of the range where nothing bounds it.
    ///
    /// @param broken what share of the conversations this contradicts
    private record Bounds(long low, long high, double broken) {

        private boolean hasLow() {
            return low != Long.MIN_VALUE;
        }

        private boolean hasHigh() {
            return high != Long.MAX_VALUE;
        }

        private long offset(List<Sample> samples) {
            if (hasLow() && hasHigh()) {
                return low / 2 + high / 2;
            }
            if (hasLow() || hasHigh()) {
                return hasLow() ? low : high;
            }
            return recent(samples);
        }

        private long uncertainty() {
            return hasLow() && hasHigh() ? (high - low) / 2 + 1 : ONE_WAY_UNCERTAINTY_NANOS;
        }
    }

    /// What one conversation's packets in one direction allow.
    private static final class Direction {

        private long leastEarliest = Long.MAX_VALUE;
        private long mostLatest = Long.MIN_VALUE;
        private int away;

        private void add(Sample sample) {
            leastEarliest = Math.min(leastEarliest, sample.earliest());
            mostLatest = Math.max(mostLatest, sample.latest());
            away += sample.away();
        }

        private boolean isEmpty() {
            return leastEarliest == Long.MAX_VALUE;
        }
    }

    private static Bounds bounds(List<Sample> samples) {
        Map<Long, Direction[]> conversations = new HashMap<>();
        for (Sample sample : samples) {
            Direction[] directions = conversations.computeIfAbsent(
                    sample.conversation(), c -> new Direction[] {new Direction(), new Direction()});
            directions[sample.upward() ? 1 : 0].add(sample);
        }
        List<Bounds> all = new ArrayList<>();
        conversations.values().forEach(directions -> all.add(bounds(directions[0], directions[1])));
        return agreed(all);
    }

    /// What most conversations agree on: the stretch between a lower and the next upper bound that contradicts fewest.
    private static Bounds agreed(List<Bounds> all) {
        long[] lows = all.stream()
                .mapToLong(Bounds::low)
                .filter(low -> low != Long.MIN_VALUE)
                .sorted()
                .toArray();
        long[] highs = all.stream()
                .mapToLong(Bounds::high)
                .filter(high -> high != Long.MAX_VALUE)
                .sorted()
                .toArray();
        int best = Integer.MAX_VALUE;
        long bestLow = Long.MIN_VALUE;
        long bestHigh = Long.MAX_VALUE;
        for (int i = 0; i <= lows.length; i++) {
            long low = i == 0 ? Long.MIN_VALUE : lows[i - 1];
            int below = firstNotBelow(highs, low);
            int broken = lows.length - i + below;
            if (broken < best) {
                best = broken;
                bestLow = low;
                bestHigh = below < highs.length ? highs[below] : Long.MAX_VALUE;
            }
        }
        return new Bounds(bestLow, bestHigh, broken(lows, highs, bestLow, bestHigh));
    }

    /// The share of bounds that the stretch misses by more than can matter.
    private static double broken(long[] lows, long[] highs, long low, long high) {
        long missed = Arrays.stream(lows)
                        .filter(bound -> high != Long.MAX_VALUE && bound - high > HARMLESS_NANOS)
                        .count()
                + Arrays.stream(highs)
                        .filter(bound -> low != Long.MIN_VALUE && low - bound > HARMLESS_NANOS)
                        .count();
        return (double) missed / Math.max(1, lows.length + highs.length);
    }

    /// How many of `sorted` are less than `value`.
    private static int firstNotBelow(long[] sorted, long value) {
        int at = Arrays.binarySearch(sorted, value);
        if (at < 0) {
            return -at - 1;
        }
        while (at > 0 && sorted[at - 1] == value) {
            at--;
        }
        return at;
    }

    /// Which of the two directions leads away from the first clock is told by time to live, else by which of the two
    /// assumptions leaves room for the offset.
    private static Bounds bounds(Direction a, Direction b) {
        int away = Integer.signum(a.away - b.away);
        if (away == 0 && !a.isEmpty() && !b.isEmpty()) {
            away = a.leastEarliest >= b.mostLatest ? 1 : -1;
        }
        if (away == 0) {
            return new Bounds(Long.MIN_VALUE, Long.MAX_VALUE, 0);
        }
        Direction there = away > 0 ? a : b;
        Direction back = away > 0 ? b : a;
        return new Bounds(back.mostLatest, there.leastEarliest, 0);
    }
}
