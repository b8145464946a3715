package hopline.flows.rule;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.flows.site.Conversation;
import hopline.flows.site.Said;
import hopline.flows.site.Site;
import hopline.flows.site.Style;
import java.util.List;
import org.junit.jupiter.api.Test;

class ZeroWindowTest {

    private static Conversation closed(Site site) {
        return site.connect("shop/cart", "shop/stock-1:7000").open().send(1000).closesWindow();
    }

    @Test
    void theReceiverDoesNotRead() {
        Site site = Site.busy(Style.OVERLAY);
        Conversation conversation = closed(site);
        for (double wait : List.of(0.2, 0.4, 0.8, 1.6)) {
            conversation.pause(wait).knock().closesWindow();
        }
        conversation.acked().send(10).acked().close();

        assertThat(site.later().said())
                .containsExactly(new Said(
                        "warning",
                        "zero-window",
                        "west veth-stock-1",
                        "a window that opens again within 1.5 s",
                        "window 0 for seconds, while the sender waits",
                        List.of("shop/cart > shop/stock-1")));
    }

    @Test
    void aMomentIsFlowControl() {
        Site site = Site.busy(Style.OVERLAY);
        closed(site)
                .pause(0.2)
                .knock()
                .closesWindow()
                .pause(0.4)
                .knock()
                .acked()
                .send(10)
                .acked()
                .close();

        assertThat(site.later().said()).isEmpty();
    }

    @Test
    void nobodyWaits() {
        Site site = Site.busy(Style.OVERLAY);
        closed(site).pause(20).acked().close();

        assertThat(site.later().said()).isEmpty();
    }

    /// It opens and closes again, each time for a moment.
    @Test
    void timesDoNotAddUp() {
        Site site = Site.busy(Style.OVERLAY);
        Conversation conversation =
                site.connect("shop/cart", "shop/stock-1:7000").open();
        for (int i = 0; i < 6; i++) {
            conversation
                    .send(1000)
                    .closesWindow()
                    .pause(0.3)
                    .knock()
                    .closesWindow()
                    .pause(0.2)
                    .knock()
                    .acked();
        }
        conversation.close();

        assertThat(site.later().said()).isEmpty();
    }

    /// A reset bears a window of 0 as well.
    @Test
    void aResetMeansNothingByIt() {
        Site site = Site.busy(Style.OVERLAY);
        site.connect("shop/cart", "shop/stock-1:7000").whole();
        site.connect("shop/cart", "shop/stock-1:7000")
                .open()
                .send(10)
                .receive(10)
                .ack()
                .reset()
                .pause(2)
                .resend();

        assertThat(site.later().faults()).extracting(Said::rule).doesNotContain("zero-window");
    }
}
