package hopline.flows.state.collection;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.flows.check.StateRules;
import hopline.flows.rule.Severity;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A large node and a large cluster are read whole, and what is healthy is not found fault with.
class LargeStateTest {

    @TempDir
    Path folder;

    private CollectedState read() {
        StateFinder finder = new StateFinder();
        finder.add(folder.toString());
        return StateReader.read(finder);
    }

    @Test
    void everyRuleAndLoadBalancerOfALargeNodeIsKept() throws IOException {
        LargeState.writeNode(folder);
        CollectedState state = read();
        NodeState node = state.nodes().getFirst();
        assertThat(node.vfp().rules()).hasSize(2 * LargeState.RULES);
        assertThat(node.hns().loadBalancers()).hasSize(LargeState.LOAD_BALANCERS);
        assertThat(node.hns().endpoints()).hasSize(2 * LargeState.LOAD_BALANCERS);
        assertThat(state.problems()).isEmpty();
        assertNoFaults(state);
    }

    @Test
    void everyServiceAndBackendOfALargeClusterIsKept() throws IOException {
        LargeState.writeCluster(folder);
        CollectedState state = read();
        assertThat(state.cluster().counts().services()).isEqualTo(LargeState.SERVICES);
        assertThat(state.cluster().counts().endpoints()).isEqualTo(LargeState.SERVICES * LargeState.BACKENDS);
        assertNoFaults(state);
    }

    private static void assertNoFaults(CollectedState state) {
        assertThat(StateRules.check(state))
                .filteredOn(finding -> finding.severity() != Severity.NOTE)
                .isEmpty();
    }
}
