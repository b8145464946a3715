package hopline.capture.etl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The traces among the sample captures are what [SampleTraces] makes; `-Dgolden.update=true` makes them anew.
class SampleTracesTest {

    private static final Path FOLDER = Path.of(System.getProperty("hopline.home", ".."), "sample-captures");

    private static byte[] made(String name) {
        return switch (name) {
            case "packet-dropped" -> SampleTraces.server2022();
            case "packet-dropped-server-2025" -> SampleTraces.server2025();
            case "policy-blocked" -> OverlayTraces.policyBlocked();
            case "source-address-guarded" -> OverlayTraces.sourceAddressGuarded();
            case "host-firewall-blocked" -> OverlayTraces.hostFirewallBlocked();
            case "snat-port-exhausted" -> OverlayTraces.snatPortExhausted();
            default -> throw new IllegalArgumentException(name);
        };
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "packet-dropped",
                "packet-dropped-server-2025",
                "policy-blocked",
                "source-address-guarded",
                "host-firewall-blocked",
                "snat-port-exhausted"
            })
    void areWhatTheirMakerMakes(String name) throws IOException {
        Path file = FOLDER.resolve(name).resolve("win-a.etl");
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(file.getParent());
            Files.write(file, made(name));
        }
        assertThat(Files.readAllBytes(file)).isEqualTo(made(name));
    }

    @Test
    void server2022GroupsTheAppearancesOfEachPacket() {
        TraceReading reading = TraceReading.of(SampleTraces.server2022());

        assertThat(reading.problem()).isEmpty();
        assertThat(reading.packets()).hasSize(9 * 3 + 4 * 2);
        assertThat(reading.packets().getFirst().facts())
                .startsWith("pktmon: event=160 group=1 number=1 appearance=1 direction=\"Ingress\"");
        assertThat(reading.packets().getFirst().point()).isEqualTo("client (VmsVmNic 31)");
    }

    @Test
    void server2025GivesEachEventAGroupOfItsOwn() {
        TraceReading reading = TraceReading.of(SampleTraces.server2025());

        assertThat(reading.packets()).hasSize(9 * 3 + 4 * 2);
        assertThat(reading.packets()).allSatisfy(packet -> {
            assertThat(packet.facts()).contains(" appearance=0 ");
            assertThat(packet.octets().length() / 2).isLessThanOrEqualTo(128);
        });
    }

    @Test
    void aDropSaysWhyAndWhere() {
        assertThat(TraceReading.of(SampleTraces.server2022())
                        .packets()
                        .getLast()
                        .facts())
                .startsWith(
                        "pktmon: event=170 drop=\"No Unicast destination ports available\" reason=711 place=\"VFP_DEFAULT_FWD_PKT_UNICAST_NO_DESTINATION\"");
    }
}
