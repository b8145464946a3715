package hopline.flows.rule;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.flows.site.Conversation;
import hopline.flows.site.Said;
import hopline.flows.site.Site;
import hopline.flows.site.Style;
import java.util.List;
import org.junit.jupiter.api.Test;

class IcmpNotTranslatedTest {

    private static Conversation untranslated(Site site) {
        return site.connect("shop/cart", "203.0.113.80").there(way -> way.translatedFrom(null));
    }

    @Test
    void onWindowsItIsByDesign() {
        Site site = Site.busy(Style.WINDOWS);
        untranslated(site).ping().pause(1).ping();

        assertThat(site.later().said())
                .containsExactly(new Said(
                        "note",
                        "icmp-not-translated",
                        site.uplink("east"),
                        "192.0.2.11",
                        "10.60.1.5",
                        List.of("shop/cart > 203.0.113.80")));
    }

    @Test
    void onLinuxItIsAFault() {
        Site site = Site.busy(Style.OVERLAY);
        untranslated(site).ping().pause(1).ping();

        assertThat(site.later().faults()).extracting(Said::rule).containsExactly("snat-missing");
    }

    @Test
    void tcpMustBeTranslated() {
        Site site = Site.busy(Style.WINDOWS);
        site.connect("shop/cart", site.outside(80))
                .there(way -> way.translatedFrom(null))
                .syn()
                .pause(1)
                .syn();

        assertThat(site.later().faults()).extracting(Said::rule).containsExactly("snat-missing");
    }

    /// Translated somewhere further out, or routed: it is answered.
    @Test
    void anAnswerIsAllThatMatters() {
        Site site = Site.busy(Style.WINDOWS);
        untranslated(site).ping().pong();

        assertThat(site.later().said()).isEmpty();
    }

    @Test
    void aTranslatedPingGetsNoAnswer() {
        Site site = Site.busy(Style.WINDOWS);
        site.connect("shop/cart", "203.0.113.80").ping().pause(1).ping();

        assertThat(site.later().said()).extracting(Said::rule).containsExactly("connection-unanswered");
    }
}
