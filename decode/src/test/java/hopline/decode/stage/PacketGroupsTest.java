package hopline.decode.stage;

import static hopline.decode.Packets.octets;
import static org.assertj.core.api.Assertions.assertThat;

import hopline.decode.header.TcpHeader;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// Ties by the system's own word.
class PacketGroupsTest {

    private static final String POD = "10.50.1.11:5000";
    private static final String VIP = "10.99.7.7:9000";
    private static final String DIP = "10.50.2.21:9001";
    private static final String NODE = "10.20.0.11:6000";

    /// Says too little to be known again when both its ends are translated.
    private static final Sketch PLAIN = Sketch.udp(POD, VIP, octets(60));

    private static final Sketch TRANSLATED = PLAIN.from(NODE).to(DIP).routed();

    private static final Sketch NUMBERED = PLAIN.identification(77);

    private static String frame(int group, int number, int appearance) {
        return "pktmon: event=160 group=" + group + " number=" + number + " appearance=" + appearance;
    }

    private static String drop(int group, int appearance) {
        return "pktmon: event=170 drop=\"Inspection drop\" reason=909 group=" + group + " number=1 appearance="
                + appearance;
    }

    record Tale(String what, Consumer<Scene> story, List<String> ties) {

        @Override
        public String toString() {
            return what;
        }
    }

    private static Tale tale(String what, Consumer<Scene> story, String... packets) {
        return new Tale(what, story, List.of(packets));
    }

    static final List<Tale> TALES = List.of(
            tale(
                    "a counted group is one packet, whatever was translated",
                    scene -> {
                        scene.see("a/port", 0, PLAIN, frame(9, 1, 1));
                        scene.see("a/eth0", 50, TRANSLATED, frame(9, 1, 2));
                    },
                    "1 2"),
            tale(
                    "a group that is not counted is of one event only",
                    scene -> {
                        scene.see("a/port", 0, PLAIN, frame(9, 1, 0));
                        scene.see("a/eth0", 50, TRANSLATED, frame(9, 1, 0));
                    },
                    "1",
                    "2"),
            tale(
                    "then content ties",
                    scene -> {
                        scene.see("a/port", 0, NUMBERED, frame(9, 1, 0));
                        scene.see("a/eth0", 50, NUMBERED.to(DIP).routed(), frame(10, 1, 0));
                    },
                    "1 2"),
            tale(
                    "the packets of one list have one group and are numbered",
                    scene -> {
                        scene.see("a/port", 0, PLAIN, frame(9, 1, 1));
                        scene.see("a/port", 0, PLAIN.to("10.99.7.8:9000"), frame(9, 2, 1));
                        scene.see("a/eth0", 50, TRANSLATED, frame(9, 1, 2));
                        scene.see("a/eth0", 50, TRANSLATED.to("10.50.2.22:9001"), frame(9, 2, 2));
                    },
                    "1 3",
                    "2 4"),
            tale(
                    "a drop ends its group, counted or not",
                    scene -> {
                        scene.see("a/port", 0, PLAIN, frame(9, 1, 1));
                        scene.see("a/port", 10, PLAIN.from(NODE), frame(10, 1, 1));
                        scene.see("a/tcpip", 50, TRANSLATED, drop(9, 2));
                        scene.see("a/tcpip", 60, TRANSLATED, drop(10, 0));
                    },
                    "1 3",
                    "2 4"),
            tale(
                    "equal packets at one point have groups of their own",
                    scene -> {
                        scene.see("a/port", 0, NUMBERED, frame(9, 1, 1));
                        scene.see("a/port", 5, NUMBERED, frame(10, 1, 1));
                    },
                    "1",
                    "2"),
            tale(
                    "two nodes in one file count for themselves",
                    scene -> {
                        scene.see("a/port", 0, PLAIN, frame(9, 1, 1));
                        scene.see("b/port", 50, TRANSLATED, frame(9, 1, 1));
                    },
                    "1",
                    "2"),
            tale(
                    "a packet of a node's group is known again on the next node by content",
                    scene -> {
                        scene.see("a/port", 0, NUMBERED, frame(9, 1, 1));
                        scene.see("a/eth0", 50, NUMBERED.to(DIP).routed(), frame(9, 1, 2));
                        scene.see("b/eth0", 90, NUMBERED.to(DIP).routed(), frame(4, 1, 1));
                    },
                    "1 2 3"),
            tale(
                    "an identifier alone ties too",
                    scene -> {
                        scene.see("a/port", 0, PLAIN, 9);
                        scene.see("a/eth0", 50, TRANSLATED, 9);
                    },
                    "1 2"),
            tale(
                    "but not what one point saw as two packets",
                    scene -> {
                        scene.see("a/port", 0, PLAIN, 9);
                        scene.see("a/port", 5, PLAIN.to("10.99.7.8:9000").payload(octets(61)), 9);
                    },
                    "1",
                    "2"),
            tale(
                    "a number that comes again much later is of another packet",
                    scene -> {
                        scene.see("a/port", 0, PLAIN, frame(9, 1, 1));
                        scene.see("a/eth0", 3_000_000, TRANSLATED, frame(9, 1, 2));
                    },
                    "1",
                    "2"));

