package hopline.flows.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampsTest {

    record Name(String file, String time) {}

    static final List<Name> STAMPED = List.of(
            new Name("pods-2026-03-01T10-22-05Z.json", "2026-03-01T10:22:05Z"),
            new Name("2026-03-01T10:22:05Z.json.gz", "2026-03-01T10:22:05Z"),
            new Name("pods.20260301T102205Z.json", "2026-03-01T10:22:05Z"),
            new Name("node-7-2026-03-01_10.22.05.250Z", "2026-03-01T10:22:05.250Z"),
            new Name("pods-2026-03-01T10-22-05+01-00.json", "2026-03-01T09:22:05Z"),
            new Name("pods-2026-03-01T10-22-05-0530.json", "2026-03-01T15:52:05Z"),
            new Name("hopline-win-a-20260301T102205Z.zip/pods-2026-03-01T12-22-05Z.json", "2026-03-01T12:22:05Z"));

    @ParameterizedTest
    @FieldSource("STAMPED")
    void findsTheTimeInAFilesName(Name name) {
        long nanos = Timestamps.inFileName(name.file()).orElseThrow();

        assertThat(Instant.ofEpochSecond(0, nanos)).isEqualTo(Instant.parse(name.time()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "pods.json",
                "pods-2026-03-01.json",
                "pods-2026-03-01T10-22-05.json",
                "pods-2026-13-01T10-22-05Z.json",
                "pods-2026-03-01T25-22-05Z.json",
                "12026-03-01T10-22-05Z.json"
            })
    void findsNoneInOtherNames(String file) {
        assertThat(Timestamps.inFileName(file)).isEmpty();
    }

    @Test
    void holdsTimesOutOfRangeAtItsEnds() {
        assertThat(Timestamps.parse("0001-01-01T00:00:00Z")).hasValue(Long.MIN_VALUE);
        assertThat(Timestamps.parse("9999-12-31T23:59:59Z")).hasValue(Long.MAX_VALUE);
        assertThat(Timestamps.parse("+999999999-12-31T23:59:59Z")).hasValue(Long.MAX_VALUE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yesterday", "2026-03-01", "2026-03-01T10:22:05"})
    void refusesWhatIsNoTime(String text) {
        assertThat(Timestamps.parse(text)).isEmpty();
    }
}
