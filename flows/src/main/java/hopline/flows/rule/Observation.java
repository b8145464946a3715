package hopline.flows.rule;

import hopline.capture.CapturePoint;
import hopline.decode.Address;
import hopline.decode.stage.Stage;
import hopline.flows.path.Fate;
import hopline.flows.path.Passage;
import hopline.flows.scene.ResentSegments.Share;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a rule sees in one flow, or in something that belongs to no flow.
///
/// Observations that agree in rule, place and cause become one [Finding].
///
/// @param severity how much it matters here
/// @param certain false when another cause could look the same
/// @param suspects addresses that fail because of it, so that what else goes wrong with them is an effect
/// @param cause what tells it from other observations of its rule at its place: mostly the wrong value and the right
/// one
/// @param share the segments it concerns, which are added up over the flows of one cause and then are what was there
public record Observation(
        Rule rule,
        Severity severity,
        Place place,
        Claim claim,
        Proof proof,
        boolean certain,
        Set<Address> suspects,
        String cause,
        Optional<Share> share) {

    public Observation {
        suspects = Set.copyOf(suspects);
    }

    Observation(Rule rule, Severity severity, Place place, Claim claim, Proof proof) {
        this(
                rule,
                severity,
                place,
                claim,
                proof,
                true,
                Set.of(),
                claim.actual() + " for " + claim.expected(),
                Optional.empty());
    }

    /// It is about captures as a whole: no packet shows it.
    public boolean isOfCaptures() {
        return proof.evidence().isEmpty();
    }

    /// The same, but another cause could look like it.
    Observation likely() {
        return new Observation(rule, severity, place, claim, proof, false, suspects, cause, share);
    }

    /// The same, and `addresses` fail because of it.
    Observation suspecting(Address... addresses) {
        return new Observation(rule, severity, place, claim, proof, certain, Set.of(addresses), cause, share);
    }

    /// The same, of one cause with whatever the rule says of this at this place, though the values differ.
    Observation causedBy(String other) {
        return new Observation(rule, severity, place, claim, proof, certain, suspects, other, share);
    }

    /// The same, and so many segments are concerned.
    Observation counting(Share counted) {
        Claim counts = new Claim(claim.title(), claim.expected(), counted.toString(), claim.advice());
        return new Observation(rule, severity, place, counts, proof, certain, suspects, cause, Optional.of(counted));
    }

    /// Where it is.
    ///
    /// @param node as captures call it where it was captured, else as the cluster does
    /// @param point where the wrong header is seen first, or for a loss where the packet was seen last; empty for a
    /// node that was not captured
    /// @param lastSeen where a lost packet was seen last
    /// @param nextExpected where it should have been seen next, when that can be inferred
    public record Place(
            String node,
            Optional<CapturePoint> point,
            Optional<CapturePoint> lastSeen,
            Optional<CapturePoint> nextExpected) {

        static Place at(Stage stage) {
            return at(stage.point());
        }

        static Place at(CapturePoint point) {
            return new Place(point.node(), Optional.of(point), Optional.empty(), Optional.empty());
        }

        /// A node that was not captured.
        static Place on(String node) {
            return new Place(node, Optional.empty(), Optional.empty(), Optional.empty());
        }

        static Place of(Fate.Lost loss) {
            return lost(loss.lastSeen(), loss.nextExpected());
        }

        static Place lost(CapturePoint lastSeen, Optional<CapturePoint> nextExpected) {
            return new Place(lastSeen.node(), Optional.of(lastSeen), Optional.of(lastSeen), nextExpected);
        }

        /// Whether that is its point.
        public boolean saw(Stage stage) {
            return point.filter(stage.point()::equals).isPresent();
        }

        /// Seen last at `point`, where such packets may well end.
        static Place lastSeen(CapturePoint point) {
            return lost(point, Optional.empty());
        }
    }

    /// What is said.
    ///
    /// @param title one sentence without a flow's own ports, so that it holds for all flows of one cause
    /// @param expected what should have been there
    /// @param actual what was there
    /// @param advice what to do about it
    public record Claim(String title, String expected, String actual, String advice) {}

    /// What proves it.
    ///
    /// @param evidence the stages whose records show it, the most telling first
    /// @param packets how many packets it concerns; of captures as a whole, how many records
    /// @param firstNanos when the first of them was sent, nanoseconds since 1970
    /// @param lastNanos when the last of them was sent
    /// @param displayFilter shows them in Wireshark
    public record Proof(List<Stage> evidence, long packets, long firstNanos, long lastNanos, String displayFilter) {

        private static final int MAX_EVIDENCE = 16;

        public Proof {
            evidence = List.copyOf(evidence.subList(0, Math.min(evidence.size(), MAX_EVIDENCE)));
        }

        /// The packets of a passage, of which `telling` shows best what is meant.
        static Proof of(Passage passage, Stage telling) {
            return of(passage, telling, DisplayFilter.of(telling));
        }

        static Proof of(Passage passage, Stage telling, String displayFilter) {
            List<Stage> stages = new ArrayList<>(List.of(telling));
            passage.path().stages().stream().filter(stage -> stage != telling).forEach(stages::add);
            return new Proof(
                    stages,
                    passage.route().packets(),
                    passage.route().firstNanos(),
                    passage.route().lastNanos(),
                    displayFilter);
        }
    }
}
