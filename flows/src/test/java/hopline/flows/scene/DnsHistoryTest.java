package hopline.flows.scene;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.decode.Address;
import hopline.flows.site.Site;
import hopline.flows.site.Style;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DnsHistoryTest {

    private static final long FIVE_SECONDS = 5_000_000_000L;

    private final Site site = new Site(Style.OVERLAY);
    private Address cart;

    @BeforeEach
    void name() {
        cart = Address.of(site.address("shop/cart"));
    }

    private DnsHistory history() {
        DnsHistory history = new DnsHistory();
        site.flows().forEach(history::learn);
        return history;
    }

    private void ask(String name, int responseCode) {
        site.connect("shop/cart", "kube/dns", "kube/dns-1").query(9, name).answer(9, name, responseCode);
    }

    @Test
    void anotherVariantThatIsFoundShowsASearchAtWork() {
        ask("db.shop.svc.cluster.local", 3);
        ask("db.svc.cluster.local", 0);

        assertThat(history().isSearching(cart, "db.shop.svc.cluster.local", site.now(), FIVE_SECONDS))
                .isTrue();
    }

    @Test
    void variantsThatAllMissAreNoSearchAtWork() {
        ask("db.shop.svc.cluster.local", 3);
        ask("db", 3);

        DnsHistory history = history();

        assertThat(history.isSearching(cart, "db.shop.svc.cluster.local", site.now(), FIVE_SECONDS))
                .isFalse();
        assertThat(history.withoutSearching(cart, "db.shop.svc.cluster.local", site.now(), FIVE_SECONDS))
                .isEqualTo("db");
    }

    /// Names that only begin alike are different names.
    @Test
    void anotherNameIsNoVariant() {
        ask("db.shop", 3);
        ask("db.example", 0);

        assertThat(history().isSearching(cart, "db.shop", site.now(), FIVE_SECONDS))
                .isFalse();
    }

    /// Where no variant was captured the name itself may tell: below the cluster's domain there are only services
    /// and pods.
    @ParameterizedTest
    @CsvSource({
        "api.partner.example.cluster.local, true",
        "www.example.com.shop.svc.cluster.local, true",
        "db.shop.svc.cluster.local, false",
        "db-0.db.shop.svc.cluster.local, false",
        "_http._tcp.web.shop.svc.cluster.local, false",
        "www.example.com, false",
        "db, false",
    })
    void namesThatASearchListMade(String name, boolean made) {
        assertThat(history().isSearching(cart, name, site.now(), FIVE_SECONDS)).isEqualTo(made);
    }

    @Test
    void variantsOfOneNameBeyondThoseRememberedAreCounted() {
        for (int i = 0; i < 260; i++) {
            ask("db.shop-" + i, 0);
        }

        assertThat(history().forgotten()).isEqualTo(4);
    }

    @Test
    void remembersWhenAQuestionWasAnswered() {
        ask("a.example", 0);

        long answered = site.flows().getFirst().endNanos();
        assertThat(history()
                        .answeredAfter(
                                cart,
                                site.flows().getFirst().dns().all().getFirst().question(),
                                answered - FIVE_SECONDS,
                                FIVE_SECONDS))
                .hasValue(answered);
    }
}
