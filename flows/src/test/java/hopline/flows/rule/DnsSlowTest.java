package hopline.flows.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import hopline.flows.site.Report;
import hopline.flows.site.Said;
import hopline.flows.site.Site;
import hopline.flows.site.Style;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DnsSlowTest {

    @ParameterizedTest
    @CsvSource({"0.9, false", "1.1, true", "4.9, true"})
    void anAnswerTakesASecondOrMore(double seconds, boolean slow) {
        Site site = Site.busy(Style.OVERLAY6);
        site.connect("shop/cart", "kube/dns", "kube/dns-1")
                .query(4, "a.example")
                .pause(seconds)
                .answer(4, "a.example", 0);

        assertThat(site.later().said()).hasSize(slow ? 1 : 0).allSatisfy(said -> assertThat(said)
                .isEqualTo(new Said(
                        "warning",
                        "dns-slow",
                        "west cali-dns-1",
                        "an answer within a second",
                        "answers after a second or more",
                        List.of("shop/cart > kube/dns"))));
    }

    /// The race in connection tracking: the first question gets lost, five seconds later it is asked again.
    @Test
    void theFirstQuestionGetsLost() {
        Site site = Site.busy(Style.OVERLAY);
        site.connect("shop/cart", "kube/dns", "kube/dns-1")
                .losing("east cbr0")
                .query(4, "a.example")
                .pause(5)
                .query(4, "a.example")
                .answer(4, "a.example", 0);

        assertThat(site.later().said())
                .containsExactly(new Said(
                        "warning",
                        "dns-slow",
                        "east cbr0",
                        "an answer to the first question",
                        "nothing after east cbr0 until asked again",
                        List.of("shop/cart > kube/dns")));
    }

    /// Where the first question was lost is not captured; that the second is answered at once speaks for the server.
    @Test
    void theFirstQuestionGetsLostBehindTheCapture() {
        Site site = Site.busy(Style.OVERLAY);
        site.connect("shop/cart", "kube/dns", "kube/dns-1")
                .query(4, "a.example")
                .pause(5)
                .query(4, "a.example")
                .answer(4, "a.example", 0);

        Report report = site.later();

        assertThat(report.said())
                .containsExactly(new Said(
                        "warning",
                        "dns-slow",
                        "west veth-dns-1",
                        "an answer to the first question",
                        "nothing after west veth-dns-1 until asked again",
                        List.of("shop/cart > kube/dns")));
        assertThat(report.finding("dns-slow").certain()).isFalse();
    }

    /// It answers late, and each time it was asked.
    @Test
    void aSlowServerAnswersTheFirstQuestionAfterTheSecond() {
        Site site = Site.busy(Style.OVERLAY);
        site.connect("shop/cart", "kube/dns", "kube/dns-1")
                .query(4, "a.example")
                .pause(5)
                .query(4, "a.example")
                .pause(0.5)
                .answer(4, "a.example", 0)
                .pause(5)
                .answer(4, "a.example", 0);

        assertThat(site.later().said())
                .extracting(Said::rule, Said::actual)
                .containsExactly(tuple("dns-slow", "answers after a second or more"));
    }

    /// The time since the first question is not the server's alone.
    @Test
    void aSlowServerIsSlowWhenAskedAgain() {
        Site site = Site.busy(Style.OVERLAY);
        site.connect("shop/cart", "kube/dns", "kube/dns-1")
                .query(4, "a.example")
                .pause(5)
                .query(4, "a.example")
                .pause(3)
                .answer(4, "a.example", 0);

        assertThat(site.later().finding("dns-slow").lead().claim().advice())
                .startsWith("The server answered late (3.0 s after it was asked again for a.example)");
    }

    @Test
    void theSecondQuestionComesFromAnotherSocket() {
        Site site = Site.busy(Style.OVERLAY);
        site.connect("shop/cart", "kube/dns", "kube/dns-1").losing("east cbr0").query(4, "a.example");
        site.pause(5);
        site.connect("shop/cart", "kube/dns", "kube/dns-1")
                .query(8, "a.example")
                .answer(8, "a.example", 0);

        assertThat(site.later().said())
                .extracting(Said::rule, Said::severity, Said::at)
                .containsExactly(tuple("dns-slow", "warning", "east cbr0"));
    }

    /// Whoever waits, and for how long: one cause.
    @Test
    void pausesOfAnyLengthAreOneFinding() {
        Site site = Site.busy(Style.OVERLAY);
        for (double pause : new double[] {2, 3.7, 5}) {
            site.connect("shop/cart", "kube/dns", "kube/dns-1")
                    .losing("east eno1")
                    .query(4, "a.example")
                    .pause(pause)
                    .query(4, "a.example")
                    .answer(4, "a.example", 0);
        }

        assertThat(site.later().said()).hasSize(1).first().satisfies(said -> assertThat(said.flows())
                .hasSize(3));
    }

    /// Ids are used again: a later question with the same id is another question.
    @Test
    void theSameQuestionLaterIsAnotherOne() {
        Site site = Site.busy(Style.OVERLAY);
        site.connect("shop/cart", "kube/dns", "kube/dns-1")
                .query(4, "a.example")
                .answer(4, "a.example", 0)
                .pause(7)
                .query(4, "a.example")
                .answer(4, "a.example", 0);

        assertThat(site.later().said()).isEmpty();
    }
}
