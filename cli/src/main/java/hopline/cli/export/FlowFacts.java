package hopline.cli.export;

import hopline.decode.Address;
import hopline.decode.Endpoint;
import hopline.decode.IpProtocol;
import hopline.decode.stage.Encapsulation;
import hopline.decode.stage.Stage;
import hopline.flows.Flow;
import hopline.flows.TcpConnection;
import hopline.flows.analysis.FlowReport;
import hopline.flows.rule.Verdict;
import hopline.flows.scene.FlowCase;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// What several forms want to know of a flow.
record FlowFacts(FlowReport report) {

    private static final int IPV4_HEADER = 20;
    private static final int IPV6_HEADER = 40;
    private static final int UDP_HEADER = 8;

    FlowCase flowCase() {
        return report.flow();
    }

    Flow flow() {
        return report.flow().flow();
    }

    int protocol() {
        return flow().protocol();
    }

    Address source() {
        return flowCase().initiator().endpoint().address();
    }

    Address destination() {
        return flowCase().target().endpoint().address();
    }

    boolean isIcmp() {
        return protocol() == IpProtocol.ICMP || protocol() == IpProtocol.ICMPV6;
    }

    /// The type, where ICMP; else the port, 0 where there is none.
    int sourcePort() {
        return isIcmp() ? flowCase().icmpType() : port(flowCase().initiator().endpoint());
    }

    /// The code's place, 0, where ICMP; else the port, 0 where there is none.
    int destinationPort() {
        return isIcmp() ? 0 : port(flowCase().target().endpoint());
    }

    static int port(Endpoint endpoint) {
        return Math.max(endpoint.port(), 0);
    }

    /// Of the addresses as the initiator used them.
    String communityId() {
        return flowCase().communityId();
    }

    Verdict verdict() {
        return report.verdict();
    }

    /// The stages of the initiator's packets, as far as they are known.
    List<Stage> stages() {
        return flowCase().mainForward().map(passage -> passage.path().stages()).orElse(List.of());
    }

    /// Where the initiator's packets were seen first and last: node and capture point; empty when
    /// nowhere.
    Optional<Stage> firstStage() {
        return stages().stream().findFirst();
    }

    /// The first tunnel on the way.
    Optional<Encapsulation> tunnel() {
        return stages().stream()
                .flatMap(stage -> Stream.ofNullable(stage.outer()))
                .findFirst();
    }

    /// Octets of payload; for UDP what is left of the datagrams without headers, options not counted.
    ///
    /// @return -1 where it is not known
    long payload(boolean isForward) {
        TcpConnection tcp = flow().tcp();
        if (tcp != null) {
            return (isForward ? tcp.initiator() : tcp.responder()).payload();
        }
        if (protocol() != IpProtocol.UDP && !isIcmp()) {
            return -1;
        }
        int headers = (source().isIpv4() ? IPV4_HEADER : IPV6_HEADER) + UDP_HEADER;
        return Math.max(
                flow().traffic(isForward).octets()
                        - headers * flow().traffic(isForward).packets(),
                0);
    }

    /// `tcp`, `udp`, … in lower case.
    String transport() {
        return protocol() == IpProtocol.ICMPV6
                ? "ipv6-icmp"
                : IpProtocol.name(protocol()).toLowerCase(Locale.ROOT);
    }
}
