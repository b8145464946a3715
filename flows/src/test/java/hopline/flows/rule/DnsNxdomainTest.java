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
import org.junit.jupiter.params.provider.EnumSource;

class DnsNxdomainTest {

    @ParameterizedTest
    @EnumSource(Style.class)
    void theNameDoesNotExist(Style style) {
        Site site = Site.busy(style);
        for (int i = 0; i < 2; i++) {
            site.connect("shop/cart", "kube/dns", "kube/dns-1")
                    .query(4, "stok.shop.svc.cluster.local")
                    .answer(4, "stok.shop.svc.cluster.local", 3);
        }

        assertThat(site.later().said())
                .containsExactly(new Said(
                        "warning",
                        "dns-nxdomain",
                        site.at("kube/dns-1"),
                        "an address for stok.shop.svc.cluster.local",
                        "NXDOMAIN for stok.shop.svc.cluster.local",
                        List.of("shop/cart > kube/dns", "shop/cart > kube/dns")));
    }

    /// Neither a service nor a search list is behind a reverse name or the search for a zone.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1  | db.corp.example          | the name db.corp.example does not exist | the service exists",
                "28 | db.corp.example          | the name db.corp.example does not exist | the service exists",
                "65 | db.corp.example          | the name db.corp.example does not exist | the service exists",
                "12 | lb._dns-sd._udp.0.0.0.10.in-addr.arpa | no services are listed at lb._dns-sd._udp.0.0.0.10.in-addr.arpa"
                        + " | nothing is meant to be listed",
                "12 | 9.2.0.192.in-addr.arpa   | no name is known for the address of 9.2.0.192.in-addr.arpa | reverse zone",
                "6  | cart.corp.example        | no zone holds the name cart.corp.example | to register in DNS",
                "33 | _x._tcp.db.corp.example  | the name _x._tcp.db.corp.example, asked for its SRV record, does not exist"
                        + " | has such a record",
            })
    void adviceFitsWhatWasAsked(int type, String name, String title, String advice) {
        Site site = Site.busy(Style.OVERLAY);
        site.connect("shop/cart", "kube/dns", "kube/dns-1").asksInVain(7, type, name);

        Report report = site.later();

        assertThat(report.faults()).extracting(Said::actual).containsExactly("NXDOMAIN for " + name);
        assertThat(report.finding("dns-nxdomain").lead().claim().title()).isEqualTo(title);
        assertThat(report.finding("dns-nxdomain").lead().claim().advice()).contains(advice);
    }

    /// The capture ends before the next name of a search list would be asked for, where there may be one.
    @ParameterizedTest
    @CsvSource({
        "stok.shop.svc.cluster.local, 0.1, note",
        "stok.shop.svc.cluster.local, 1.5, warning",
        "stok.partner.example,        0.1, warning",
    })
    void whatIsAskedNextIsNotKnownAtTheEnd(String name, double seconds, String severity) {
        Site site = Site.busy(Style.OVERLAY);
        ask(site, "shop/cart", name, 3);

        assertThat(site.pause(seconds).healthyTraffic().analyze().said())
                .filteredOn(said -> said.rule().equals("dns-nxdomain"))
                .extracting(Said::severity)
                .containsExactly(severity);
    }

    /// What a resolver with `ndots:5` does for every name outside.
    @Test
    void aSearchListAtWorkIsANote() {
        Site site = Site.busy(Style.OVERLAY);
        String[] suffixes = {".shop.svc.cluster.local", ".svc.cluster.local", ".cluster.local"};
        for (String suffix : suffixes) {
            ask(site, "shop/cart", "api.partner.example" + suffix, 3);
        }
        ask(site, "shop/cart", "api.partner.example", 0);

        assertThat(site.later().said())
                .extracting(Said::severity, Said::rule)
                .containsExactly(tuple("note", "dns-nxdomain"));
    }

    /// An error is no hit: nothing of the list was found.
    @Test
    void aSearchThatEndsInAnErrorIsAWarning() {
        Site site = Site.busy(Style.OVERLAY);
        ask(site, "shop/cart", "partner.example.corp.example", 3);
        ask(site, "shop/cart", "partner.example", 2);

        assertThat(site.later().faults()).extracting(Said::rule).contains("dns-nxdomain");
    }

    /// All of the list misses: then the name itself is missing, and the name without suffixes is what is named.
    @Test
    void aSearchInVainIsAWarning() {
        Site site = Site.busy(Style.OVERLAY);
        ask(site, "shop/cart", "stok.shop.svc.cluster.local", 3);
        ask(site, "shop/cart", "stok.svc.cluster.local", 3);
        ask(site, "shop/cart", "stok", 3);

        assertThat(site.later().faults()).extracting(Said::actual).containsExactly("NXDOMAIN for stok");
    }

    @Test
    void anAnswerWithoutItsQuestionDoesNotTellWhy() {
        Site site = Site.busy(Style.OVERLAY);
        site.connect("shop/cart", "kube/dns", "kube/dns-1").answer(9, "stok.partner.example", 3);

        assertThat(site.later().said())
                .extracting(Said::severity, Said::expected)
                .containsExactly(tuple("note", "an address, or an answer for another name of a search list"));
    }

    /// Another client's hit, or one long after, is not this client's.
    @Test
    void onlyTheSameClientsAnswerWithinFiveSecondsCounts() {
        Site site = Site.busy(Style.OVERLAY);
        ask(site, "shop/cart", "db.shop.svc.cluster.local", 3);
        ask(site, "shop/till", "db.shop", 0);
        site.pause(8);
        ask(site, "shop/cart", "db.shop", 0);

        assertThat(site.later().faults())
                .extracting(Said::actual)
                .containsExactly("NXDOMAIN for db.shop.svc.cluster.local");
    }

    @Test
    void anEmptyAnswerIsNoMissingName() {
        Site site = Site.busy(Style.OVERLAY);
        ask(site, "shop/cart", "stock.shop.svc.cluster.local", 0);

        assertThat(site.later().said()).isEmpty();
    }

    private static void ask(Site site, String client, String name, int responseCode) {
        site.connect(client, "kube/dns", "kube/dns-1").query(11, name).answer(11, name, responseCode);
    }
}
