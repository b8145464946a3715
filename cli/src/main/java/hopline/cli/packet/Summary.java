package hopline.cli.packet;

import hopline.decode.IpProtocol;
import hopline.decode.dns.DnsMessage;
import hopline.decode.dns.DnsNames;
import hopline.decode.header.IcmpHeader;
import hopline.decode.stage.Stage;
import hopline.decode.stage.StageDetail;
import hopline.decode.stage.StageDetail.Dns;
import hopline.decode.stage.StageDetail.IcmpError;
import hopline.decode.stage.StageDetail.Neighbor;

/// What a packet is, in a few words.
public final class Summary {

    private Summary() {}

    /// The protocol's name: `TCP`, `ARP`, `other`.
    public static String protocol(Stage stage) {
        return switch (stage.protocol()) {
            case Stage.ARP -> "ARP";
            case Stage.NOT_IP -> "other";
            default -> IpProtocol.name(stage.protocol());
        };
    }

    /// What it says, not escaped; may be empty.
    public static String of(Packet packet) {
        Stage stage = packet.journey().clearest();
        StageDetail detail = packet.journey().detail();
        if (detail != null) {
            return of(detail);
        }
        if (stage.isTcp() && stage.isTransportWhole()) {
            return TcpFlags.text(stage.flags()) + payload(stage);
        }
        return switch (stage.protocol()) {
            case IpProtocol.ICMP -> icmp(stage.flags(), IcmpHeader.ECHO_REQUEST, IcmpHeader.ECHO_REPLY);
            case IpProtocol.ICMPV6 -> icmp(stage.flags(), IcmpHeader.V6_ECHO_REQUEST, IcmpHeader.V6_ECHO_REPLY);
            default -> octets(stage);
        };
    }

    private static String payload(Stage stage) {
        String octets = octets(stage);
        return octets.isEmpty() ? "" : ", " + octets;
    }

    private static String octets(Stage stage) {
        int length = stage.payloadLength();
        return stage.isIp() && length > 0 ? grouped(length) + " octets of payload" : "";
    }

    /// A comma before each three digits, by hand: it is asked of every packet, and a formatter takes long.
    private static String grouped(int number) {
        StringBuilder grouped = new StringBuilder(Integer.toString(number));
        for (int at = grouped.length() - 3; at > 0; at -= 3) {
            grouped.insert(at, ',');
        }
        return grouped.toString();
    }

    private static String icmp(int type, int request, int reply) {
        return type == request ? "echo request" : type == reply ? "echo reply" : "type " + type;
    }

    private static String of(StageDetail detail) {
        return switch (detail) {
            case Dns dns -> dns(dns.message());
            case IcmpError error -> error(error);
            case Neighbor neighbor ->
                neighbor.request() ? "who has " + neighbor.target() + "?" : neighbor.target() + " is here";
        };
    }

    private static String dns(DnsMessage message) {
        String asked = message.question()
                .map(question -> " " + DnsNames.type(question.type()) + " " + question.name())
                .orElse("");
        return message.isResponse()
                ? "DNS " + DnsNames.responseCode(message.responseCode()) + asked
                : "DNS question" + asked;
    }

    private static String error(IcmpError error) {
        String kind = error.isPacketTooBig()
                ? "packet too big, MTU " + error.mtu()
                : error.isPortUnreachable()
                        ? "port unreachable"
                        : error.isUnreachable()
                                ? "unreachable, code " + error.code()
                                : error.isTimeExceeded() ? "time exceeded" : "error " + error.type();
        return kind + ", about a packet to " + error.destination();
    }
}
