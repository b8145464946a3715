package hopline.flows.scene;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.flows.site.Conversation;
import hopline.flows.site.Site;
import hopline.flows.site.Style;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CategoryTest {

    @ParameterizedTest
    @CsvSource({
        "shop/cart, shop/stock-1:7000, , pod-to-pod",
        "shop/cart, shop/till:7000, , pod-to-pod",
        "shop/cart, shop/stock, shop/stock-2, pod-to-service",
        "shop/till, shop/pay, shop/till, pod-to-service",
        "shop/cart, 10.97.0.10:8080, , pod-to-service",
        "shop/cart, 203.0.113.80:443, , pod-to-internet",
        "shop/cart, 224.0.0.251:5353, , other",
        "shop/cart, 10.60.3.200:80, , other",
        "shop/cart, west:10250, , pod-to-node",
        "east, shop/stock-1:7000, , node-to-pod",
        "east, 10.97.0.10:80, , node-to-service",
        "east, west:6443, , node-to-node",
        "east, 203.0.113.80:443, , other",
        "203.0.113.9, shop/stock, shop/stock-1, external-to-service",
        "203.0.113.9, shop/stock-1:7000, , external-to-pod",
        "203.0.113.9, west:22, , other",
    })
    void whoAsksAndWhatForMakesTheCategory(String from, String to, String backend, String category) {
        Site site = new Site(Style.ROUTED);
        Conversation conversation = site.connect(from, to, backend);

        conversation.open().send(10).acked().close();

        assertThat(site.analyze().analysis().flows())
                .singleElement()
                .satisfies(flow -> assertThat(flow.flow().category().label()).isEqualTo(category));
        assertThat(site.analyzeWithoutLists().analysis().flows())
                .singleElement()
                .satisfies(flow -> assertThat(flow.flow().category()).isEqualTo(Category.OTHER));
    }
}
