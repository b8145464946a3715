package hopline.bench;

import hopline.decode.Address;
import hopline.decode.Endpoint;
import hopline.decode.IpProtocol;
import hopline.flows.expect.Action;
import hopline.flows.expect.Expectation;
import hopline.flows.expect.Headers;
import hopline.flows.expect.Walker;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/// How long is a packet led through nodes with that many rules, from a pod through a service to a pod of another node?
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class WalkBenchmark extends StepBenchmark {

    private static final Endpoint SERVICE = new Endpoint(Address.of("10.102.220.146"), 80);
    private static final Address ON_WINDOWS = Address.of("10.244.1.21");
    private static final Address ON_LINUX = Address.of("10.244.0.3");

    /// Rules beside those of the sample.
    @Param({"0", "1300"})
    private int rules;

    private Walker walker;

    /// Reads the nodes, and makes sure that what is measured is a whole walk.
    @Setup
    public void read() throws IOException {
        walker = Walker.of(BusyNodes.read(rules));
        for (Expectation expectation : new Expectation[] {windows(), linux()}) {
            boolean isTranslated = expectation.walks().stream()
                    .flatMap(walk -> walk.steps().stream())
                    .anyMatch(step -> step.action() instanceof Action.DestinationNat);
            if (!isTranslated) {
                throw new IllegalStateException("the service is not translated: " + expectation.packet());
            }
        }
    }

    /// Through the layers of VFP at the pod's port.
    @Benchmark
    public Expectation windows() {
        return walk("win-a", ON_WINDOWS);
    }

    /// Through the chains of iptables of the pod's node.
    @Benchmark
    public Expectation linux() {
        return walk("linux-a", ON_LINUX);
    }

    private Expectation walk(String node, Address pod) {
        Headers packet = Headers.of(IpProtocol.TCP, new Endpoint(pod, 40_000), SERVICE, 0);
        return walker.walk(packet, new Walker.Start.AtPod(node, pod));
    }
}
