package hopline.capture.pcapng;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.capture.event.EventLayout;
import hopline.capture.event.Matter;
import hopline.capture.event.SystemEvent;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
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

    /// Values of any length are read, and what is kept of them is what would be written.
    @Test
    void longValuesAreCut() {
        byte[] lengthy = new String(entry(), StandardCharsets.UTF_8)
                .replace("HOPLINE_NAME=Created", "HOPLINE_NAME=" + "x".repeat(1 << 20))
                .getBytes(StandardCharsets.UTF_8);

        assertThat(JournalEntry.event(lengthy))
                .hasValueSatisfying(event -> assertThat(event.name()).hasSize(16_384));
    }

    /// Its last field ends it; what stands behind is padding.
    @Test
    void anEntryThatIsCutIsNoEvent() {
        byte[] whole = entry();
        int end = new String(whole, StandardCharsets.ISO_8859_1).lastIndexOf('\n') + 1;
        for (int i = 0; i <= whole.length; i++) {
            assertThat(JournalEntry.event(Arrays.copyOf(whole, i)))
                    .as("cut to %d octets", i)
                    .isEqualTo(i < end ? Optional.empty() : Optional.of(EVENT));
        }
    }

    /// What other octets make is no event, or one that can be written and read again.
    @Test
    void aChangedEntryIsAWholeEventOrNone() {
        byte[] whole = entry();
        Set<Optional<SystemEvent>> made = new HashSet<>();
        for (int i = 0; i < whole.length; i++) {
            byte[] changed = whole.clone();
            changed[i] ^= (byte) 0x8a;
            made.add(JournalEntry.event(changed));
        }

        assertThat(made).contains(Optional.empty(), Optional.of(EVENT)).hasSizeGreaterThan(10);
        made.stream().flatMap(Optional::stream).forEach(event -> assertThat(
                        JournalEntry.event(JournalEntry.of(event, 0).body().toByteArray()))
                .hasValue(event));
    }
}
