package hopline.decode.stage;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.capture.CapturePoint;
import hopline.decode.Address;
import hopline.decode.stage.StageDetail.Neighbor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class StageRowsTest {

    private static final CapturePoint POINT = new CapturePoint(70_000, "a", "eth0");

    private final StageRows rows = new StageRows();

    private Stage loaded(int row) {
        Stage stage = new Stage();
        rows.load(row, stage);
        return stage;
    }

    /// Every field with a value of its own in each of its bits, so that none can hide behind another.
    static Stage anyStage(Random random) {
        Stage stage = new Stage();
        stage.point = new CapturePoint(random.nextInt(1 << 10), "a", "eth0");
        stage.file = random.nextInt(1 << 20);
        stage.record = random.nextLong();
        stage.epochNanos = random.nextLong();
        stage.sourceMac = random.nextLong() >>> 16;
        stage.destinationMac = random.nextLong() >>> 16;
        stage.vlan = (short) (random.nextInt(4097) - 1);
        stage.protocol = (char) random.nextInt(Stage.NOT_IP + 1);
        stage.ipv6 = random.nextBoolean();
        stage.fragment = random.nextBoolean();
        stage.moreFragments = random.nextBoolean();
        stage.timeToLive = (short) random.nextInt(256);
        stage.identification = random.nextInt();
        stage.fragmentOffset = random.nextInt(1 << 16);
        stage.sourceHigh = random.nextLong();
        stage.sourceLow = random.nextLong();
        stage.destinationHigh = random.nextLong();
        stage.destinationLow = random.nextLong();
        stage.sourcePort = (char) random.nextInt(1 << 16);
        stage.destinationPort = (char) random.nextInt(1 << 16);
        stage.portsKnown = random.nextBoolean();
        stage.tcpOctets = (byte) random.nextInt(128);
        stage.sequence = random.nextInt();
        stage.acknowledgment = random.nextInt();
        stage.flags = (byte) random.nextInt(256);
        stage.window = (char) random.nextInt(1 << 16);
        stage.maximumSegmentSize = (char) random.nextInt(1 << 16);
        stage.timestamps = random.nextLong();
        stage.length = random.nextInt();
        stage.payloadLength = random.nextInt();
        stage.headLength = (byte) random.nextInt(Stage.HEAD_LENGTH + 1);
        stage.head0 = random.nextLong();
        stage.head1 = random.nextLong();
        stage.likely = random.nextBoolean();
        stage.conversation = stage.conversationHash();
        return stage;
    }

    @Property(tries = 500)
    void whatWasStoredIsLoaded(@ForAll Random random) {
        Stage stage = anyStage(random);

        assertThat(loaded(rows.store(stage))).usingRecursiveComparison().isEqualTo(stage);
    }

    @Test
    void keepsPointTunnelAndDetail() {
        Stage stage = new Stage();
        stage.point = POINT;
        Address address = Address.ofIpv4(0x0a000001);
        stage.outer = new Encapsulation(address, address, 4789, 42);
        stage.detail = new Neighbor(true, address, address, false);

        Stage loaded = loaded(rows.store(stage));

        assertThat(loaded.point()).isSameAs(POINT);
        assertThat(loaded.outer()).isSameAs(stage.outer);
        assertThat(loaded.detail()).isSameAs(stage.detail);
    }

    @Test
    void aRowIsUsedAgainOnlyAfterItWasFreed() {
        Random random = new Random(7);
        Set<Integer> taken = new HashSet<>();
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            int row = rows.store(anyStage(random));
            assertThat(taken.add(row)).as("row %d is free", row).isTrue();
            order.add(row);
            if (random.nextInt(3) == 0) {
                int freed = order.remove(random.nextInt(order.size()));
                taken.remove(freed);
                rows.free(freed);
            }
        }
    }

    @Test
    void whatIsMarkedLikelyStaysSo() {
        Stage stage = new Stage();
        stage.point = POINT;
        int row = rows.store(stage);
        assertThat(loaded(row).isCertain()).isTrue();

        rows.setLikely(row);
        rows.setEpochNanos(row, 5);

        assertThat(loaded(row).isCertain()).isFalse();
        assertThat(loaded(row).epochNanos()).isEqualTo(5).isEqualTo(rows.epochNanos(row));
    }
}
