package hopline.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which findings are told, by the first letters of their rules.
class FairShareTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    ''         | 3 | ''      | ''
                    aab        | 3 | aab     | ''
                    aaaa       | 3 | aaa     | and 1 further finding (a ×1)
                    aaaaab     | 3 | aab     | and 3 further findings (a ×3)
                    aaaabbbbc  | 4 | aabc    | and 5 further findings (a ×2, b ×3)
                    abcd       | 2 | ab      | and 2 further findings (c ×1, d ×1)
                    """)
    void noRuleCrowdsOutAnother(String rules, int most, String told, String further) {
        FairShare share = FairShare.of(List.of(rules.isEmpty() ? new String[0] : rules.split("")), most);
        assertThat(share.places()).isSorted().doesNotHaveDuplicates();
        assertThat(share.places().stream().map(place -> rules.substring(place, place + 1)))
                .containsExactly(told.isEmpty() ? new String[0] : told.split(""));
        assertThat(share.further()).isEqualTo(further.isEmpty() ? "" : further + "; --format json lists all");
    }
}
