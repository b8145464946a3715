package hopline.flows;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.capture.CapturePoint;
import hopline.capture.CaptureRecord;
import hopline.capture.LinkType;
import hopline.decode.Dissector;
import hopline.decode.Layers;
import hopline.decode.stage.Journey;
import hopline.decode.stage.Journeys;
import hopline.decode.stage.Stage;
import hopline.decode.stage.StagePool;
import hopline.decode.stage.StageReader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A late segment was overtaken or sent again. Hosts that count their packets up tell which; of others only time does.
class SegmentTrackTest {

    private static final CapturePoint POINT = new CapturePoint(0, "node-a", "eth0");
    private static final int PAYLOAD = 100;
    private static final int PSH_ACK = 0x18;

    /// Segments 0 and 2 come first, then segment 1, with the IPv4 identifications given and so many µs after them.
    @ParameterizedTest(name = "identifications {0} {1} {2}, {3} µs later: {4} sent again")
    @CsvSource({
        "10, 12, 11, 50, 0", // numbered before what overtook it
        "10, 11, 12, 50, 1", // numbered after it
        "10, 12, 11, 9000, 0",
        "40000, 7, 51000, 50, 0", // numbered at random: soon after means overtaken
        "40000, 7, 51000, 9000, 1", // long after means sent again
        "65530, 65532, 3, 50, 1", // the counter went round
    })
    void tellsOvertakenFromSentAgain(int first, int third, int second, long micros, int sentAgain) {
        SegmentTrack track =
                track(List.of(frame(1, first, 0), frame(2, third, 2 * PAYLOAD), frame(2 + micros, second, PAYLOAD)));

        assertThat(track.segments()).isEqualTo(3);
        assertThat(track.retransmissions()).isEqualTo(sentAgain);
    }

    private record Frame(long micros, byte[] octets) {}

    private static Frame frame(long micros, int identification, int sequence) {
        ByteBuffer frame = ByteBuffer.allocate(14 + 20 + 20 + PAYLOAD);
        frame.position(12).putShort((short) 0x0800);
        frame.put((byte) 0x45).put((byte) 0).putShort((short) (20 + 20 + PAYLOAD));
        frame.putShort((short) identification).putShort((short) 0x4000);
        frame.put((byte) 64).put((byte) 6).putShort((short) 0);
        frame.putInt(0x0a000001).putInt(0x0a000002);
        frame.putShort((short) 40_000).putShort((short) 80);
        frame.putInt(1_000 + sequence).putInt(2_000);
        frame.put((byte) 0x50).put((byte) PSH_ACK);
        return new Frame(micros, frame.array());
    }

    private static SegmentTrack track(List<Frame> frames) {
        StageReader reader = new StageReader(new StagePool());
        List<Journey> closed = new ArrayList<>();
        Journeys journeys = new Journeys(journey -> {
            journey.keep();
            closed.add(journey);
        });
        frames.forEach(frame -> journeys.add(stage(frame, reader)));
        journeys.finish();
        SegmentTrack track = new SegmentTrack(closed.getFirst().first(), true);
        closed.forEach(journey -> track.add(journey, journey.first()));
        return track;
    }

    private static Stage stage(Frame frame, StageReader reader) {
        CaptureRecord record = new CaptureRecord();
        record.set(1, 0, frame.micros() * 1_000, frame.octets().length);
        record.setOctets(frame.octets(), 0, frame.octets().length);
        Layers layers = new Layers();
        new Dissector().dissect(record, LinkType.ETHERNET, layers);
        return reader.read(record, layers, POINT, 0, 0);
    }
}
