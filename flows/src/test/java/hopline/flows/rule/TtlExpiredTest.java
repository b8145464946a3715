package hopline.flows.rule;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.flows.site.Report;
import hopline.flows.site.Said;
import hopline.flows.site.Site;
import hopline.flows.site.Style;
import java.util.List;
import org.junit.jupiter.api.Test;

class TtlExpiredTest {

    private static final int TIME_EXCEEDED = 11;

    @Test
    void aRouterSaysSo() {
        Site site = Site.busy(Style.ROUTED);
        for (int i = 0; i < 2; i++) {
            site.connect("shop/cart", "shop/stock-1:7000")
                    .there(way -> way.until("west bond0"))
                    .syn()
                    .complain("west bond0", "192.0.2.12", TIME_EXCEEDED, 0, 0)
                    .pause(1)
                    .syn()
                    .complain("west bond0", "192.0.2.12", TIME_EXCEEDED, 0, 0);
        }

        assertThat(site.later().said())
                .containsExactly(new Said(
                        "error",
                        "ttl-expired",
                        "west bond0",
                        "to arrive before the time to live runs out",
                        "ICMP time exceeded from 192.0.2.12",
                        List.of("shop/cart > shop/stock-1", "shop/cart > shop/stock-1")));
    }

    /// A host that begins with too little insists.
    @Test
    void aSenderBeginsWithTooLittle() {
        Site site = Site.busy(Style.OVERLAY);
        site.connect("shop/cart", "shop/stock-1:7000")
                .there(way -> way.older(62).until("west tun7"))
                .syn()
                .pause(1)
                .syn();

        Report report = site.later();

        assertThat(report.faults()).extracting(Said::rule).containsExactly("ttl-expired");
        assertThat(report.finding("ttl-expired").certain()).isFalse();
        assertThat(report.finding("ttl-expired").lead().claim().advice()).contains("begin with a time to live of 2");
    }

    @Test
    void tracerouteByDatagramsIsNoFault() {
        Site site = Site.busy(Style.OVERLAY);
        for (int hops = 1; hops <= 3; hops++) {
            int older = 64 - hops;
            site.connect("shop/cart", "203.0.113.80:" + (33_433 + hops))
                    .there(way -> way.older(older).until(older == 63 ? "east cbr0" : "east eno1"))
                    .datagram(32)
                    .complain(older == 63 ? "east cbr0" : "east eno1", "192.0.2.254", TIME_EXCEEDED, 0, 0);
        }
        site.connect("shop/cart", "203.0.113.80:33440")
                .there(way -> way.older(59))
                .datagram(32)
                .complain("east eno1", "203.0.113.80", 3, 3, 0);

        assertThat(site.later().faults()).isEmpty();
    }

    /// Each SYN has a time to live of its own.
    @Test
    void tracerouteByConnectionsIsNoFault() {
        Site site = Site.busy(Style.OVERLAY);
        for (int hops = 2; hops <= 4; hops++) {
            int older = 64 - hops;
            site.connect("shop/cart", "203.0.113.80:443")
                    .there(way -> way.older(older))
                    .syn()
                    .complain("east eno1", "192.0.2.254", TIME_EXCEEDED, 0, 0);
        }

        assertThat(site.later().faults()).isEmpty();
    }

    /// One of two ways is a circle, and the conversation goes on by the other.
    @Test
    void itWorksNevertheless() {
        Site site = Site.busy(Style.ROUTED);
        site.connect("shop/cart", "shop/stock-1:7000")
                .open()
                .send(10)
                .complain("west bond0", "192.0.2.12", TIME_EXCEEDED, 0, 0)
                .acked()
                .close();

        assertThat(site.later().said()).isEmpty();
    }

    /// Not the way was too long, but the wait for the other pieces.
    @Test
    void reassemblyIsAnotherMatter() {
        Site site = Site.busy(Style.ROUTED);
        site.connect("shop/cart", "shop/stock-1:9000")
                .pieces(2, 1, "east bond0")
                .complain("west bond0", "10.60.2.7", TIME_EXCEEDED, 1, 0);

        assertThat(site.later().faults()).extracting(Said::rule).containsExactly("fragment-missing");
    }
}
