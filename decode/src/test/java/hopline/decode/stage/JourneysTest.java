package hopline.decode.stage;

import static hopline.decode.Packets.dnsQuery;
import static hopline.decode.Packets.octets;
import static org.assertj.core.api.Assertions.assertThat;

import hopline.decode.Packets;
import hopline.decode.header.TcpHeader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class JourneysTest {

    private static final String POD = "10.50.1.11:41234";
    private static final String VIP = "10.99.7.7:80";
    private static final String DIP = "10.50.2.21:8080";
    private static final String VTEP_A = "10.20.0.11";
    private static final String VTEP_B = "10.20.0.12";

    private static final Sketch SYN = Sketch.tcp(POD, VIP).flags(TcpHeader.SYN);
    private static final Sketch SYN_ACK = Sketch.tcp(DIP, POD)
            .flags(TcpHeader.SYN | TcpHeader.ACK)
            .sequence(5_000)
            .acknowledgment(1_001);

    private static final Sketch REQUEST = Sketch.udp("10.50.1.11:5000", "10.99.7.7:9000", octets(60));
    private static final Sketch ANSWER = Sketch.udp("10.50.2.21:9000", "10.50.1.11:5000", octets(70));
    private static final Sketch QUESTION =
            Sketch.udp("10.50.1.11:5353", "10.96.0.10:53", dnsQuery(1, "web.shop.svc", 1));
    private static final Sketch LARGE = Sketch.tcp(POD, DIP).data(4_344);

    /// What is seen where, and which of the records are one packet.
    record Tale(String what, Consumer<Scene> story, List<String> ties) {

        @Override
        public String toString() {
            return what;
        }
    }

    private static Tale tale(String what, Consumer<Scene> story, String... packets) {
        return new Tale(what, story, List.of(packets));
    }

    private static void request(Scene scene) {
        scene.see("a/v-client", 0, REQUEST);
        scene.see("a/vx0", 50, REQUEST.to("10.50.2.21:9000").routed());
    }

    private static void slowAnswer(Scene scene) {
        scene.see("a/vx0", 5_000, ANSWER);
        scene.see("a/v-client", 7_000, ANSWER.from("10.99.7.7:9000").routed());
    }

    private static void segments(Scene scene, String point, long micros) {
        for (int i = 0; i < 3; i++) {
            scene.see(
                    point,
                    micros + i,
                    LARGE.data(1_448).sequence(1_000 + i * 1_448).identification(7 + i));
        }
    }

    static final List<Tale> TALES = tales();

    private static List<Tale> tales() {
        return List.of(
                tale(
                        "a bridge copies a packet from port to port",
                        scene -> {
                            scene.see("a/v-client", 0, SYN);
                            scene.see("a/cni0", 5, SYN);
                            scene.see("a/eth0", 9, SYN.routed());
                        },
                        "1 2 3"),
                tale(
                        "a service is translated, the packet encapsulated, carried over, and delivered",
                        scene -> {
                            Sketch toPod = SYN.to(DIP).routed();
                            scene.see("a/v-client", 0, SYN);
                            scene.see("a/vx0", 41, toPod);
                            scene.see("a/eth0", 52, toPod.inVxlan(VTEP_A, VTEP_B, 4_096));
                            scene.see("b/eth0", 300, toPod.inVxlan(VTEP_A, VTEP_B, 4_096));
                            scene.see("b/vx0", 310, toPod);
                            scene.see("b/v-web", 320, toPod.routed());
                        },
                        "1 2 3 4 5 6"),
                tale(
                        "two servers at two distances give one answer to one client",
                        scene -> {
                            Sketch answer = Sketch.udp(
                                            "75.75.75.75:53", "10.0.0.7:6138", dnsQuery(1, "web.shop.svc", 1))
                                    .ttl(58);
                            scene.see("a/eth0", 0, answer);
                            scene.see(
                                    "a/eth0",
                                    46_000,
                                    answer.from("75.75.76.76:53")
                                            .to("10.0.0.7:6232")
                                            .ttl(54));
                        },
                        "1",
                        "2"),
                tale(
                        "a router with one interface translates what it sends back",
                        scene -> {
                            Sketch answer = Sketch.udp(
                                            "75.75.75.75:53", "10.0.0.7:6138", dnsQuery(1, "web.shop.svc", 1))
                                    .ttl(58);
                            scene.see("a/eth0", 0, answer);
                            scene.see(
                                    "a/eth0",
                                    50,
                                    answer.from("75.75.76.76:53")
                                            .to("10.0.0.7:6232")
                                            .routed());
                        },
                        "1 2"),
                tale(
                        "the reply is restored on its way back",
                        scene -> {
                            scene.see("b/v-web", 0, SYN_ACK);
                            scene.see("a/eth0", 200, SYN_ACK.routed().inVxlan(VTEP_B, VTEP_A, 4_096));
                            scene.see("a/vx0", 210, SYN_ACK.routed());
                            scene.see(
                                    "a/v-client",
                                    220,
                                    SYN_ACK.from(VIP).routed().routed());
                        },
                        "1 2 3 4"),
                tale(
                        "both ends are translated at once",
                        scene -> {
                            scene.see("a/v-client", 0, SYN);
                            scene.see(
                                    "a/eth0",
                                    30,
                                    SYN.from("10.20.0.11:61000").to(DIP).routed());
                        },
                        "1 2"),
                tale(
                        "a pod's address is hidden on the way to the internet",
                        scene -> {
                            Sketch out = Sketch.tcp(POD, "93.184.216.34:443").data(200);
                            scene.see("a/v-client", 0, out);
                            scene.see("a/eth0", 30, out.from("10.20.0.11:50123").routed());
                        },
                        "1 2"),
                tale(
                        "an answer without marks of its own follows the translation its request taught",
                        scene -> {
                            request(scene);
                            slowAnswer(scene);
                        },
                        "1 2",
                        "3 4"),
                tale("and does not without it", JourneysTest::slowAnswer, "1", "2"),
                tale(
                        "a datagram whose source changes goes on at once",
                        scene -> {
                            scene.see("a/v-client", 0, REQUEST);
                            scene.see(
                                    "a/eth0",
                                    500,
                                    REQUEST.from("10.20.0.11:61000").routed());
                        },
                        "1 2"),
                tale(
                        "or is another",
                        scene -> {
                            scene.see("a/v-client", 0, REQUEST);
                            scene.see(
                                    "a/eth0",
                                    501,
                                    REQUEST.from("10.20.0.11:61000").routed());
                        },
                        "1",
                        "2"),
                tale(
                        "equal datagrams of two senders stay two",
                        scene -> {
                            Sketch other = REQUEST.from("10.50.1.12:5000").macs(0x02aa, 0x02bb);
                            scene.see("a/v-one", 0, REQUEST);
                            scene.see("a/v-two", 1, other);
                            scene.see("a/cni0", 2, REQUEST);
                            scene.see("a/cni0", 3, other);
                        },
                        "1 3",
                        "2 4"),
                tale(
                        "routed back out of the interface it came in by",
                        scene -> {
                            scene.see("r/eth0", 0, SYN);
                            scene.see("r/eth0", 10, SYN.routed());
                        },
                        "1 2"),
                tale(
                        "a large send becomes segments, here and at the far end",
                        scene -> {
                            scene.see("a/v-client", 0, LARGE);
                            segments(scene, "a/eth0", 20);
                            segments(scene, "b/eth0", 300);
                        },
                        "1 2 3 4 5 6 7"),
                tale(
                        "segments of a large send that is translated",
                        scene -> {
                            scene.see("a/v-client", 0, LARGE.to(VIP));
                            segments(scene, "a/eth0", 20);
                        },
                        "1 2 3 4"),
                tale(
                        "a receiver merges segments",
                        scene -> {
                            segments(scene, "b/eth0", 0);
                            scene.see("b/v-web", 30, LARGE);
                        },
                        "1 4",
                        "2",
                        "3"),
                tale(
                        "a segment sent again under a new number",
                        scene -> {
                            Sketch again = SYN.identification(8);
                            scene.see("a/v-client", 0, SYN);
                            scene.see("a/eth0", 10, SYN.routed());
                            scene.see("a/v-client", 200_000, again);
                            scene.see("a/eth0", 200_010, again.routed());
                        },
                        "1 2",
                        "3 4"),
                tale(
                        "a segment whose second sending alone comes through",
                        scene -> {
                            Sketch segment = LARGE.data(500).options("0101 080a 00000001 00000002");
                            scene.see("a/v-client", 0, segment);
                            scene.see(
                                    "a/eth0",
                                    20,
                                    segment.options("0101 080a 00000009 00000002")
                                            .identification(8));
                        },
                        "1",
                        "2"),
                tale(
                        "an identical segment sent again, where packets have no numbers",
                        scene -> {
                            Sketch segment =
                                    Sketch.tcp("[fd00::1]:4000", "[fd00::2]:80").data(10);
                            scene.see("a/v-client", 0, segment);
                            scene.see("a/v-client", 10, segment);
                            scene.see("a/eth0", 20, segment.routed());
                            scene.see("a/eth0", 30, segment.routed());
                        },
                        "1 3",
                        "2 4"),
                tale(
                        "a second copy at one point, where packets have numbers",
                        scene -> {
                            scene.see("a/any", 0, SYN);
                            scene.see("a/any", 3, SYN);
                        },
                        "1 2"),
                tale(
                        "two questions that differ by their ids",
                        scene -> {
                            Sketch second = QUESTION.payload(dnsQuery(2, "web.shop.svc", 1));
                            scene.see("a/v-client", 0, QUESTION);
                            scene.see("a/v-client", 1, second);
                            scene.see("a/eth0", 20, QUESTION.to("10.50.1.3:53").routed());
                            scene.see("a/eth0", 21, second.to("10.50.1.3:53").routed());
                        },
                        "1 3",
                        "2 4"),
                tale(
                        "a question asked again a second later",
                        scene -> {
                            scene.see("a/v-client", 0, QUESTION);
                            scene.see("a/eth0", 20, QUESTION.routed());
                            scene.see("a/v-client", 1_000_000, QUESTION);
                            scene.see("a/eth0", 1_000_020, QUESTION.routed());
                        },
                        "1 2",
                        "3 4"),
                tale(
                        "a bridge floods a broadcast, twice",
                        scene -> {
                            Sketch who = Sketch.whoHas("10.50.1.1", "10.50.1.11");
                            for (int i = 0; i < 2; i++) {
                                scene.see("a/v-one", i * 1_000_000, who);
                                scene.see("a/cni0", i * 1_000_000 + 1, who);
                                scene.see("a/v-two", i * 1_000_000 + 2, who);
                                scene.see("a/v-three", i * 1_000_000 + 3, who);
                            }
                        },
                        "1 2 3 4",
                        "5 6 7 8"),
                tale(
                        "a bridge floods a multicast",
                        scene -> {
                            Sketch hello = Sketch.udp("[fe80::1]:5353", "[ff02::fb]:5353", octets(30))
                                    .macs(0x02aa, 0x3333_0000_00fbL);
                            scene.see("a/v-one", 0, hello);
                            scene.see("a/v-two", 1, hello);
                            scene.see("a/v-three", 1, hello);
                        },
                        "1 2 3"),
                tale(
                        "an answer that says the same is an answer",
                        scene -> {
                            scene.see("a/eth0", 0, REQUEST);
                            scene.see(
                                    "a/eth0",
                                    100,
                                    REQUEST.from("10.99.7.7:9000").to("10.50.1.11:5000"));
                        },
                        "1",
                        "2"),
                tale(
                        "a ping and its answer",
                        scene -> {
                            scene.see("a/eth0", 0, Sketch.ping("10.0.0.1", "10.0.0.2", 7, 1));
                            scene.see("b/eth0", 90, Sketch.ping("10.0.0.1", "10.0.0.2", 7, 1));
                            scene.see(
                                    "b/eth0",
                                    99,
                                    Sketch.ping("10.0.0.2", "10.0.0.1", 7, 1).flags(0));
                        },
                        "1 2",
                        "3"),
                tale(
                        "parts of a datagram travel each for itself",
                        scene -> {
                            Sketch part = REQUEST.identification(9);
                            scene.see("a/v-client", 0, part.fragment(0, true));
                            scene.see("a/v-client", 1, part.fragment(1_480, false));
                            scene.see("a/eth0", 20, part.fragment(0, true).routed());
                            scene.see("a/eth0", 21, part.fragment(1_480, false).routed());
                        },
                        "1 3",
                        "2 4"),
                tale(
                        "a tag is added",
                        scene -> {
                            scene.see("a/v-client", 0, SYN);
                            scene.see("a/eth0", 20, SYN.vlan(12));
                        },
                        "1 2"),
                tale(
                        "one point captures the beginning of packets only",
                        scene -> {
                            scene.see("a/v-client", 0, LARGE.data(800));
                            scene.see("a/eth0", 20, LARGE.data(800).routed().frame(), 34 + 16);
                        },
                        "1 2"),
                tale(
                        "a frame that is not IP",
                        scene -> {
                            byte[] frame = Packets.ethernet(0x88cc, octets(40));
                            scene.see("a/v-one", 0, frame, frame.length);
                            scene.see("a/cni0", 1, frame, frame.length);
                        },
                        "1 2"),
                tale(
                        "two seconds later it is another packet",
                        scene -> {
                            scene.see("a/v-client", 0, SYN);
                            scene.see("a/cni0", 2_000_000, SYN);
                            scene.see("a/eth0", 2_000_001, SYN);
                        },
                        "1 2",
                        "3"));
    }

    @ParameterizedTest
    @FieldSource("TALES")
    void tiesTheStagesOfEachPacket(Tale tale) {
        Scene scene = new Scene();
        tale.story().accept(scene);

        assertThat(scene.ties()).containsExactlyInAnyOrderElementsOf(tale.ties());
    }

    @Test
    void aWeakTieIsOnlyLikelyAndALearntOneCertain() {
        Scene scene = new Scene();
        request(scene);
        slowAnswer(scene);

        List<Journey> journeys = scene.journeys();

        assertThat(journeys.get(0).last().isCertain()).as("the request").isFalse();
        assertThat(journeys.get(1).last().isCertain()).as("the answer").isTrue();
    }

    @Test
    void strongContentIsACertainTie() {
        Scene scene = new Scene();
        scene.see("a/v-client", 0, SYN);
        scene.see("a/vx0", 41, SYN.to(DIP).routed());

        assertThat(scene.journeys())
                .singleElement()
                .satisfies(journey -> assertThat(journey.last().isCertain()).isTrue());
    }

    /// Two packets that could both have become the third.
    @Test
    void aTieWithARivalIsOnlyLikely() {
        Scene scene = new Scene();
        scene.see("a/cni0", 0, SYN.from("10.50.1.11:1"));
        scene.see("a/cni0", 1, SYN.from("10.50.1.12:2"));
        scene.see("a/eth0", 2, SYN.from("10.20.0.11:61000").routed());

        assertThat(scene.journeys())
                .hasSize(2)
                .filteredOn(journey -> journey.size() == 2)
                .singleElement()
                .satisfies(journey -> assertThat(journey.last().isCertain()).isFalse());
    }

    @Test
    void segmentsThatWereMergedAreMarked() {
        Scene scene = new Scene();
        segments(scene, "b/eth0", 0);
        scene.see("b/v-web", 30, LARGE);

        List<Journey> journeys = scene.journeys();

        assertThat(journeys).extracting(Journey::isMerged).containsExactly(false, true, true);
        assertThat(journeys).extracting(Journey::isSegmented).containsExactly(true, false, false);
    }

    @Test
    void learnsWhatOnePacketTaughtForTheWholeConnection() {
        Scene scene = new Scene();
        scene.see("a/v-client", 0, SYN);
        scene.see("a/eth0", 10, SYN.from("10.20.0.11:61000").to(DIP).routed());
        Sketch bare = Sketch.tcp(POD, VIP).sequence(1_001);
        scene.see("a/v-client", 1_000, bare);
        scene.see("a/eth0", 1_010, bare.from("10.20.0.11:61000").to(DIP).routed());

        assertThat(scene.ties()).containsExactly("1 2", "3 4");
    }

    @Test
    void handsJourneysOnInTheOrderTheyBegan() {
        Scene scene = new Scene();
        for (int i = 0; i < 5; i++) {
            scene.see("a/v", i * 1_000_000L, SYN.sequence(i));
        }

        assertThat(scene.ties()).containsExactly("1", "2", "3", "4", "5");
    }

    @Test
    void handsAJourneyOnWhenItsTimeIsOver() {
        List<Journey> closed = new ArrayList<>();
        Journeys journeys = new Journeys(closed::add);
        Scene scene = new Scene();

        journeys.add(scene.see("a/v", 0, SYN));
        journeys.add(scene.see("a/v", 2_000_000, SYN.sequence(2)));
        journeys.handOn();
        assertThat(closed).isEmpty();

        journeys.add(scene.see("a/v", 2_000_001, SYN.sequence(3)));
        journeys.handOn();
        assertThat(closed).hasSize(1);

        journeys.finish();
        assertThat(closed).hasSize(3);
        assertThat(journeys.begun()).isEqualTo(3);
        assertThat(journeys.closedEarly()).isZero();
    }

    @Test
    void survivesTimesAtTheEndsOfTheirRange() {
        List<Long> closed = new ArrayList<>();
        Journeys journeys = new Journeys(j -> closed.add(j.first().record()));
        Scene scene = new Scene();
        Stage earliest = scene.see("a/v", 0, SYN);
        Stage latest = scene.see("a/v", 0, SYN.sequence(2));
        earliest.epochNanos = Long.MIN_VALUE;
        latest.epochNanos = Long.MAX_VALUE;
        journeys.add(earliest);
        journeys.add(latest);
        journeys.finish();

        assertThat(closed).containsExactly(1L, 2L);
    }

    @Test
    void closesTheOldestEarlyWhenTooManyAreOpen() {
        List<Long> closed = new ArrayList<>();
        Journeys journeys = new Journeys(j -> closed.add(j.first().record()), 10);
        Scene scene = new Scene();
        for (int i = 0; i < 100; i++) {
            journeys.add(scene.see("a/v", i, SYN.sequence(i)));
        }

        journeys.handOn();
        assertThat(closed).hasSize(90);
        assertThat(journeys.closedEarly()).isEqualTo(90);

        journeys.finish();

        assertThat(closed).hasSize(100).isSorted();
    }

    @Test
    void aJourneyHasAtMost1024Stages() {
        List<Integer> sizes = new ArrayList<>();
        Journeys journeys = new Journeys(j -> sizes.add(j.size()));
        Scene scene = new Scene();
        for (int i = 0; i < 1_030; i++) {
            journeys.add(scene.see("a/any", 0, SYN));
        }
        journeys.finish();

        assertThat(sizes).containsExactly(1_024, 6);
    }

    @Test
    void findsAPacketAmongThousands() {
        List<Integer> sizes = new ArrayList<>();
        Journeys journeys = new Journeys(j -> sizes.add(j.size()));
        Scene scene = new Scene();
        for (String point : List.of("a/v", "a/eth0")) {
            for (int i = 0; i < 5_000; i++) {
                journeys.add(scene.see(point, 0, SYN.sequence(i)));
            }
        }
        journeys.finish();

        assertThat(sizes).hasSize(5_000).containsOnly(2);
    }

    @Test
    void aFloodOfEqualPacketsLosesNone() {
        List<Integer> sizes = new ArrayList<>();
        Journeys journeys = new Journeys(j -> sizes.add(j.size()));
        Scene scene = new Scene();
        for (int i = 0; i < 1_000; i++) {
            journeys.add(scene.see("a/v", i, REQUEST));
            journeys.add(scene.see("a/eth0", i, REQUEST));
        }
        journeys.finish();

        assertThat(sizes).hasSize(1_000).containsOnly(2);
    }

    @Test
    void whatSomebodyKeepsIsNotUsedAgain() {
        List<Journey> kept = new ArrayList<>();
        Journeys journeys = new Journeys(journey -> {
            if (journey.first().record() % 2 == 0) {
                journey.keep();
                kept.add(journey);
            }
        });
        Scene scene = new Scene();
        for (int i = 1; i <= 6; i++) {
            journeys.add(scene.see("a/v", i, SYN.sequence(i)));
        }
        journeys.finish();

        assertThat(kept).extracting(journey -> journey.first().record()).containsExactly(2L, 4L, 6L);
        assertThat(kept).extracting(journey -> journey.first().sequence()).containsExactly(2, 4, 6);
    }

    @Test
    void arrangesItsStagesOnce() {
        Scene scene = new Scene();
        scene.see("a/one", 0, SYN.ttl(62));
        scene.see("a/two", 0, SYN.ttl(64));
        scene.see("a/three", 0, SYN.ttl(63));
        Journey journey = scene.journeys().getFirst();

        journey.arrange(Comparator.comparingInt(Stage::timeToLive).reversed());
        journey.arrange(Comparator.comparingInt(Stage::timeToLive));

        assertThat(journey.stages()).extracting(Stage::timeToLive).containsExactly(64, 63, 62);
        assertThat(journey.first().timeToLive()).isEqualTo(64);
        assertThat(journey.last().timeToLive()).isEqualTo(62);
    }

    @Test
    void arrangingLeavesEqualStagesAsTheyWereTied() {
        Scene scene = new Scene();
        scene.see("a/one", 0, SYN);
        scene.see("a/two", 0, SYN);
        scene.see("a/three", 0, SYN);
        Journey journey = scene.journeys().getFirst();

        journey.arrange((a, b) -> 0);

        assertThat(journey.stages()).extracting(Stage::record).containsExactly(1L, 2L, 3L);
    }

    @Test
    void theClearestStageIsTheFirstThatWasCapturedWhole() {
        Scene scene = new Scene();
        Sketch packet = QUESTION.identification(3);
        scene.see("a/v", 0, packet.frame(), 34 + 6);
        scene.see("a/eth0", 1, packet.frame(), packet.frame().length);
        scene.see("b/eth0", 2, SYN.frame(), 34 + 16);
        scene.see("b/v", 3, SYN);

        List<Journey> journeys = scene.journeys();

        assertThat(journeys.getLast().clearest()).isSameAs(journeys.getLast().last());
    }

    @Test
    void tellsTheLongestQuestionThatWasCaptured() {
        Scene scene = new Scene();
        Sketch packet = QUESTION.identification(3);
        scene.see("a/v", 0, packet.frame(), packet.frame().length - 3);
        scene.see("a/eth0", 1, packet);

        Journey journey = scene.journeys().getFirst();

        assertThat(journey.size()).isEqualTo(2);
        assertThat(journey.detail())
                .isEqualTo(journey.last().detail())
                .isNotEqualTo(journey.first().detail());
    }

    @Test
    void twoClocksThreeSecondsApartTieOnceTheirOffsetIsKnown() {
        long ahead = 3_000_000_000L;
        byte[] frame = SYN.frame();
        Scene uncorrected = new Scene();
        uncorrected.see("a/eth0", 0, frame, frame.length, 0);
        uncorrected.see("b/eth0", 3_000_100, frame, frame.length, 0);
        Scene corrected = new Scene();
        corrected.see("a/eth0", 0, frame, frame.length, 0);
        corrected.see("b/eth0", 3_000_100, frame, frame.length, ahead);

        assertThat(uncorrected.ties()).hasSize(2);
        assertThat(corrected.ties()).containsExactly("1 2");
    }
}
