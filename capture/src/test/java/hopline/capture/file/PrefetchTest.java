package hopline.capture.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PrefetchTest {

    private final List<Prefetch> begun = new ArrayList<>();

    private Prefetch begin(InputStream in) {
        Prefetch prefetch = Prefetch.begin(in);
        if (prefetch != null) {
            begun.add(prefetch);
        }
        return prefetch;
    }

    @AfterEach
    void close() {
        begun.forEach(Prefetch::close);
    }

    private static InputStream endless(AtomicBoolean reading) {
        return new InputStream() {
            @Override
            public int read() {
                return 1;
            }

            @Override
            public int read(byte[] into, int offset, int length) {
                reading.set(true);
                return length;
            }
        };
    }

    /// Nobody takes what it has read, so it waits.
    @Test
    void endsWhenItIsClosed() throws IOException, InterruptedException {
        AtomicBoolean reading = new AtomicBoolean();
        Prefetch prefetch = begin(endless(reading));
        assertThat(prefetch.next()).isNotNull();

        prefetch.close();
        reading.set(false);
        Thread.sleep(20);

        assertThat(reading).isFalse();
    }

    @Test
    void takesNoMoreThanHalfOfTheProcessors() {
        int half = Runtime.getRuntime().availableProcessors() / 2;
        for (int i = 0; i < half; i++) {
            assertThat(begin(endless(new AtomicBoolean()))).isNotNull();
        }
        assertThat(begin(endless(new AtomicBoolean()))).isNull();

        begun.getFirst().close();
        begun.getFirst().close();

        assertThat(begin(endless(new AtomicBoolean()))).isNotNull();
        assertThat(begin(endless(new AtomicBoolean()))).isNull();
    }

    @Test
    void tellsTheEndAgainAndAgain() throws IOException {
        Prefetch prefetch = begin(InputStream.nullInputStream());

        assertThat(prefetch.next()).isNull();
        assertThat(prefetch.next()).isNull();
    }
}
