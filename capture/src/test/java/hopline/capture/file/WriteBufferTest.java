package hopline.capture.file;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

@Timeout(60)
class WriteBufferTest {

    static final List<Throwable> FAILURES =
            List.of(new IllegalStateException("broken"), new AssertionError("broken"), new IOException("broken"));

    private static OutputStream failing(Throwable failure) {
        return new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                switch (failure) {
                    case RuntimeException e -> throw e;
                    case Error e -> throw e;
                    case IOException e -> throw e;
                    default -> throw new IllegalArgumentException(failure);
                }
            }
        };
    }

    /// Nobody waits for a thread that has ended, and closing afterwards hides nothing.
    @ParameterizedTest
    @FieldSource("FAILURES")
    void whatWritingThrowsIsThrownToWhoeverWritesOn(Throwable failure) {
        byte[] much = new byte[16 << 20];

        assertThatThrownBy(() -> {
                    try (WriteBuffer out = new WriteBuffer(failing(failure), ByteOrder.BIG_ENDIAN)) {
                        out.octets(much, 0, much.length);
                    }
                })
                .isInstanceOf(failure.getClass())
                .hasMessage("broken");
    }
}
