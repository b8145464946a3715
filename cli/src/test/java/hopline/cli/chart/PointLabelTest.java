package hopline.cli.chart;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.capture.CapturePoint;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PointLabelTest {

    @ParameterizedTest
    @CsvSource({
        "node-a, eth0, node-a eth0",
        "aks-pool1-vmss00000a, eth0, …ss00000a eth0",
        "aks-pool1-vmss00000b, eth0, …ss00000b eth0",
        "node-a, v-orders-by-mail-1, …-a v-orders-…",
        "capture-of-a-node, capture-of-a-node, capture-of-a-…",
    })
    void namesOfSeveralNodesStayApartInFewLetters(String node, String point, String shown) {
        assertThat(PointLabel.narrow(new CapturePoint(0, node, point), 14)).isEqualTo(shown);
    }
}
