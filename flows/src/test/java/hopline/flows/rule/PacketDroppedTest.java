package hopline.flows.rule;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.capture.Captures;
import hopline.flows.analysis.Analysis;
import hopline.flows.analysis.AnalysisOptions;
import hopline.flows.analysis.Analyzer;
import hopline.flows.analysis.CaptureInput;
import hopline.flows.analysis.Progress;
import hopline.flows.scene.FlowCase;
import hopline.flows.state.Cluster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Captures as `convert` makes them of a Windows trace: a comment tells of the drop.
class PacketDroppedTest {

    private static final String DROP =
            "pktmon: event=170 drop=\"INET: blocked by a rule\" reason=42 location=0xe0004138";
    private static final int VNIC = 0;
    private static final int FILTER = 1;
    private static final int NIC = 2;
    private static final int SYN = 0x02;
    private static final int SYN_ACK = 0x12;
    private static final int ACK = 0x10;
    private static final int CLIENT = 0x0a000005;
    private static final int SERVER = 0x0a000102;
    private static final int GROUP = 0xe0000005;

    private final ByteArrayOutputStream file = new ByteArrayOutputStream();
    private int identification = 1;

    PacketDroppedTest() {
        block(
                0x0a0d0d0a,
                ByteBuffer.allocate(16)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putInt(0x1a2b3c4d)
                        .putInt(1)
                        .putLong(-1));
        point("vnic 7");
        point("filter 9");
        point("nic 5");
    }

    private void point(String name) {
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        ByteBuffer body = ByteBuffer.allocate(8 + 4 + padded(text.length) + 4).order(ByteOrder.LITTLE_ENDIAN);
        body.putShort((short) 1).putShort((short) 0).putInt(0);
        body.putShort((short) 2).putShort((short) text.length).put(text);
        block(1, body);
    }

    private static int padded(int length) {
        return length + 3 & ~3;
    }

    private void block(int type, ByteBuffer body) {
        ByteBuffer block = ByteBuffer.allocate(12 + body.capacity()).order(ByteOrder.LITTLE_ENDIAN);
        block.putInt(type).putInt(block.capacity()).put(body.array()).putInt(block.capacity());
        file.writeBytes(block.array());
    }

    private void record(int point, long micros, String comment, byte[] frame) {
        byte[] text = comment.getBytes(StandardCharsets.UTF_8);
        ByteBuffer body = ByteBuffer.allocate(20 + padded(frame.length) + 4 + padded(text.length) + 4)
                .order(ByteOrder.LITTLE_ENDIAN);
        body.putInt(point)
                .putInt((int) (micros >>> 32))
                .putInt((int) micros)
                .putInt(frame.length)
                .putInt(frame.length);
        body.put(frame).position(20 + padded(frame.length));
        body.putShort((short) 1).putShort((short) text.length).put(text);
        block(6, body);
    }

    /// A packet that the pod's card shows and the filter drops.
    private void dropped(long micros, byte[] frame) {
        record(VNIC, micros, "", frame);
        record(FILTER, micros + 20, DROP, frame);
    }

    private void passed(long micros, int from, int to, byte[] frame) {
        record(from, micros, "", frame);
        record(to, micros + 20, "", frame);
    }

    /// A packet whose appearances at `points` the system counts.
    private void counted(long micros, int group, byte[] frame, int... points) {
        for (int i = 0; i < points.length; i++) {
            String comment = "pktmon: event=160 group=" + group + " number=1 appearance=" + (i + 1);
            record(points[i], micros + i, comment, frame);
        }
    }

    private byte[] tcp(int from, int to, int flags, int sequence) {
        boolean back = from == SERVER;
        ByteBuffer segment = ByteBuffer.allocate(20);
        segment.putShort((short) (back ? 80 : 40_000))
                .putShort((short) (back ? 40_000 : 80))
                .putInt(sequence);
        segment.putInt(flags == SYN ? 0 : 1).put((byte) 0x50).put((byte) flags);
        return ip(from, to, 6, segment.array());
    }

    private byte[] udp(int to) {
        return ip(
                CLIENT,
                to,
                17,
                ByteBuffer.allocate(20)
                        .putShort((short) 5_000)
                        .putShort((short) 5_001)
                        .putShort((short) 20)
                        .array());
    }

