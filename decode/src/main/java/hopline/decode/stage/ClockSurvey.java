package hopline.decode.stage;

import hopline.decode.stage.ClockEstimate.Sample;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/// Finds packets that several clocks stamped, to tell how far the clocks are apart.
///
/// Every input's stages pass through here, uncorrected, before the analysis proper. Packets are chosen by their
/// content, so that all clocks choose the same ones; when they become too many, half are forgotten, again by content.
///
/// Bounded: at most [#MAX_PACKETS] are remembered. Single-threaded.
public final class ClockSurvey {

    static final int MAX_PACKETS = 100_000;

    /// Nobody sends anything again as soon as that.
    private static final long TWICE_NANOS = 100_000;

    /// One packet on one clock; ambiguous when it passed one point twice, as two equal packets do. With a number, or at
    /// nearly the same time, it was only recorded twice.
    private static final class Sighting {

        private final int clock;
        private final long record;
        private final Stage stage;
        private long first;
        private long last;
        private final List<Integer> places = new ArrayList<>(2);
        private int highestTtl;
        private int lowestTtl;
        private boolean ambiguous;

        private Sighting(int clock, Stage stage) {
            this.clock = clock;
            this.record = stage.record;
            this.stage = stage;
            this.first = stage.epochNanos;
            this.last = stage.epochNanos;
            this.highestTtl = stage.timeToLive;
            this.lowestTtl = stage.timeToLive;
            this.places.add(place(stage));
        }

        /// The same packet on two clocks that are one.
        private Sighting(Sighting some, Sighting others) {
            this.clock = some.clock;
            this.record = some.record;
            this.stage = some.stage;
            this.first = Math.min(some.first, others.first);
            this.last = Math.max(some.last, others.last);
            this.highestTtl = Math.max(some.highestTtl, others.highestTtl);
            this.lowestTtl = Math.min(some.lowestTtl, others.lowestTtl);
            this.places.addAll(some.places);
            this.places.addAll(others.places);
            this.ambiguous = some.ambiguous
                    || others.ambiguous
                    || (!Collections.disjoint(some.places, others.places)
                            && !isRecordedTwice(some.stage, others.stage));
        }

        private void add(Stage again) {
            first = Math.min(first, again.epochNanos);
            last = Math.max(last, again.epochNanos);
            highestTtl = Math.max(highestTtl, again.timeToLive);
            lowestTtl = Math.min(lowestTtl, again.timeToLive);
            if (!places.contains(place(again))) {
                places.add(place(again));
            } else if (!isRecordedTwice(stage, again)) {
                ambiguous = true;
            }
        }

        private static boolean isRecordedTwice(Stage one, Stage other) {
            return Content.isNumbered(other) || Math.abs(other.epochNanos - one.epochNanos) <= TWICE_NANOS;
        }

        private static int place(Stage stage) {
            return stage.point.id() << 8 | stage.timeToLive;
        }

        /// Time to live does not rise on the way: all of it here is at least all of it there.
        private boolean isBefore(Sighting other) {
            return lowestTtl >= other.highestTtl;
        }
    }

    private final Map<Long, List<Sighting>> packets = new HashMap<>();
    private long forgottenBits;

    /// Nothing surveyed yet.
    public ClockSurvey() {}

    /// Notes that `clock` stamped `stage`; true when the stage is kept and must not be used again.
    public boolean add(int clock, Stage stage) {
        if (!stage.isIp() || !Content.isStrong(stage) || stage.detail != null) {
            return false;
        }
        long key = key(stage);
        if ((key & forgottenBits) != 0) {
            return false;
        }
        List<Sighting> sightings = packets.computeIfAbsent(key, k -> new ArrayList<>(1));
        for (Sighting known : sightings) {
            if (known.clock == clock) {
                known.add(stage);
                return false;
            }
        }
        sightings.add(new Sighting(clock, stage));
        forgetSome();
        return true;
    }

    /// The addresses count, too: on the wire between them, both clocks see the same.
    private static long key(Stage stage) {
        long content = Mix.of(Content.key(stage), stage.timestamps ^ stage.head0 ^ stage.identification);
        return Mix.of(Mix.of(content, (long) stage.flags << 32 | stage.payloadLength), stage.tupleHash());
    }

    private void forgetSome() {
        if (packets.size() > MAX_PACKETS) {
            forgottenBits = forgottenBits << 1 | 1;
            packets.keySet().removeIf(key -> (key & forgottenBits) != 0);
        }
    }

    /// How many packets tell how two of the nodes' clocks run against each other, by the numbers of both.
    ///
    /// @param nodeOf the number of the node that each clock is of, from 0
    /// @param nodes how many there are
    public int[][] shared(List<Integer> nodeOf, int nodes) {
        int[][] shared = new int[nodes][nodes];
        for (List<Sighting> sightings : packets.values()) {
            int[] here = sightings.stream()
                    .mapToInt(sighting -> nodeOf.get(sighting.clock))
                    .distinct()
                    .toArray();
            for (int a : here) {
                for (int b : here) {
                    if (a < b
                            && sample(sightings, clock -> nodeOf.get(clock) == a, clock -> nodeOf.get(clock) == b)
                                    != null) {
                        shared[a][b]++;
                        shared[b][a]++;
                    }
                }
            }
        }
        return shared;
    }

    /// How one node's clock runs against another's.
    ///
    /// @param reference whether the clock of that number is the one
    /// @param other whether it is the other
    public ClockEstimate estimate(IntPredicate reference, IntPredicate other) {
        List<Sample> samples = new ArrayList<>();
        for (List<Sighting> sightings : packets.values()) {
            Sample sample = sample(sightings, reference, other);
            if (sample != null) {
                samples.add(sample);
            }
        }
        return ClockEstimate.of(samples);
    }

    /// What a packet tells of two clocks, or null.
    private static @Nullable Sample sample(List<Sighting> sightings, IntPredicate reference, IntPredicate other) {
        Sighting a = of(sightings, reference);
        Sighting b = a == null || a.ambiguous ? null : of(sightings, other);
        return a != null && b != null && !b.ambiguous && (a.isBefore(b) || b.isBefore(a)) ? sample(a, b) : null;
    }

    private static Sample sample(Sighting a, Sighting b) {
        long conversation = Mix.of(b.stage.sourceLow + b.stage.destinationLow, b.stage.protocol);
        boolean upward = Long.compareUnsigned(b.stage.sourceLow, b.stage.destinationLow) < 0;
        int away = Boolean.compare(a.isBefore(b), b.isBefore(a));
        return new Sample(b.record, b.first, conversation, upward, away, b.first - a.last, b.last - a.first);
    }

    private static @Nullable Sighting of(List<Sighting> sightings, IntPredicate clocks) {
        Sighting found = null;
        for (Sighting sighting : sightings) {
            if (clocks.test(sighting.clock)) {
                found = found == null ? sighting : new Sighting(found, sighting);
            }
        }
        return found;
    }
}
