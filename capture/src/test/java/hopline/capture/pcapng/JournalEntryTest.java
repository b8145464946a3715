package hopline.capture.pcapng;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.capture.event.EventLayout;
import hopline.capture.event.Matter;
import hopline.capture.event.SystemEvent;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JournalEntryTest {

    private static final SystemEvent EVENT = new SystemEvent(
            1_500,
            "Hyper-V",
            7,
            "Created",
            EventLayout.PUBLISHED,
            2,
            new Matter.PortsExhausted("a\nb", 6, Optional.empty()));

    private static byte[] entry() {
        return JournalEntry.of(EVENT, 0).body().toByteArray();
    }

    /// journalctl and Wireshark know the first three; the others hold the event.
    @Test
    void readsAsAJournalsEntry() {
        assertThat(new String(entry(), StandardCharsets.UTF_8))
                .startsWith("__REALTIME_TIMESTAMP=1\nSYSLOG_IDENTIFIER=Hyper-V\nMESSAGE\n")
                .contains("\nHOPLINE_TIME=1500\nHOPLINE_PROVIDER=Hyper-V\nHOPLINE_ID=7\n");
        assertThat(entry().length % 4).isZero();
        assertThat(JournalEntry.event(entry())).hasValue(EVENT);
    }

    @Test
    void anotherProgramsEntryIsNoEvent() {
        byte[] other = "__REALTIME_TIMESTAMP=1\nMESSAGE=hello\nTIME=5\n".getBytes(StandardCharsets.UTF_8);

        assertThat(JournalEntry.event(other)).isEmpty();
    }

    /// Fields of others, of any octets and more than an event has, stand before and between its own.
    @Test
    void fieldsOfOthersArePassedOver() {
        ByteArrayOutputStream mixed = new ByteArrayOutputStream();
        for (int i = 0; i < 100; i++) {
            mixed.writeBytes(new byte[] {'A', '=', (byte) 0xff, '=', '\n'});
            mixed.writeBytes(new byte[] {'B', '\n', 3, 0, 0, 0, 0, 0, 0, 0, '\n', '=', '\n', '\n'});
        }
        mixed.writeBytes(entry());

        assertThat(JournalEntry.event(mixed.toByteArray())).hasValue(EVENT);
    }

    /// Cut anywhere, or with any octet changed, it is an event or none, and nothing breaks.
    @Test
    void brokenEntriesBreakNothing() {
        byte[] whole = entry();
        for (int i = 0; i < whole.length; i++) {
            assertThat(JournalEntry.event(Arrays.copyOf(whole, i))).isNotNull();
            byte[] changed = whole.clone();
            changed[i] ^= (byte) 0x8a;
            assertThat(JournalEntry.event(changed)).isNotNull();
        }
        assertThat(JournalEntry.event(Arrays.copyOf(whole, 20))).isEmpty();
    }
}
