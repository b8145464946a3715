package hopline.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class CapturesTest {

    @Test
    void opensByContentWhateverTheName(@TempDir Path folder) throws IOException {
        Path misnamed = folder.resolve("holiday.jpg");
        Files.write(
                misnamed,
                CompressionTest.gzip(CaptureBytes.bigEndian().section().toByteArray()));

        try (CaptureReader reader = Captures.open(misnamed)) {
            assertThat(reader.format()).isEqualTo(CaptureFormat.PCAPNG);
            assertThat(reader.next()).isNull();
        }
    }

    record Case(String what, byte[] content, String message) {

        @Override
        public String toString() {
            return what;
        }
    }

    static final List<Case> NO_CAPTURES = List.of(
            new Case("an empty file", new byte[0], "empty"),
            new Case("fewer octets than a magic number", new byte[] {0x0a, 0x0d}, "text, not a capture"),
            new Case("JSON", "{\"a\": 1}".getBytes(StandardCharsets.UTF_8), "JSON"),
            new Case("other octets", new byte[600], "not a capture: neither pcap, pcapng nor ETL"));

    @ParameterizedTest
    @FieldSource("NO_CAPTURES")
    void saysWhatTheContentLooksLikeInstead(Case refused) {
        assertThatThrownBy(() -> Captures.open(new ByteArrayInputStream(refused.content())))
                .isInstanceOf(UnrecognizedContentException.class)
                .hasMessage(refused.message());
    }

    static final List<Case> REFUSED = List.of(
            new Case("no capture", new byte[600], ""),
            new Case("a pcap header cut short", new byte[] {(byte) 0xa1, (byte) 0xb2, (byte) 0xc3, (byte) 0xd4}, ""),
            new Case("a gzip header cut short", new byte[] {0x1f, (byte) 0x8b, 8}, ""));

    @ParameterizedTest
    @FieldSource("REFUSED")
    void closesWhatItRefuses(Case refused) {
        ClosableInput in = new ClosableInput(refused.content());

        assertThatThrownBy(() -> Captures.open(in)).isInstanceOf(IOException.class);

        assertThat(in.closed).isTrue();
    }

    @Test
    void closingTheReaderClosesTheFile() throws IOException {
        ClosableInput in =
                new ClosableInput(CaptureBytes.littleEndian().section().toByteArray());

        Captures.open(in).close();

        assertThat(in.closed).isTrue();
    }

    @Test
    void namesLinkTypesAsTheirRegistryDoes() {
        assertThat(LinkType.name(LinkType.ETHERNET)).isEqualTo("ETHERNET");
        assertThat(LinkType.name(276)).isEqualTo("LINUX_SLL2");
        assertThat(LinkType.name(4711)).isEqualTo("LINKTYPE 4711");
        assertThat(LinkType.phrase(4711)).isEqualTo("link type 4711");
        assertThat(LinkType.phrase(LinkType.ETHERNET)).isEqualTo("link type ETHERNET");
    }

    private static final class ClosableInput extends ByteArrayInputStream {

        private boolean closed;

        ClosableInput(byte[] content) {
            super(content);
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
