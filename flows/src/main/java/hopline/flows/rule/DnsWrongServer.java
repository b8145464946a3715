package hopline.flows.rule;

import hopline.decode.Address;
import hopline.decode.stage.Journey;
import hopline.decode.stage.Stage;
import hopline.flows.DnsExchange;
import hopline.flows.path.Path;
import hopline.flows.rule.Observation.Claim;
import hopline.flows.rule.Observation.Place;
import hopline.flows.rule.Observation.Proof;
import hopline.flows.scene.FlowCase;
import hopline.flows.scene.NameServers;
import hopline.flows.scene.Scene;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// A pod asks a server for the cluster's names that is none of the cluster's, and does not know them.
///
/// Pods may ask whatever server they like for other names; caches on the node have addresses of their own; and a
/// resolver with several servers turns to the next when the first is silent. None of that counts.
final class DnsWrongServer implements FlowRule {

    /// Answers that come at all mostly come within this.
    private static final long MIN_WAIT_NANOS = 1_000_000_000;

    private static final int NAME_ERROR = 3;
    private static final int REFUSED = 5;

    @Override
    public String id() {
        return "dns-wrong-server";
    }

    @Override
    public String reference() {
        return "F23";
    }

    @Override
    public boolean seesNames() {
        return true;
    }

    @Override
    public Optional<Observation> check(FlowCase flow, Scene scene) {
        if (flow.flow().dns() == null || flow.initiator().pod().isEmpty() || !isForeign(flow, scene)) {
            return Optional.empty();
        }
        List<String> right = scene.clusterDns().names();
        return right.isEmpty()
                ? Optional.empty()
                : DnsQuestions.of(flow).stream()
                        .filter(exchange -> NameServers.isOfCluster(exchange.question()) && fails(exchange, scene))
                        .findFirst()
                        .map(exchange -> observation(flow, exchange, right, scene));
    }

    /// Asked is somebody who is not of the cluster, nor on the node, and who never knew such a name.
    private static boolean isForeign(FlowCase flow, Scene scene) {
        Address server = flow.target().endpoint().address();
        Address client = flow.initiator().endpoint().address();
        boolean ofCluster = scene.clusterDns().isAt(server)
                || scene.isPod(server)
                || scene.cluster().isNodeAddress(server)
                || server.isLinkLocal()
                || server.isMulticast();
        NameServers servers = scene.habits().nameServers();
        return !ofCluster
                && !servers.knows(server)
                && !servers.knows(client)
                && !scene.clusterDns().isAt(client)
                && servers.askedBy(client).stream().noneMatch(scene.clusterDns()::isAt);
    }

    private static boolean fails(DnsExchange exchange, Scene scene) {
        if (exchange.response() != null) {
            return exchange.responseCode() == NAME_ERROR || exchange.responseCode() == REFUSED;
        }
        Journey query = exchange.query();
        return query != null
                && scene.remainingNanos(query.last().point(), query.last().epochNanos()) >= MIN_WAIT_NANOS;
    }

    private Observation observation(FlowCase flow, DnsExchange exchange, List<String> right, Scene scene) {
        Journey query = Objects.requireNonNullElse(exchange.query(), exchange.response());
        Path path = scene.topology().path(query, false);
        Stage first = path.first();
        Address server = flow.target().endpoint().address();
        Claim claim = new Claim(
                "pod " + flow.initiator().name() + " asks " + server + " for names of the cluster, which "
                        + (exchange.response() == null ? "does not answer" : "does not know them"),
                String.join(" or ", right),
                server.toString(),
                "Give the pod the cluster's DNS server: compare the nameserver in its resolv.conf (on Windows ipconfig /all)"
                        + " with that address, then the kubelet's clusterDNS, the pod's dnsPolicy and dnsConfig, and on Windows"
                        + " the DNS section of the CNI configuration on "
                        + first.point().node() + ".");
        Proof proof = new Proof(
                path.stages(),
                exchange.attempts(),
                first.epochNanos(),
                DnsQuestions.lastAsked(exchange),
                DisplayFilter.of(first) + " && dns");
        return new Observation(this, Severity.ERROR, Place.at(first), claim, proof).suspecting(server);
    }
}
