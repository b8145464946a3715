package hopline.flows.state.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class IpconfigTextTest {

    private static final String RULER = "=".repeat(78) + "\n";

    private static final String GERMAN = "Windows-IP-Konfiguration\n\n"
            + RULER
            + "Netzwerkinformationen für Depot 1 (AKTIV)\n"
            + RULER
            + "   Hostname  . . . . . . . . . . . . : win-a\n\nEthernet-Adapter vEthernet (Ethernet):\n\n"
            + "   Verbindungsspezifisches DNS-Suffix: \n   IPv4-Adresse  . . . . . . . . . . : 10.0.0.4(Bevorzugt) \n\n"
            + RULER
            + "Netzwerkinformationen für Depot 2\n"
            + RULER
            + "   Hostname  . . . . . . . . . . . . : win-a\n\nEthernet-Adapter vEthernet (cbr0):\n\n"
            + "   Verbindungsspezifisches DNS-Suffix: svc.cluster.local\n"
            + "   IPv4-Adresse  . . . . . . . . . . : 10.244.1.31(Bevorzugt) \n"
            + "   Standardgateway . . . . . . . . . : fe80::1%5\n                                       10.244.1.2\n";

    @Test
    void compartmentsAreToldInAnyLanguage() {
        HostState state = new HostState();
        IpconfigText text = new IpconfigText("ip.txt", state);
        List<String> lines = GERMAN.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            assertThat(text.line(lines.get(i), i + 1)).as(lines.get(i)).isTrue();
        }
        text.end();
        assertThat(state.interfaces())
                .extracting(at -> at.compartment() + " " + at.addresses() + " " + at.gateways())
                .containsExactly("1 [10.0.0.4] []", "2 [10.244.1.31] [fe80::1, 10.244.1.2]");
    }

    @Test
    void theTableOfHnsEndpointsIsNoneOfNeighbours() {
        HostState state = new HostState();
        HostLines lines = new HostLines("endpoint.txt", state);
        assertThat(lines.line("10.244.0.3     02-11-0A-F4-00-03 True                 1", 1))
                .isFalse();
        assertThat(lines.line("10.244.0.3            02-11-0a-f4-00-03     dynamisch", 2))
                .isTrue();
    }
}
