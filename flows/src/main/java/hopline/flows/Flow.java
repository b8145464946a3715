package hopline.flows;

import hopline.decode.IpProtocol;
import hopline.decode.stage.Journey;
import hopline.decode.stage.Stage;
import hopline.decode.stage.StageDetail;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The journeys of one conversation, both directions, under all the addresses it was seen with.
///
/// Forward is from the initiator, who spoke first, to the responder.
public final class Flow {

    private final long number;
    private final int protocol;
    private final Traffic forward = new Traffic();
    private final Traffic reverse = new Traffic();
    private final @Nullable TcpConnection tcp;
    private @Nullable DnsExchanges dns;
    private @Nullable List<IcmpReport> icmpReports;
    private long startNanos = Long.MAX_VALUE;
    private long endNanos = Long.MIN_VALUE;

    /// Stages of the journeys it holds on to.
    private long keptStages;

    /// The tuples it is known by, the initiator's first.
    final List<FlowKey> keys = new ArrayList<>(1);

    /// Neighbours in the table's order of last use.
    @Nullable Flow lessRecent;

    @Nullable Flow moreRecent;

    /// When it was put there, counted in journeys.
    long touched;

    /// Nothing is added to it any more.
    boolean retired;

    Flow(long number, int protocol) {
        this.number = number;
        this.protocol = protocol;
        this.tcp = protocol == IpProtocol.TCP ? new TcpConnection() : null;
    }

    void add(Journey journey, boolean isForward) {
        Stage first = journey.first();
        (isForward ? forward : reverse).add(journey);
        startNanos = Math.min(startNanos, first.epochNanos());
        endNanos = Math.max(endNanos, journey.last().epochNanos());
        if (tcp != null) {
            tcp.add(journey, isForward);
        }
        if (journey.detail() instanceof StageDetail.Dns message) {
            if (dns == null) {
                dns = new DnsExchanges();
            }
            dns.add(message.message(), journey);
        }
        keptStages += journey.isKept() ? journey.size() : 0;
    }

    /// Reads a word of all that [#add] changes.
    ///
    /// @return something that depends on them, so that they are read indeed
    long fetch() {
        return forward.fetch() ^ reverse.fetch() ^ (tcp == null ? 0 : tcp.fetch());
    }

    void add(Flow other, boolean sameDirection) {
        forward.add(sameDirection ? other.forward : other.reverse);
        reverse.add(sameDirection ? other.reverse : other.forward);
        startNanos = Math.min(startNanos, other.startNanos);
        endNanos = Math.max(endNanos, other.endNanos);
        if (tcp != null && other.tcp != null) {
            tcp.add(other.tcp, sameDirection);
        }
        if (dns == null) {
            dns = other.dns;
        } else if (other.dns != null) {
            dns.add(other.dns);
        }
        other.icmpReports().forEach(this::add);
        keptStages += other.keptStages;
    }

    void add(IcmpReport report) {
        if (icmpReports == null) {
            icmpReports = new ArrayList<>(1);
        }
        IcmpReport.add(icmpReports, report);
        keptStages += report.example().size();
    }

    /// How many stages it keeps in memory, for bounds.
    public long keptStages() {
        return keptStages;
    }

    /// Counts from 0 in the order flows were found.
    public long number() {
        return number;
    }

    /// The IP protocol number.
    public int protocol() {
        return protocol;
    }

    /// What the initiator sent.
    public Traffic forward() {
        return forward;
    }

    /// What the responder sent.
    public Traffic reverse() {
        return reverse;
    }

    public Traffic traffic(boolean isForward) {
        return isForward ? forward : reverse;
    }

    public long packets() {
        return forward.packets() + reverse.packets();
    }

    public long octets() {
        return forward.octets() + reverse.octets();
    }

    /// When its first packet was first seen, nanoseconds since 1970.
    public long startNanos() {
        return startNanos;
    }

    /// When its last packet was last seen, nanoseconds since 1970.
    public long endNanos() {
        return endNanos;
    }

    /// What TCP did, or null for another protocol.
    public @Nullable TcpConnection tcp() {
        return tcp;
    }

    /// The DNS questions and answers it carried, or null when it carried none.
    public @Nullable DnsExchanges dns() {
        return dns;
    }

    /// The ICMP errors that quote its packets.
    public List<IcmpReport> icmpReports() {
        return icmpReports == null ? List.of() : Collections.unmodifiableList(icmpReports);
    }
}
