package hopline.decode.stage;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.capture.CapturePoint;
import hopline.decode.Address;
import hopline.decode.stage.StageDetail.Neighbor;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class StageBlockTest {

    private static final int ROOM = 8;

    private static final Address ADDRESS = Address.ofIpv4(0x0a000001);

    private static Stage with(Stage stage, Random random) {
        stage.detail = random.nextBoolean() ? new Neighbor(true, ADDRESS, ADDRESS, false) : null;
        stage.outer = random.nextBoolean() ? new Encapsulation(ADDRESS, ADDRESS, 4789, 42) : null;
        return stage;
    }

    /// Also after it was filled before, and by way of a row of those in flight.
    @Property(tries = 100)
    void whatWasPackedIsUnpacked(@ForAll Random random) {
        StageBlock block = new StageBlock(ROOM);
        StageRows rows = new StageRows();
        for (int round = 0; round < 3; round++) {
            List<Stage> stages = new ArrayList<>();
            block.clear();
            for (int i = 0; i < ROOM; i++) {
                stages.add(with(StageRowsTest.anyStage(random), random));
                block.add(stages.get(i));
            }
            for (int i = 0; i < ROOM; i++) {
                Stage stage = stages.get(i);
                Stage inFlight = new Stage();
                int row = rows.store(block, i);
                rows.load(row, inFlight);
                rows.free(row);

                assertThat(block.stage(i)).usingRecursiveComparison().isEqualTo(stage);
                assertThat(inFlight).usingRecursiveComparison().isEqualTo(stage);
                assertThat(block.epochNanos(i)).isEqualTo(stage.epochNanos());
                assertThat(block.record(i)).isEqualTo(stage.record());
                assertThat(block.key(i)).isEqualTo(Content.key(stage));
            }
        }
    }

    /// The stage that was packed serves for the next record.
    @Test
    void aStageMayBeUsedAgainOnceItIsPacked() {
        StageBlock block = new StageBlock(2);
        Stage stage = new Stage();
        stage.point = new CapturePoint(3, "a", "eth0");
        stage.outer = new Encapsulation(ADDRESS, ADDRESS, 4789, 42);
        block.add(stage);
        stage.clear();
        stage.point = new CapturePoint(4, "a", "eth1");
        block.add(stage);

        assertThat(block.room()).isZero();
        assertThat(block.point(0).name()).isEqualTo("eth0");
        assertThat(block.stage(0).outer()).isNotNull();
        assertThat(block.stage(1).outer()).isNull();
        assertThat(block.point(1).name()).isEqualTo("eth1");
    }
}
