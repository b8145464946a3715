package hopline.flows.rule;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.flows.site.Report;
import hopline.flows.site.Said;
import hopline.flows.site.Site;
import hopline.flows.site.Style;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ServiceWrongBackendTest {

    @ParameterizedTest
    @EnumSource(Style.class)
    void anAddressThatIsNoEndpoint(Style style) {
        Site site = Site.busy(style);
        String foreign = style == Style.OVERLAY6 ? "[fd60:0:0:2::99]:8080" : "10.60.2.99:8080";
        for (int i = 0; i < 2; i++) {
            site.connect("shop/cart", "shop/stock", "shop/stock-1")
                    .there(way -> way.translatedTo(foreign).until(site.uplink("west")))
                    .syn()
                    .pause(1)
                    .syn();
        }

        Report report = site.later();

        String first = style.toString().startsWith("OVERLAY") ? "east " + device(style) : site.uplink("east");
        assertThat(report.said())
                .containsExactly(new Said(
                        "error",
                        "service-wrong-backend",
                        first,
                        site.endpoint("shop/stock-1", 8080) + " or " + site.endpoint("shop/stock-2", 8080),
                        foreign,
                        List.of("shop/cart > shop/stock", "shop/cart > shop/stock")));
        assertThat(report.flows("shop/cart > shop/stock"))
                .filteredOn(flow -> !flow.findings().isEmpty())
                .allSatisfy(flow -> assertThat(flow.verdict()).isEqualTo(Verdict.MISTRANSLATED));
    }

    private static String device(Style style) {
        return style == Style.OVERLAY ? "tun7" : "vxlan.calico";
    }

    /// Of a service of many only the first are listed, in the order of addresses.
    @Test
    void oneOfManyEndpoints() {
        Site site = Site.busy(Style.OVERLAY);
        String[] pods = new String[10];
        for (int i = 0; i < pods.length; i++) {
            pods[i] = "shop/many-" + i;
            site.lists().pod(pods[i], "west", "10.60.2." + (104 - i));
        }
        site.lists().backends("shop/stock", pods);
        site.connect("shop/till", "shop/stock", "shop/stock-1").whole();

        assertThat(site.analyze().said())
                .filteredOn(said -> said.rule().equals("service-wrong-backend"))
                .extracting(Said::expected)
                .containsOnly("10.60.2.95:8080 or 10.60.2.96:8080 or 10.60.2.97:8080 or 10.60.2.98:8080"
                        + " or 10.60.2.99:8080 or 10.60.2.100:8080 or 10.60.2.101:8080 or 10.60.2.102:8080"
                        + " or one of 2 more");
    }

    /// A backend that answers is as wrong as one that does not.
    @Test
    void aBackendOfAnotherServiceMayEvenAnswer() {
        Site site = Site.busy(Style.OVERLAY);
        site.lists().backends("shop/stock", "shop/stock-2");
        site.connect("shop/till", "shop/stock", "shop/stock-1").whole();

        assertThat(site.analyze().said())
                .contains(new Said(
                        "error",
                        "service-wrong-backend",
                        "east tun7",
                        site.endpoint("shop/stock-2", 8080),
                        site.endpoint("shop/stock-1", 8080),
                        List.of("shop/cart > shop/stock", "shop/till > shop/stock")))
                .noneMatch(said -> said.rule().equals("service-wrong-port"));
    }

    /// A roll-out came between the connection and the lists, which know the new pod alone.
    @Test
    void listsYoungerThanAConnectionThatWorksTellNothing() {
        Site site = Site.busy(Style.OVERLAY);
        site.connect("shop/till", "shop/stock", "shop/stock-2").whole();
        site.pause(30);
        site.lists()
                .without("shop/stock-2")
                .pod("shop/stock-3", "west", "10.60.2.33", startedAt(site.now()))
                .backends("shop/stock", "shop/stock-1", "shop/stock-3");

        assertThat(site.analyze().faults()).isEmpty();
    }

    private static String startedAt(long nanos) {
        Instant start = Instant.ofEpochSecond(nanos / 1_000_000_000);
        return "\"phase\": \"Running\", \"startTime\": \"" + start + "\"";
    }

    /// It fails, and nothing shows that its pod was ever the service's.
    @Test
    void listsYoungerThanAConnectionThatFailsStillTell() {
        Site site = Site.busy(Style.OVERLAY);
        site.connect("shop/cart", "shop/stock", "shop/stock-1")
                .there(way -> way.translatedTo("10.60.2.99:8080").until(site.uplink("west")))
                .syn()
                .pause(1)
                .syn();
        site.lists().pod("shop/stock-1", "west", "10.60.2.7", startedAt(site.now()));

        assertThat(site.later().faults()).extracting(Said::rule).containsExactly("service-wrong-backend");
    }

    /// kube-proxy leaves open connections where they are when their pod is ready no more.
    @Test
    void aConnectionThatWasOpenBeforeKeepsItsEndpoint() {
        Site site = new Site(Style.OVERLAY);
        site.connect("shop/till", "shop/stock", "shop/stock-1")
                .send(200)
                .acked()
                .receive(900)
                .ack();
        site.lists().backends("shop/stock", "shop/stock-2");

        assertThat(site.analyze().faults()).isEmpty();
    }

    @Test
    void anyEndpointOfTheServiceIsRight() {
        Site site = Site.busy(Style.WINDOWS);
        site.connect("shop/till", "shop/stock", "shop/stock-1").whole();
        site.connect("shop/till", "shop/stock", "shop/stock-2").whole();

        assertThat(site.later().said()).isEmpty();
    }
}
