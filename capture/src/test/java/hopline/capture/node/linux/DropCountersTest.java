package hopline.capture.node.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DropCountersTest {

    @Test
    void readsWhatInterfacesDropped() {
        Map<String, Long> counts = new HashMap<>();
        DropCounters.devices(
                List.of(
                        "Inter-|   Receive                                                |  Transmit",
                        " face |bytes    packets errs drop fifo frame compressed multicast|bytes packets errs drop",
                        "  eth0: 1000      10    0    3    0     0          0         0     2000      20    0    7    0     0       0          0"),
                counts);

        assertThat(counts).containsExactlyInAnyOrderEntriesOf(Map.of("eth0 received", 3L, "eth0 to send", 7L));
    }

    @Test
    void readsWhatTheKernelDropped() {
        Map<String, Long> counts = new HashMap<>();
        DropCounters.table(List.of("TcpExt: SyncookiesSent ListenDrops", "TcpExt: 4 2"), counts);

        assertThat(counts).containsExactlyEntriesOf(Map.of("TcpExt.ListenDrops", 2L));
    }

    @Test
    void tellsWhatGrew() {
        assertThat(DropCounters.difference(Map.of("eth0 received", 3L), Map.of("eth0 received", 5L)))
                .contains("eth0 received, 2");
        assertThat(DropCounters.difference(Map.of("eth0 received", 3L), Map.of("eth0 received", 3L)))
                .isEmpty();
    }

    @Test
    void knowsWhoMayCapture() {
        assertThat(Capabilities.mayCapture(List.of("CapEff:\t0000000000000000")))
                .isFalse();
        assertThat(Capabilities.mayCapture(List.of("CapEff:\t0000000000002000")))
                .isTrue();
        assertThat(Capabilities.mayCapture(List.of("CapEff:\t000001ffffffffff")))
                .isTrue();
    }
}
