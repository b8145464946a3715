package hopline.flows.rule;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.flows.site.Report;
import hopline.flows.site.Site;
import hopline.flows.site.Style;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Traffic as it should be, in every kind of network, is no reason to worry anybody.
class HealthyTrafficTest {

    @ParameterizedTest
    @EnumSource(Style.class)
    void nothingIsFound(Style style) {
        Report report =
                new Site(style).healthyTraffic().pause(3).healthyTraffic().analyze();

        assertThat(report.said()).isEmpty();
        assertThat(report.analysis().flows())
                .allSatisfy(flow -> assertThat(flow.verdict()).isEqualTo(Verdict.DELIVERED));
        assertThat(report.analysis().flowsTotal()).isEqualTo(26);
    }

    @ParameterizedTest
    @EnumSource(Style.class)
    void norWithoutLists(Style style) {
        Report report =
                new Site(style).healthyTraffic().pause(3).healthyTraffic().analyzeWithoutLists();

        assertThat(report.said()).isEmpty();
    }
}
