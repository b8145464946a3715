package hopline.flows.state;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.flows.state.hns.HnsNamespace;
import hopline.flows.state.hns.HnsState;
import java.util.List;
import org.junit.jupiter.api.Test;

class FactsTest {

    @Test
    void keepsTheFirstAndRemembersThatThereWereMore() {
        Facts<String> facts = new Facts<>(2);
        facts.add("a");
        facts.add("b");
        assertThat(facts.isCut()).isFalse();
        facts.add("c");
        assertThat(facts.all()).containsExactly("a", "b");
        assertThat(facts.isCut()).isTrue();
    }

    @Test
    void objectsOfHnsAreBoundedToo() {
        HnsState state = new HnsState();
        for (int i = 0; i <= 200_000; i++) {
            state.add(new HnsNamespace("n", List.of(), new Source("namespaces.txt", i + 1)));
        }
        assertThat(state.namespaces()).hasSize(200_000);
        assertThat(state.isCut()).isTrue();
    }
}
