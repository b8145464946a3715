package hopline.flows.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class BesideTest {

    private final Beside beside = new Beside();

    @Test
    void isBusyUntilTheWorkIsDone() {
        CountDownLatch go = new CountDownLatch(1);
        beside.begin(() -> wait(go));

        assertThat(beside.isBusy()).isTrue();
        go.countDown();
        beside.await();
        assertThat(beside.isBusy()).isFalse();
    }

    @Test
    void onePieceFollowsTheOther() {
        List<Integer> done = Collections.synchronizedList(new ArrayList<>());
        for (int i = 0; i < 50; i++) {
            int piece = i;
            beside.begin(() -> done.add(piece));
        }
        beside.await();

        assertThat(done).hasSize(50).isSorted();
    }

    @Test
    void whatTheWorkThrowsIsThrownToWhoeverWaits() {
        beside.begin(() -> {
            throw new IllegalArgumentException("broken");
        });

        assertThatThrownBy(beside::await)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("broken");
    }

    private static void wait(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
