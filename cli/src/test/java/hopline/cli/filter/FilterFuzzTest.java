package hopline.cli.filter;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;

/// Whatever value a filter is given, it is a filter or refused in words.
///
/// The first letter chooses the filter, the rest is its value. The seeds beside the test's resources, and what fuzzing
/// found, are run with all tests; `JAZZER_FUZZ=1` fuzzes.
class FilterFuzzTest {

    @FuzzTest(maxDuration = "60s")
    void make(@NotNull String words) {
        if (words.isEmpty()) {
            return;
        }
        FilterKind kind = Filters.KINDS.get(words.charAt(0) % Filters.KINDS.size());
        try {
            assertThat(kind.maker().apply(words.substring(1))).isNotNull();
        } catch (IllegalArgumentException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }
}
