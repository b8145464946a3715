package hopline.flows.rule;

import hopline.decode.Address;
import hopline.decode.MacAddress;
import hopline.decode.stage.Journey;
import hopline.decode.stage.Stage;
import hopline.flows.path.Passage;
import hopline.flows.rule.Observation.Claim;
import hopline.flows.rule.Observation.Place;
import hopline.flows.rule.Observation.Proof;
import hopline.flows.scene.AddressClash;
import hopline.flows.scene.FlowCase;
import hopline.flows.scene.Rivalry;
import hopline.flows.scene.Scene;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// Two hosts have one address: both answer when somebody asks for it.
///
/// In a flow: it fails, and the address is one of its own on the node that is told two things. An address that moves
/// is answered for by one host, then by another, and never by the first again.
final class AddressConflict implements FlowRule, SceneRule {

    @Override
    public String id() {
        return "address-conflict";
    }

    @Override
    public String reference() {
        return "F38";
    }

    @Override
    public Optional<Observation> check(FlowCase flow, Scene scene) {
        return scene.clashes().isEmpty() || !isHindered(flow, scene)
                ? Optional.empty()
                : scene.clashes().stream()
                        .filter(clash -> concerns(clash, flow))
                        .findFirst()
                        .map(clash -> observation(clash, Severity.ERROR));
    }

    /// One of the two hosts may refuse what is meant for the other.
    private static boolean isHindered(FlowCase flow, Scene scene) {
        return Failures.fails(flow, scene)
                || (flow.flow().tcp() != null && flow.flow().tcp().reset() != null);
    }

    private static boolean concerns(AddressClash clash, FlowCase flow) {
        return ends(clash.target(), flow.forward()) || ends(clash.target(), flow.reverse());
    }

    private static boolean ends(Address address, List<Passage> passages) {
        return passages.stream()
                .anyMatch(passage -> passage.last().destinationAddress().equals(address)
                        || passage.path().first().sourceAddress().equals(address));
    }

    /// The conflicts, whether or not a flow shows what fails because of them.
    @Override
    public List<Observation> check(Scene scene) {
        return scene.clashes().stream()
                .map(clash -> observation(clash, Severity.WARNING))
                .toList();
    }

    private Observation observation(AddressClash clash, Severity severity) {
        Rivalry answers = clash.answers();
        Journey first = answers.first();
        Journey other = Objects.requireNonNull(answers.other());
        String one = MacAddress.text(answers.firstMac());
        String two = MacAddress.text(answers.otherMac());
        Claim claim = new Claim(
                "two hosts answer for the address " + clash.target(),
                "one MAC address for " + clash.target(),
                one + " and " + two,
                "Packets for " + clash.target()
                        + " reach now the one, now the other. Find both by their MAC addresses (bridge fdb show, ip neigh,"
                        + " Get-HnsEndpoint): a pod that was not cleaned up, two nodes with one pod range, or a static address"
                        + " out of a range that is given out.");
        List<Stage> evidence = new ArrayList<>(List.of(first.last(), other.last()));
        Proof proof = new Proof(
                evidence,
                2,
                first.first().epochNanos(),
                answers.latestNanos(),
                first.first().protocol() == Stage.ARP
                        ? "arp.src.proto_ipv4 == " + clash.target()
                        : "icmpv6.nd.na.target_address == " + clash.target());
        return new Observation(this, severity, Place.at(answers.point()), claim, proof).suspecting(clash.target());
    }
}
