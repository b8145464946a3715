package hopline.flows.rule;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.flows.site.Said;
import hopline.flows.site.Site;
import hopline.flows.site.Style;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DnsFailureTest {

    @ParameterizedTest
    @CsvSource({"2, SERVFAIL", "5, REFUSED"})
    void theServerFailsOrRefuses(int code, String name) {
        Site site = Site.busy(Style.OVERLAY);
        site.connect("shop/cart", "kube/dns", "kube/dns-1")
                .query(4, "a.example")
                .answer(4, "a.example", code);
        site.connect("shop/cart", "kube/dns", "kube/dns-1")
                .query(5, "b.example")
                .answer(5, "b.example", code);

        assertThat(site.later().said())
                .containsExactly(new Said(
                        "error",
                        "dns-failure",
                        "west veth-dns-1",
                        "NOERROR",
                        name,
                        List.of("shop/cart > kube/dns", "shop/cart > kube/dns")));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3})
    void aNameThatIsFoundOrMissingIsNoFailure(int code) {
        Site site = Site.busy(Style.OVERLAY);
        site.connect("shop/cart", "kube/dns", "kube/dns-1")
                .query(4, "a.example")
                .answer(4, "a.example", code);

        assertThat(site.later().said()).noneMatch(said -> said.rule().equals("dns-failure"));
    }

    @Test
    void aLongNameIsShownByItsEnds() {
        String label = "0123456789abcdef".repeat(3);
        Site site = Site.busy(Style.OVERLAY);
        site.connect("shop/cart", "kube/dns", "kube/dns-1")
                .query(4, label + "." + label + ".example")
                .answer(4, label + "." + label + ".example", 2);

        assertThat(site.later().finding("dns-failure").lead().claim().title())
                .endsWith("answers SERVFAIL, first for 0123456789abcdef0123456789abcd…abcdef0123456789abcdef.example");
    }
}
