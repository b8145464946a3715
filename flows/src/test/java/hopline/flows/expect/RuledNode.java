package hopline.flows.expect;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.decode.Address;
import hopline.decode.Endpoint;
import hopline.decode.IpProtocol;
import hopline.flows.check.StateFolder;
import hopline.flows.state.collection.StateFinder;
import hopline.flows.state.collection.StateReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The Linux node of a sample with rules made by hand, and what they do to a packet of one of its pods.
record RuledNode(Walker walker) {

    static final Address POD = Address.of("10.244.0.3");

    /// @param file under which the node's rules are read
    static RuledNode of(Path folder, String file, String rules) throws IOException {
        StateFolder.copyOf(StateFolder.OVERLAY, folder);
        Files.delete(folder.resolve("linux-a/iptables-save.txt"));
        Files.writeString(folder.resolve("linux-a").resolve(file), rules);
        StateFinder finder = new StateFinder();
        finder.add(folder.toString());
        return new RuledNode(Walker.of(StateReader.read(finder)));
    }

    Expectation sent(int protocol, Endpoint to) {
        return walker.walk(
                Headers.of(protocol, new Endpoint(POD, 40_000), to, 0), new Walker.Start.AtPod("linux-a", POD));
    }

    Expectation sent(Endpoint to) {
        return sent(IpProtocol.TCP, to);
    }

    /// Compares what a walk leaves open of rules of that kind.
    ///
    /// @param doubt a part of it; empty when nothing must be left open
    static void assertDoubt(Expectation expectation, String kind, String doubt) {
        String doubts = expectation.doubts().stream().map(Doubt::what).collect(Collectors.joining("; "));
        if (doubt.isEmpty()) {
            assertThat(doubts).doesNotContain(kind);
        } else {
            assertThat(doubts).contains(doubt);
        }
    }

    /// For each way what the node does to the packet's headers, and how it ends.
    static String told(Expectation expectation) {
        return expectation.walks().stream().map(RuledNode::told).collect(Collectors.joining("; "));
    }

    private static String told(Walk walk) {
        List<String> done = walk.steps().stream()
                .filter(step -> step.place().node().equals("linux-a"))
                .flatMap(RuledNode::told)
                .toList();
        return (done.isEmpty() ? "" : String.join(", ", done) + ": ")
                + walk.outcome().kind();
    }

    private static Stream<String> told(Step step) {
        return switch (step.action()) {
            case Action.DestinationNat nat -> Stream.of("dnat " + step.after().destination());
            case Action.SourceNat nat ->
                Stream.of("snat " + step.after().source().address());
            case Action.Encapsulate into -> Stream.of("encap");
            case Action.Drop drop -> Stream.of("drop");
            default -> Stream.empty();
        };
    }
}
