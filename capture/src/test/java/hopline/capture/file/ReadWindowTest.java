package hopline.capture.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hopline.capture.CaptureBytes;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.ZipException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadWindowTest {

    private static final int MEBIBYTE = 1 << 20;

    @Test
    void readsInTheOrderItWasSet() throws IOException {
        ReadWindow window =
                window(CaptureBytes.bigEndian().hex("00 ff 01020304 8001").toByteArray());

        assertThat(window.has(8)).isTrue();
        assertThat(window.u8(1)).isEqualTo(0xff);
        assertThat(window.i32(2)).isEqualTo(0x04030201);
        assertThat(window.u16(6)).isEqualTo(0x0180);

        window.order(ByteOrder.BIG_ENDIAN);

        assertThat(window.i32(2)).isEqualTo(0x01020304);
        assertThat(window.u16(6)).isEqualTo(0x8001);
        assertThat(window.u32(4)).isEqualTo(0x03048001L);
        assertThat(window.u32(0)).isEqualTo(0x00ff0102L);
    }

    @Test
    void slidesOverMoreThanItHolds() throws IOException {
        byte[] content = content(3 * MEBIBYTE + 5);
        ReadWindow window = window(content);

        assertSlidesOver(window, content, 1_009); // a prime, so that the window's own size is met at every remainder

        assertThat(window.array()).hasSizeLessThan(MEBIBYTE);
    }

    private static void assertSlidesOver(ReadWindow window, byte[] content, int step) throws IOException {
        int at = 0;
        for (; window.has(step); at += step) {
            assertThat(window.position()).isEqualTo(at);
            assertThat(window.u8(0)).isEqualTo(content[at] & 0xff);
            assertThat(window.u8(step - 1)).isEqualTo(content[at + step - 1] & 0xff);
            window.skip(step);
        }
        assertThat(window.available(step)).isEqualTo(content.length - at).isLessThan(step);
        assertThat(window.has(step)).isFalse();
        assertThat(window.isCutShort()).isFalse();
    }

    @Test
    void growsForWhatReallyArrives() throws IOException {
        byte[] content = new byte[2 * MEBIBYTE];
        content[2 * MEBIBYTE - 1] = 42;
        ReadWindow window = window(content);

        assertThat(window.has(2 * MEBIBYTE)).isTrue();
        assertThat(window.u8(2 * MEBIBYTE - 1)).isEqualTo(42);
    }

    @Test
    void doesNotGrowForWhatIsOnlyClaimed() throws IOException {
        ReadWindow window = window(new byte[100]);

        assertThat(window.has(1 << 30)).isFalse();
        assertThat(window.available(1 << 30)).isEqualTo(100);
        assertThat(window.array()).hasSizeLessThan(MEBIBYTE);
    }

    @Test
    void readsWhatComesInDribbles() throws IOException {
        InputStream dribble = new ByteArrayInputStream(new byte[] {1, 2, 3, 4, 5}) {
            @Override
            public synchronized int read(byte[] into, int offset, int length) {
                return super.read(into, offset, Math.min(length, 1));
            }
        };
        ReadWindow window = new ReadWindow(dribble);

        assertThat(window.has(4)).isTrue();
        assertThat(window.i32(0)).isEqualTo(0x04030201);
        assertThat(window.has(6)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void takesABrokenCompressedStreamForItsEnd(boolean damaged) throws IOException {
        ReadWindow window = new ReadWindow(new InputStream() {
            private int given;

            @Override
            public int read() throws IOException {
                if (given++ < 3) {
                    return 7;
                }
                throw damaged ? new ZipException("invalid block type") : new EOFException("unexpected end");
            }
        });

        assertThat(window.available(10)).isEqualTo(3);
        assertThat(window.has(4)).isFalse();
        assertThat(window.isCutShort()).isTrue();
    }

    @Test
    void passesOtherFailuresOn() {
        ReadWindow window = new ReadWindow(new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("device gone");
            }
        });

        assertThatThrownBy(() -> window.has(1)).isInstanceOf(IOException.class).hasMessage("device gone");
    }

    @Test
    void textEndsAtANulOrAtItsLength() throws IOException {
        ReadWindow window = window(CaptureBytes.bigEndian().hex("65 c3a4 00 66").toByteArray());

        assertThat(window.has(5)).isTrue();
        assertThat(window.text(0, 5)).isEqualTo("e\u00e4");
        assertThat(window.text(0, 1)).isEqualTo("e");
        assertThat(window.text(3, 2)).isEmpty();
    }

    private static byte[] content(int length) {
        byte[] content = new byte[length];
        for (int i = 0; i < content.length; i++) {
            content[i] = (byte) (i * 31 >>> 8);
        }
        return content;
    }

    @Test
    void slidesOverWhatIsReadAhead() throws IOException {
        byte[] content = content(20 * MEBIBYTE + 5);
        try (ReadWindow window = new ReadWindow(new ByteArrayInputStream(content), true)) {
            assertSlidesOver(window, content, 10_007); // a prime, so that pieces end at many remainders
        }
    }

    /// Records are asked for that lie in many pieces, and short ones again between them.
    @Test
    void joinsWhatIsReadAhead() throws IOException {
        byte[] content = content(60 * MEBIBYTE);
        int[] sizes = {7, 5 * MEBIBYTE + 3, 1_000, 200_000, 3 * MEBIBYTE, 11 * MEBIBYTE, 1};
        try (ReadWindow window = new ReadWindow(new ByteArrayInputStream(content), true)) {
            int at = 0;
            for (int i = 0; window.has(sizes[i % sizes.length]); i++) {
                int size = sizes[i % sizes.length];
                int from = window.indexOf(0);
                assertThat(Arrays.equals(window.array(), from, from + size, content, at, at + size))
                        .isTrue();
                window.skip(size);
                at += size;
            }
            assertThat(at).isGreaterThan(40 * MEBIBYTE);
            assertThat(window.available(12 * MEBIBYTE)).isEqualTo(content.length - at);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void givesAllBeforeABreakThatIsReadAhead(boolean damaged) throws IOException {
        InputStream broken = new SequenceInputStream(
                new ByteArrayInputStream(content(6 * MEBIBYTE)),
                failing(damaged ? new ZipException() : new EOFException()));
        try (ReadWindow window = new ReadWindow(broken, true)) {
            for (int i = 0; i < 6; i++) {
                assertThat(window.has(MEBIBYTE)).isTrue();
                window.skip(MEBIBYTE);
            }
            assertThat(window.has(1)).isFalse();
            assertThat(window.has(1)).isFalse();
            assertThat(window.isCutShort()).isTrue();
        }
    }

    @Test
    void passesOtherFailuresThatAreReadAheadOn() throws IOException {
        InputStream broken = new SequenceInputStream(
                new ByteArrayInputStream(content(6 * MEBIBYTE)), failing(new IOException("device gone")));
        try (ReadWindow window = new ReadWindow(broken, true)) {
            assertThatThrownBy(() -> skipAll(window))
                    .isInstanceOf(IOException.class)
                    .hasMessage("device gone");
            assertThat(window.position()).isEqualTo(6 * MEBIBYTE);
        }
    }

    private static void skipAll(ReadWindow window) throws IOException {
        while (window.has(1_024)) {
            window.skip(1_024);
        }
    }

    private static InputStream failing(IOException failure) {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                throw failure;
            }
        };
    }

    private static ReadWindow window(byte[] content) {
        return new ReadWindow(new ByteArrayInputStream(content));
    }
}
