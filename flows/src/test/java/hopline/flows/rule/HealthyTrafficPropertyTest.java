package hopline.flows.rule;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.flows.site.Report;
import hopline.flows.site.Site;
import hopline.flows.site.Style;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;

/// Where nothing is wrong nothing is found, however little of it was captured.
class HealthyTrafficPropertyTest {

    private static final int TRIES = 100;

    /// Fixed, so that no build fails by chance. Another one searches further.
    private static final String SEED = "7543944774569633960";

    private static Site healthy(Style style, Random random) {
        return new Site(style)
                .chatter(random, 10 + random.nextInt(30))
                .pause(random.nextDouble() * 3)
                .chatter(random, 20)
                .inOrder();
    }

    @Property(tries = TRIES, seed = SEED, shrinking = ShrinkingMode.OFF)
    void someOfThePointsWereCaptured(
            @ForAll Style style, @ForAll long seed, @ForAll @IntRange(min = 1, max = 9) int share) {
        Random random = new Random(seed);
        Site site = healthy(style, random);
        for (String place : site.places()) {
            if (random.nextInt(10) >= share) {
                site.withoutPoint(place);
            }
        }

        assertThat(site.analyze().faults()).isEmpty();
    }

    @Property(tries = TRIES, seed = SEED, shrinking = ShrinkingMode.OFF)
    void nothingIsKnownOfTheCluster(
            @ForAll Style style, @ForAll long seed, @ForAll @IntRange(min = 3, max = 10) int share) {
        Random random = new Random(seed);
        Site site = healthy(style, random);
        for (String place : site.places()) {
            if (random.nextInt(10) >= share) {
                site.withoutPoint(place);
            }
        }

        assertThat(site.analyzeWithoutLists().faults()).isEmpty();
    }

    @Property(tries = TRIES, seed = SEED, shrinking = ShrinkingMode.OFF)
    void aFileBreaksOff(@ForAll Style style, @ForAll long seed, @ForAll @IntRange(min = 10, max = 1000) int share) {
        Site site = healthy(style, new Random(seed));
        Map<String, byte[]> files = new LinkedHashMap<>(site.files());
        files.computeIfPresent(
                "west.pcapng", (name, file) -> Arrays.copyOf(file, (int) ((long) file.length * share / 1000)));

        Report report = Site.analyze(Site.inputs(files), site.lists().cluster());

        assertThat(report.faults()).isEmpty();
    }

    @Property(tries = TRIES, seed = SEED, shrinking = ShrinkingMode.OFF)
    void captureBeginsAndEndsSomewhere(@ForAll Style style, @ForAll long seed) {
        Random random = new Random(seed);
        Site site = healthy(style, random);
        long first = site.recordings().getFirst().nanos();
        long last = site.recordings().getLast().nanos();
        long from = first + (long) (random.nextDouble() * (last - first) / 2);
        long until = last - (long) (random.nextDouble() * (last - first) / 2);
        site.changeRecordings(recordings -> recordings.stream()
                .filter(recording -> recording.nanos() >= from && recording.nanos() <= until)
                .toList());

        assertThat(site.analyze().faults()).isEmpty();
    }

    @Property(tries = TRIES, seed = SEED, shrinking = ShrinkingMode.OFF)
    void onlyHeadersWereCaptured(
            @ForAll Style style, @ForAll long seed, @ForAll @IntRange(min = 160, max = 250) int snapLength) {
        Site site = healthy(style, new Random(seed));
        site.changeRecordings(recordings -> recordings.stream()
                .map(recording -> recording.cutTo(snapLength))
                .toList());

        assertThat(site.analyze().faults()).isEmpty();
    }
}
