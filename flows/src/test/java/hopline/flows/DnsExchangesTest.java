package hopline.flows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import hopline.flows.site.Conversation;
import hopline.flows.site.Site;
import hopline.flows.site.Style;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DnsExchangesTest {

    private Site site;
    private Conversation socket;

    @BeforeEach
    void begin() {
        site = new Site(Style.OVERLAY);
        socket = site.connect("shop/cart", "kube/dns", "kube/dns-1");
    }

    private List<DnsExchange> exchanges() {
        return site.flows().getFirst().dns().all();
    }

    @Test
    void aQuestionAndItsAnswer() {
        socket.query(7, "Stock.shop").pause(0.02).answer(7, "Stock.shop", 0);

        assertThat(exchanges()).singleElement().satisfies(exchange -> {
            assertThat(exchange.question().name()).isEqualToIgnoringCase("stock.shop");
            assertThat(exchange.attempts()).isEqualTo(1);
            assertThat(exchange.responseCode()).isZero();
            assertThat(exchange.answers()).isEqualTo(1);
            assertThat(exchange.responseNanos()).isBetween(21_000_000L, 22_000_000L);
        });
    }

    @Test
    void askedAgainBeforeTheAnswerItIsOneExchange() {
        socket.query(7, "a.example").pause(5).query(7, "a.example").answer(7, "a.example", 3);

        assertThat(exchanges()).singleElement().satisfies(exchange -> {
            assertThat(exchange.attempts()).isEqualTo(2);
            assertThat(exchange.responseCode()).isEqualTo(3);
            assertThat(exchange.query()).isNotSameAs(exchange.lastQuery());
        });
    }

    @Test
    void askedAgainAfterTheAnswerItIsAnotherExchange() {
        socket.query(7, "a.example").answer(7, "a.example", 0).pause(3);
        socket.query(7, "a.example").answer(7, "a.example", 0);

        assertThat(exchanges()).hasSize(2).allMatch(exchange -> exchange.attempts() == 1);
    }

    @Test
    void questionsOnOneSocketAreToldApartByIdAndName() {
        socket.query(7, "a.example").query(8, "a.example").query(7, "b.example");
        socket.answer(7, "b.example", 3).answer(8, "a.example", 0);

        assertThat(exchanges())
                .extracting(exchange -> exchange.response() != null, DnsExchange::responseCode)
                .containsExactly(tuple(false, 0), tuple(true, 0), tuple(true, 3));
    }

    @Test
    void anAnswerAloneHasNoTime() {
        socket.answer(7, "a.example", 0);

        assertThat(exchanges()).singleElement().satisfies(exchange -> {
            assertThat(exchange.query()).isNull();
            assertThat(exchange.responseNanos()).isEqualTo(-1);
        });
    }

    /// A forwarder's socket carries more questions than are kept.
    @Test
    void questionsBeyondTheBoundAreCounted() {
        for (int i = 0; i < 70; i++) {
            socket.query(1000 + i, "host" + i + ".example");
        }

        assertThat(exchanges()).hasSize(64);
        assertThat(site.flows().getFirst().dns().omitted()).isEqualTo(6);
    }
}
