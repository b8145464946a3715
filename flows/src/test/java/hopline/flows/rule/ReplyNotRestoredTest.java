package hopline.flows.rule;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.flows.site.Conversation;
import hopline.flows.site.Report;
import hopline.flows.site.Site;
import hopline.flows.site.Style;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReplyNotRestoredTest {

    @ParameterizedTest
    @EnumSource(Style.class)
    void theInitiatorGetsAnAnswerFromTheBackend(Style style) {
        Site site = Site.busy(style);
        Conversation conversation = site.connect("shop/cart", "shop/stock", "shop/stock-2")
                .back(way -> way.translatedFrom(null))
                .syn();
        conversation.synAck().reset();

        Report report = site.later();

        assertThat(report.said()).hasSize(1).first().satisfies(said -> {
            assertThat(said.rule()).isEqualTo("reply-not-restored");
            assertThat(said.severity()).isEqualTo("error");
            assertThat(said.at()).isIn(site.at("shop/cart"), "east cbr0", "east kube-br");
            assertThat(said.expected()).isEqualTo(site.endpoint("shop/stock", 80));
            assertThat(said.actual()).isEqualTo(site.endpoint("shop/stock-2", 8080));
            assertThat(said.flows()).containsExactly("shop/cart > shop/stock");
        });
    }

    /// Between the nodes answers bear the backend's address, as questions do.
    @Test
    void onTheWayTheBackendsAddressIsRight() {
        Site site = Site.busy(Style.OVERLAY);
        site.withoutPoint("east cbr0").withoutPoint(site.at("shop/cart")).withoutPoint(site.at("shop/till"));

        assertThat(site.later().faults()).isEmpty();
    }
}
