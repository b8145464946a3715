package hopline.flows.rule;

import hopline.decode.IpProtocol;
import hopline.flows.IcmpReport;
import hopline.flows.TcpConnection;
import hopline.flows.path.Fate;
import hopline.flows.path.Passage;
import hopline.flows.scene.FlowCase;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// What became of a flow.
public enum Verdict {
    /// It arrived, and was answered where answers are due.
    DELIVERED,
    /// An event or an ICMP error says that it was dropped, or what was too large of it.
    DROPPED,
    /// It was last seen somewhere it should not have ended, or what was too large of it.
    VANISHED,
    /// It was translated or tunnelled wrongly, or not at all.
    MISTRANSLATED,
    /// The other end, or somebody in its name, refused it.
    REFUSED,
    /// It arrived as far as can be seen, and no answer came.
    UNANSWERED,
    /// The captures do not tell.
    UNKNOWN;

    private static final Set<String> MISTRANSLATIONS = Set.of(
            "service-not-translated",
            "service-wrong-backend",
            "service-wrong-port",
            "reply-not-restored",
            "hairpin-not-translated",
            "snat-missing",
            "snat-unexpected",
            "snat-wrong-source",
            "snat-port-collision",
            "l2-rewrite-missing",
            "vxlan-vni-mismatch",
            "vxlan-port-mismatch",
            "vxlan-wrong-source",
            "vxlan-wrong-remote",
            "vxlan-not-encapsulated",
            "vxlan-inner-mac-mismatch");

    /// As in the analysis's JSON.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The verdict on `flow`, of which `observations` are what the rules saw, the cause first.
    static Verdict of(FlowCase flow, List<Observation> observations) {
        for (Observation observation : observations) {
            if (observation.severity() != Severity.NOTE
                    && MISTRANSLATIONS.contains(observation.rule().id())) {
                return MISTRANSLATED;
            }
            if (observation.severity() == Severity.ERROR) {
                break; // what follows is its effect
            }
        }
        if (!flow.flow().icmpReports().isEmpty() && !flow.works()) {
            for (IcmpReport report : flow.flow().icmpReports()) {
                if (report.aboutForward()) {
                    return report.error().isUnreachable() ? REFUSED : DROPPED;
                }
            }
        }
        if (isRefused(flow)) {
            return REFUSED;
        }
        Optional<Passage> loss = Losses.stopping(flow);
        if (loss.isPresent()) {
            return loss.get().fate() instanceof Fate.Dropped ? DROPPED : VANISHED;
        }
        if (isTooLarge(observations)) {
            return flow.flow().icmpReports().isEmpty() ? VANISHED : DROPPED;
        }
        return ofArrival(flow);
    }

    /// What is small gets through, even both ways: the flow gets nowhere all the same.
    private static boolean isTooLarge(List<Observation> observations) {
        for (Observation observation : observations) {
            if (observation.severity() == Severity.ERROR
                    && observation.rule().id().equals("mtu-exceeded")) {
                return true;
            }
        }
        return false;
    }

    private static boolean isRefused(FlowCase flow) {
        TcpConnection tcp = flow.flow().tcp();
        return tcp != null && tcp.reset() != null && tcp.reset().answersSyn();
    }

    /// The verdict on a flow that nothing is wrong with, by whether it arrived and was answered.
    public static Verdict ofArrival(FlowCase flow) {
        if (flow.isAnswered()) {
            return DELIVERED;
        }
        if (expectsAnswer(flow) && !flow.isOverheard()) {
            return UNANSWERED;
        }
        return flow.mainForward().filter(Verdict::isSeenToArrive).isPresent() ? DELIVERED : UNKNOWN;
    }

    /// What went on to where nothing was captured did so rightly; whether it arrived is not to be seen.
    private static boolean isSeenToArrive(Passage passage) {
        return passage.fate() instanceof Fate.Delivered
                || passage.fate() instanceof Fate.Merged
                || passage.fate() instanceof Fate.Divided;
    }

    /// Silence is no answer: TCP, DNS and pings.
    static boolean expectsAnswer(FlowCase flow) {
        int protocol = flow.flow().protocol();
        TcpConnection tcp = flow.flow().tcp();
        return (tcp != null && tcp.initiator().syns() > 0)
                || flow.flow().dns() != null
                || ((protocol == IpProtocol.ICMP || protocol == IpProtocol.ICMPV6)
                        && flow.initiator().endpoint().port() != 0
                        && !flow.target().endpoint().address().isMulticast());
    }
}
