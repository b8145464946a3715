package hopline.cli.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ResponseChartTest {

    @Test
    void errorsTooCloseForLabelsOfTheirOwnShareOne() {
        Map<Long, String> errors = Map.of(100L, "n1", 120L, "n4", 200L, "n2");

        assertThat(ResponseChart.labels(new TreeMap<>(errors), 10))
                .containsExactlyInAnyOrderEntriesOf(Map.of(100L, "n1 n4", 120L, "", 200L, "n2"));
    }

    @Test
    void ofVeryManyErrorsAtOnceTheFirstAreNamed() {
        TreeMap<Long, String> errors = new TreeMap<>();
        for (int i = 1; i <= 9; i++) {
            errors.put(100L + i, "n" + i);
        }

        assertThat(ResponseChart.labels(errors, 10)).containsEntry(101L, "n1 n2 n3 n4 …");
    }
}