    @ParameterizedTest
    @FieldSource("TALES")
    void ties(Tale tale) {
        Scene scene = new Scene();
        tale.story().accept(scene);

        assertThat(scene.ties()).containsExactlyElementsOf(tale.ties());
        assertThat(scene.journeys())
                .allSatisfy(journey -> assertThat(journey.stages()).allMatch(Stage::isCertain));
    }

    /// What groups show of a translation ties what has none.
    @Test
    void translationsAreLearntFromGroups() {
        Scene scene = new Scene();
        scene.see("a/port", 0, PLAIN, frame(9, 1, 1));
        scene.see("a/eth0", 50, TRANSLATED, frame(9, 1, 2));
        scene.see("a/port", 5_000, PLAIN.payload(octets(80)));
        scene.see("a/eth0", 5_050, TRANSLATED.payload(octets(80)));

        assertThat(scene.ties()).containsExactly("1 2", "3 4");
    }

    @Test
    void theCountOfAppearancesIsTheOrder() {
        Scene scene = new Scene();
        Stage second = scene.see("a/port", 7, NUMBERED, frame(9, 1, 2));
        Stage first = scene.see("a/eth0", 7, NUMBERED, frame(9, 1, 1));
        Stage otherNode = scene.see("b/eth0", 7, NUMBERED, frame(9, 1, 3));

        assertThat(first.compareTold(second)).isNegative();
        assertThat(second.compareTold(first)).isPositive();
        assertThat(first.compareTold(otherNode)).isZero();
    }

    /// On its way out a packet comes in at the upper edge, on its way in at the lower one.
    @Test
    void edgesAreTheOrderWithinOneTick() {
        Scene scene = new Scene();
        Sketch syn = Sketch.tcp(POD, VIP).flags(TcpHeader.SYN);
        Stage lowerOut = scene.see("a/filter", 7, syn, frame(1, 1, 0) + " direction=\"Tx\" edge=2");
        Stage upperOut = scene.see("a/filter", 7, syn, frame(2, 1, 0) + " direction=\"Tx\" edge=1");
        Stage upperIn = scene.see("a/filter", 7, syn, frame(3, 1, 0) + " direction=\"Rx\" edge=1");
        Stage lowerIn = scene.see("a/filter", 7, syn, frame(4, 1, 0) + " direction=\"Rx\" edge=2");
        Stage elsewhere = scene.see("a/port", 7, syn, frame(5, 1, 0) + " direction=\"Tx\" edge=1");

        assertThat(upperOut.compareTold(lowerOut)).isNegative();
        assertThat(upperIn.compareTold(lowerIn)).isPositive();
        assertThat(lowerIn.compareTold(elsewhere)).isNegative();
    }

    @Test
    void whatIsNotTracedHasNoSuchOrder() {
        Scene scene = new Scene();
        Stage traced = scene.see("a/port", 7, NUMBERED, frame(9, 1, 2));
        Stage captured = scene.see("a/eth0", 9, NUMBERED);

        assertThat(traced.compareTold(captured)).isZero();
        assertThat(traced.drop()).isNull();
    }
}
