package hopline.decode.stage;

import hopline.capture.CaptureOptions;
import hopline.capture.CapturePoint;
import hopline.capture.CaptureRecord;
import hopline.capture.EventFacts;
import hopline.capture.Fact;
import hopline.capture.LinkType;
import hopline.capture.OptionBuffer;
import hopline.capture.RecordNotes;
import hopline.decode.Dissector;
import hopline.decode.Layers;
import hopline.decode.Packets;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Capture points of one or more nodes, and the packets seen at them, read as real ones are.
final class Scene {

    private final Dissector dissector = new Dissector();
    private final StageReader reader = new StageReader(new StagePool());
    private final List<CapturePoint> points = new ArrayList<>();
    private final List<Stage> stages = new ArrayList<>();

    /// Hands `stage` by itself to `order`.
    static void add(TimeOrder order, Stage stage) {
        StageBlock block = new StageBlock(1);
        block.add(stage);
        order.add(block, 0);
    }

    /// A scene with one packet.
    static Stage stage(Sketch packet) {
        return new Scene().see("node/eth0", 0, packet);
    }

    /// Notes that `packet` is seen at a point, as in `node/eth0`, so many microseconds after the scene began.
    /// Records are numbered from 1 in the order they are seen.
    Stage see(String point, long micros, Sketch packet) {
        byte[] frame = packet.frame();
        return see(point, micros, frame, frame.length);
    }

    /// The same, where the system's tracing says `facts` of it, in the form of a comment.
    Stage see(String point, long micros, Sketch packet, String facts) {
        EventFacts told = new EventFacts();
        if (!told.parse(facts)) {
            throw new IllegalArgumentException(facts);
        }
        int flags = told.text(Fact.DIRECTION).equals("Tx") ? 2 : 1;
        RecordNotes notes = new RecordNotes();
        notes.set(new OptionBuffer(ByteOrder.LITTLE_ENDIAN).u32(CaptureOptions.RECORD_FLAGS, flags));
        notes.setFacts(told);
        return see(point, micros, packet, notes);
    }

    /// The same, where the capture gives it an identifier and says no more.
    Stage see(String point, long micros, Sketch packet, long packetId) {
        OptionBuffer options = new OptionBuffer(ByteOrder.LITTLE_ENDIAN).u64(CaptureOptions.RECORD_PACKET_ID, packetId);
        RecordNotes notes = new RecordNotes();
        notes.set(options);
        return see(point, micros, packet, notes);
    }

    private Stage see(String point, long micros, Sketch packet, RecordNotes notes) {
        byte[] frame = packet.frame();
        CaptureRecord record = Packets.record(frame, frame.length);
        record.setNotes(notes);
        return see(point, micros, record, frame.length, 0);
    }

    /// The same, where a snap length leaves `captured` octets.
    Stage see(String point, long micros, byte[] frame, int captured) {
        return see(point, micros, frame, captured, 0);
    }

    /// The same on a clock that is `clockAheadNanos` ahead and corrected for it.
    Stage see(String point, long micros, byte[] frame, int captured, long clockAheadNanos) {
        return see(point, micros, Packets.record(frame, captured), frame.length, clockAheadNanos);
    }

    private Stage see(String point, long micros, CaptureRecord record, int length, long clockAheadNanos) {
        record.set(stages.size() + 1, 0, micros * 1_000, length);
        Layers layers = new Layers();
        dissector.dissect(record, LinkType.ETHERNET, layers);
        Stage stage = reader.read(record, layers, point(point), 0, clockAheadNanos);
        stages.add(stage);
        return stage;
    }

    private CapturePoint point(String text) {
        int slash = text.indexOf('/');
        String node = text.substring(0, slash);
        String name = text.substring(slash + 1);
        for (CapturePoint point : points) {
            if (point.node().equals(node) && point.name().equals(name)) {
                return point;
            }
        }
        points.add(new CapturePoint(points.size(), node, name));
        return points.getLast();
    }

    List<Stage> stages() {
        return List.copyOf(stages);
    }

    /// The journeys of all that was seen, in the order they ended.
    List<Journey> journeys() {
        List<Journey> journeys = new ArrayList<>();
        Journeys tying = new Journeys(journey -> {
            journey.keep();
            journeys.add(journey);
        });
        stages.forEach(tying::add);
        tying.finish();
        return journeys;
    }

    /// The record numbers of each journey, as in `1 2 5`: what was tied to what.
    List<String> ties() {
        return journeys().stream()
                .map(journey -> journey.stages().stream()
                        .map(stage -> Long.toString(stage.record()))
                        .collect(Collectors.joining(" ")))
                .toList();
    }
}
