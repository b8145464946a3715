package hopline.flows.rule;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.flows.analysis.FlowReport;
import hopline.flows.site.Conversation;
import hopline.flows.site.Report;
import hopline.flows.site.Site;
import hopline.flows.site.Style;
import hopline.flows.site.Way;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerdictTest {

    /// Datagrams that nobody need answer, to somebody who speaks to others.
    @ParameterizedTest
    @CsvSource({
        "everywhere, true, delivered",
        "everywhere, false, delivered",
        "west veth-stock-1, true, delivered",
        "west veth-stock-1, false, unknown",
        "east veth-cart, true, unknown",
        "east veth-cart, false, unknown",
        "east eno1, true, unknown",
        "east eno1, false, unknown",
        "west eno1, true, unknown",
        "west eno1, false, unknown",
    })
    void datagramsAreDeliveredWhereTheyAreSeenToArrive(String captured, boolean lists, String verdict) {
        Site site = Site.busy(Style.OVERLAY);
        site.connect("shop/cart", "shop/stock-1:8125").datagram(40).datagram(40);
        site.pause(3).changeRecordings(all -> all.stream()
                .filter(one -> captured.equals("everywhere") || captured.equals(one.node() + " " + one.point()))
                .toList());

        Report report = lists ? site.analyze() : site.analyzeWithoutLists();

        assertThat(report.faults()).isEmpty();
        assertThat(report.analysis().flows())
                .filteredOn(flow -> flow.flow().target().endpoint().port() == 8125)
                .singleElement()
                .extracting(flow -> flow.verdict().label())
                .isEqualTo(verdict);
    }

    /// Of a connection that was open before, one direction: only new numbers are of new answers.
    @ParameterizedTest
    @CsvSource({"0, unknown", "1, delivered"})
    void thatMoreIsAcknowledgedProvesAnAnswer(int answers, String verdict) {
        Site site = Site.busy(Style.ROUTED);
        Conversation conversation = site.connect("shop/cart", "198.51.100.7:443");
        Way captured = conversation.wayThere();
        Way unseen = new Way(List.of());
        conversation.there(way -> unseen).back(way -> unseen).open().there(way -> captured);
        conversation.send(100);
        for (int i = 0; i < answers; i++) {
            conversation.receive(200).ack();
        }
        conversation.send(100);

        Report report = site.later();

        assertThat(report.faults()).isEmpty();
        assertThat(report.flows("shop/cart > 198.51.100.7"))
                .singleElement()
                .extracting(FlowReport::verdict)
                .extracting(Verdict::label)
                .isEqualTo(verdict);
    }
}
