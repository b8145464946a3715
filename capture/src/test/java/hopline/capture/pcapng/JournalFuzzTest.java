package hopline.capture.pcapng;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import hopline.capture.event.SystemEvent;
import java.util.Optional;

/// Whatever an entry of a journal holds, it is an event or none; and an event, written, is read as it was.
///
/// The seeds beside the test's resources, and what fuzzing found, are run with all tests; `JAZZER_FUZZ=1` fuzzes.
class JournalFuzzTest {

    @FuzzTest(maxDuration = "60s")
    void read(byte @NotNull [] octets) {
        Optional<SystemEvent> event = JournalEntry.event(octets);

        event.ifPresent(told -> assertThat(
                        JournalEntry.event(JournalEntry.of(told, 0).body().toByteArray()))
                .isEqualTo(event));
    }
}
