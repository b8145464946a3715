package hopline.flows.state.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// No real file is at hand: the octets are made after the published description of the format.
class EvtxReaderTest {

    private static final int CHUNK = 4096;

    private final ByteBuffer file = ByteBuffer.allocate(CHUNK + 65_536).order(ByteOrder.LITTLE_ENDIAN);

    /// Offsets in binary XML count from the chunk's start.
    private int at() {
        return file.position() - CHUNK;
    }

    private void text(String text) {
        file.put(text.getBytes(StandardCharsets.UTF_16LE));
    }

    private void name(String name) {
        file.putInt(at() + 4).putInt(0).putShort((short) 0).putShort((short) name.length());
        text(name);
        file.putShort((short) 0);
    }

    private void open(String name, boolean hasAttributes) {
        file.put((byte) (hasAttributes ? 0x41 : 0x01)).putShort((short) -1).putInt(0);
        name(name);
        if (hasAttributes) {
            file.putInt(0);
        }
    }

    private void substitution(int index) {
        file.put((byte) 0x0d).putShort((short) index).put((byte) 0);
    }

    /// `<Event><Provider
    /// Name="HNS"/><EventID>7031</EventID><Level>2</Level><EventData><Data>TEXT</Data></EventData></Event>`
    private byte[] event(String message) {
        file.put("ElfFile\0".getBytes(StandardCharsets.ISO_8859_1)).position(CHUNK);
        file.put("ElfChnk\0".getBytes(StandardCharsets.ISO_8859_1)).position(CHUNK + 512);
        int record = file.position();
        file.putInt(0x2a2a).putInt(0).putLong(1).putLong(134_169_973_250_000_000L);
        file.put((byte) 0x0f).put(new byte[] {1, 1, 0});
        file.put((byte) 0x0c).put((byte) 1).putInt(77).putInt(at() + 4);
        int definition = file.position();
        file.putInt(0).put(new byte[16]).putInt(0);
        int start = file.position();
        file.put((byte) 0x0f).put(new byte[] {1, 1, 0});
        open("Event", false);
        file.put((byte) 0x02);
        open("Provider", true);
        file.put((byte) 0x06);
        name("Name");
        file.put((byte) 0x05).put((byte) 1).putShort((short) 3);
        text("HNS");
        file.put((byte) 0x03);
        for (int i = 0; i < 2; i++) {
            open(i == 0 ? "EventID" : "Level", false);
            file.put((byte) 0x02);
            substitution(i);
            file.put((byte) 0x04);
        }
        open("EventData", false);
        file.put((byte) 0x02);
        open("Data", false);
        file.put((byte) 0x02);
        substitution(2);
        file.put(new byte[] {0x04, 0x04, 0x04, 0x00});
        file.putInt(definition + 20, file.position() - start);
        file.putInt(3);
        file.putShort((short) 2).putShort((short) 6);
        file.putShort((short) 1).putShort((short) 4);
        file.putShort((short) (2 * message.length())).putShort((short) 1);
        file.putShort((short) 7031).put((byte) 2);
        text(message);
        int length = file.position() - record + 4;
        file.putInt(length).putInt(record + 4, length);
        file.putInt(CHUNK + 48, file.position() - CHUNK);
        return file.array();
    }

    private static LogState read(byte[] octets) throws IOException {
        LogState state = new LogState();
        new EvtxReader("System.evtx", state).read(new ByteArrayInputStream(octets));
        return state;
    }

    @Test
    void fillsTheValuesIntoTheTemplate() throws IOException {
        byte[] octets = event("The Host Network Service service terminated unexpectedly.");
        assertThat(EvtxReader.begins(octets)).isTrue();
        assertThat(read(octets).entries()).singleElement().satisfies(entry -> {
            assertThat(entry.component()).isEqualTo("HNS");
            assertThat(entry.level()).isEqualTo("E");
            assertThat(entry.message())
                    .isEqualTo("event 7031 The Host Network Service service terminated unexpectedly.");
            assertThat(entry.source()).hasToString("System.evtx:1");
            assertThat(entry.time()).startsWith("03-0");
            assertThat(Signal.of(entry.message())).hasValue(Signal.HNS_CRASHED);
        });
    }

    @Test
    void anyOctetMayBeWrong() throws IOException {
        byte[] good = event("The Host Network Service service terminated unexpectedly.");
        for (int i = CHUNK + 512; i < CHUNK + 1100; i++) {
            byte[] bad = good.clone();
            bad[i] ^= (byte) 0xff;
            assertThat(read(bad).entries()).hasSizeLessThanOrEqualTo(1);
        }
        for (int length = CHUNK; length < CHUNK + 1100; length += 7) {
            assertThat(read(Arrays.copyOf(good, length)).entries()).hasSizeLessThanOrEqualTo(1);
        }
    }
}