    private byte[] ip(int from, int to, int protocol, byte[] payload) {
        ByteBuffer frame = ByteBuffer.allocate(34 + payload.length);
        frame.putLong(0x0200_0000_0001_0200L).putInt(0x0000_0002).putShort((short) 0x0800);
        frame.put((byte) 0x45)
                .put((byte) 0)
                .putShort((short) (20 + payload.length))
                .putShort((short) identification++);
        frame.putShort((short) 0)
                .put((byte) 64)
                .put((byte) protocol)
                .putShort((short) 0)
                .putInt(from)
                .putInt(to);
        return frame.put(payload).array();
    }

    private Analysis analysis() {
        byte[] octets = file.toByteArray();
        CaptureInput input = new CaptureInput(
                "win-a.pcapng", Optional.of("win-a"), () -> Captures.open(new ByteArrayInputStream(octets)));
        return Analyzer.analyze(List.of(input), Cluster.EMPTY, AnalysisOptions.defaults(), Progress.NONE);
    }

    @Test
    void whatTheSystemDropsIsReportedWithItsReason() {
        for (int i = 0; i < 4; i++) {
            dropped(i * 1_000_000L, tcp(CLIENT, SERVER, SYN, 7));
        }

        Analysis analysis = analysis();

        assertThat(analysis.records()).isEqualTo(8);
        assertThat(analysis.distinctPackets())
                .as("each drop is of the packet seen before")
                .isEqualTo(4);
        assertThat(analysis.verdicts()).containsOnlyKeys(Verdict.DROPPED);
        assertThat(analysis.flows().getFirst().flow().dropReason()).hasValue("INET: blocked by a rule");
        Finding finding = analysis.findings().getFirst();
        assertThat(finding.lead().rule().id()).isEqualTo("packet-dropped");
        assertThat(finding.severity()).isEqualTo(Severity.ERROR);
        assertThat(finding.lead().place().point().orElseThrow().name()).isEqualTo("filter 9");
        assertThat(finding.lead().claim().actual())
                .isEqualTo("dropped: INET: blocked by a rule, in location 0xe0004138");
        assertThat(finding.effects()).containsKey("connection-unanswered");
    }

    @Test
    void aPacketThatWasSentAgainAndArrivedIsOnlyANote() {
        dropped(0, tcp(CLIENT, SERVER, SYN, 7));
        passed(1_000_000, VNIC, NIC, tcp(CLIENT, SERVER, SYN, 7));
        passed(1_000_100, NIC, VNIC, tcp(SERVER, CLIENT, SYN_ACK, 9));
        passed(1_000_200, VNIC, NIC, tcp(CLIENT, SERVER, ACK, 8));

        Analysis analysis = analysis();

        assertThat(analysis.verdicts()).containsOnlyKeys(Verdict.DELIVERED);
        assertThat(analysis.findings())
                .filteredOn(finding -> finding.lead().rule().id().equals("packet-dropped"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.severity()).isEqualTo(Severity.NOTE));
    }

    @Test
    void whatIsSentToManyMayBeDroppedByMost() {
        dropped(0, udp(GROUP));

        assertThat(analysis().findings()).extracting(Finding::severity).containsOnly(Severity.NOTE);
    }

    @Test
    void otherCommentsTellOfNoDrop() {
        record(VNIC, 0, "looks dropped to me", tcp(CLIENT, SERVER, SYN, 7));
        record(FILTER, 20, "pktmon: event=160 group=13 appearance=2", tcp(CLIENT, SERVER, SYN, 7));

        assertThat(analysis().findings())
                .extracting(finding -> finding.lead().rule().id())
                .doesNotContain("packet-dropped");
    }

    /// Requests are first seen at the card of the pod, below which their answers go on.
    @Test
    void whatTheSystemCountsOnHasNotArrived() {
        counted(0, 1, tcp(CLIENT, SERVER, SYN, 7), VNIC, FILTER);
        counted(100, 2, tcp(SERVER, CLIENT, SYN_ACK, 9), FILTER, VNIC, NIC);

        FlowCase flow = analysis().flows().getFirst().flow();

        assertThat(flow.reverse().getFirst().path().stages())
                .extracting(stage -> stage.point().name())
                .containsExactly("filter 9", "vnic 7", "nic 5");
    }
}
