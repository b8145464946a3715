package hopline.decode.stage;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.decode.Packets;
import hopline.decode.header.TcpHeader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/// Whatever is seen in whatever order, every record ends in exactly one journey.
class JourneysPropertyTest {

    private static final List<String> POINTS = List.of("a/v-one", "a/v-two", "a/eth0", "b/eth0", "b/v-web");

    /// Few packets that resemble each other in every way that could confuse them.
    private static final List<Sketch> PACKETS = packets();

    record Sighting(int point, int micros, int packet) {}

    private static List<Sketch> packets() {
        Sketch segment = Sketch.tcp("10.0.0.1:4000", "10.99.0.1:80").data(100);
        Sketch datagram = Sketch.udp("10.0.0.1:4000", "10.99.0.1:53", Packets.dnsQuery(1, "a", 1));
        List<Sketch> packets = new ArrayList<>(List.of(
                segment,
                segment.flags(TcpHeader.SYN),
                segment.data(4_000),
                segment.data(1_400).sequence(2_400),
                segment.data(0),
                segment.identification(0),
                datagram,
                datagram.identification(9).fragment(0, true),
                datagram.identification(9).fragment(8, false),
                Sketch.udp("10.0.0.1:4000", "10.99.0.1:9000", Packets.octets(20)),
                Sketch.ping("10.0.0.1", "10.99.0.1", 1, 1),
                Sketch.whoHas("10.0.0.2", "10.0.0.1")));
        for (Sketch packet : List.copyOf(packets)) {
            packets.add(packet.routed());
            packets.add(packet.from("10.20.0.1:61000"));
            packets.add(packet.to("10.0.0.2:8080").inVxlan("10.20.0.1", "10.20.0.2", 7));
            packets.add(packet.from("10.99.0.1:80").to("10.0.0.1:4000"));
        }
        return packets;
    }

    @Provide
    Arbitrary<List<Sighting>> sightings() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, POINTS.size() - 1),
                        Arbitraries.integers().between(0, 4_000_000),
                        Arbitraries.integers().between(0, PACKETS.size() - 1))
                .as(Sighting::new)
                .list()
                .ofMaxSize(40)
                .withoutEdgeCases(); // there are more of them than tries
    }

    @Property(tries = 300)
    void everyRecordEndsInOneJourney(
            @ForAll("sightings") List<Sighting> sightings, @ForAll @IntRange(min = 1, max = 50) int maxOpen) {
        List<Long> records = new ArrayList<>();
        Journeys journeys = new Journeys(
                journey -> {
                    assertThat(journey.stages()).hasSize(journey.size());
                    journey.stages().forEach(stage -> records.add(stage.record()));
                },
                maxOpen);
        TimeOrder order = new TimeOrder(journeys);
        see(sightings).forEach(stage -> Scene.add(order, stage));
        order.finish();
        journeys.finish();

        assertThat(records).doesNotHaveDuplicates().hasSize(sightings.size());
    }

    /// Files hold records out of order; that must not change what is tied to what.
    @Property(tries = 300)
    void theOrderOfTheFileDoesNotMatter(@ForAll("sightings") List<Sighting> sightings, @ForAll Random random) {
        List<Stage> shuffled = new ArrayList<>(see(sightings));
        Collections.shuffle(shuffled, random);

        assertThat(ties(shuffled)).isEqualTo(ties(see(sightings)));
    }

    /// The stages of a packet follow each other in time, and none comes after its journey's time is over.
    @Property(tries = 300)
    void aJourneyIsInOrderAndInTime(@ForAll("sightings") List<Sighting> sightings) {
        Journeys journeys = new Journeys(journey -> {
            assertThat(journey.stages()).extracting(Stage::epochNanos).isSorted();
            assertThat(journey.last().epochNanos() - journey.first().epochNanos())
                    .isLessThanOrEqualTo(Journeys.WINDOW_NANOS);
        });
        TimeOrder order = new TimeOrder(journeys);
        see(sightings).forEach(stage -> Scene.add(order, stage));
        order.finish();
        journeys.finish();

        assertThat(journeys.begun()).isLessThanOrEqualTo(sightings.size());
    }

    private static Set<String> ties(List<Stage> stages) {
        Set<String> ties = new TreeSet<>();
        Journeys journeys = new Journeys(journey ->
                ties.add(journey.stages().stream().map(Stage::record).toList().toString()));
        TimeOrder order = new TimeOrder(journeys);
        stages.forEach(stage -> Scene.add(order, stage));
        order.finish();
        journeys.finish();
        return ties;
    }

    private static List<Stage> see(List<Sighting> sightings) {
        Scene scene = new Scene();
        for (Sighting sighting : sightings) {
            scene.see(POINTS.get(sighting.point()), sighting.micros(), PACKETS.get(sighting.packet()));
        }
        return scene.stages();
    }
}
