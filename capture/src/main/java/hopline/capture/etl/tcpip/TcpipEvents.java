package hopline.capture.etl.tcpip;

import hopline.capture.etl.DescribedEvent;
import hopline.capture.etl.EventMeaning;
import hopline.capture.etl.Guid;
import hopline.capture.event.Action;
import hopline.capture.event.Matter;
import hopline.capture.event.Matter.Dropped;
import hopline.capture.event.Matter.Dropper;
import hopline.capture.event.Matter.Operation;
import hopline.capture.event.Tuple;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the stack drops, and which connections of the node itself it could not make and why. Of its thousand other
/// events none is read.
///
/// What the numbers of its drop reasons mean is told by the trace or not at all. Built from the published layouts, not
/// seen in a real trace.
public final class TcpipEvents implements EventMeaning {

    private static final int INSPECTED = 1020;
    private static final int INSPECTED_AT_END = 1035;
    private static final int NO_PORT = 1050;
    private static final int TRANSPORT_DROP = 1214;
    private static final int NETWORK_DROP = 1215;
    private static final int ICMP_DROP = 1423;
    private static final int TCP = 6;

    private static final Set<Integer> READ = Set.of(
            1018,
            1019,
            INSPECTED,
            1021,
            1030,
            1034,
            INSPECTED_AT_END,
            1036,
            1037,
            NO_PORT,
            TRANSPORT_DROP,
            NETWORK_DROP,
            ICMP_DROP);

    @Override
    public Guid provider() {
        return Guid.of("2f07e2ee-15db-40f1-90ef-9d7ba282188a");
    }

    @Override
    public String providerName() {
        return "Microsoft-Windows-TCPIP";
    }

    @Override
    public String table() {
        return "tcpip/events.tsv";
    }

    @Override
    public boolean wants(int id) {
        return READ.contains(id);
    }

    @Override
    public @Nullable Matter read(DescribedEvent event) {
        return switch (event.id()) {
            case TRANSPORT_DROP -> {
                int protocol = (int) event.number("IPTransportProtocol", Tuple.UNTOLD);
                // it is the receiver that drops
                yield drop(event, event.sockets(protocol, "RemoteSockAddr", "LocalSockAddr"), "Reason");
            }
            case NETWORK_DROP -> drop(event, networkTuple(event), "Reason");
            case ICMP_DROP -> drop(event, event.sockets(1, "SourceAddress", "DestAddress"), "DropReason");
            case INSPECTED, INSPECTED_AT_END ->
                new Dropped(
                        Dropper.FIREWALL,
                        "connect",
                        Optional.empty(),
                        connection(event),
                        "the node's own connection was refused by inspection" + status(event));
            case NO_PORT -> new Matter.PortsExhausted("the node's dynamic port range", TCP, connection(event));
            default -> failure(event);
        };
    }

    private static Matter drop(DescribedEvent event, Optional<Tuple> tuple, String field) {
        String text = event.text(field);
        boolean number = text.chars().allMatch(Character::isDigit);
        return new Dropped(Dropper.STACK, "", Optional.empty(), tuple, number ? "reason " + text : text);
    }

    private static Optional<Tuple> networkTuple(DescribedEvent event) {
        int protocol = (int) event.number("IPProtocol", event.number("IPTransportProtocol", Tuple.UNTOLD));
        String ipv6 = event.text("IPv6SourceAddress");
        return ipv6.indexOf(':') >= 0
                ? event.tuple(protocol, "IPv6SourceAddress", "", "IPv6DestAddress", "")
                : event.tuple(protocol, "SourceIPv4Address", "", "DestIPv4Address", "");
    }

    private static Optional<Tuple> connection(DescribedEvent event) {
        return event.sockets(TCP, "LocalAddress", "RemoteAddress");
    }

    private static String status(DescribedEvent event) {
        String error = event.error("Status");
        return error.isEmpty() ? "" : ", " + error;
    }

    private static Operation failure(DescribedEvent event) {
        String why = event.name()
                .replaceFirst("^TcpConnect(Tcb)?(Fail(ed|ure)?)?", "")
                .toLowerCase(Locale.ROOT);
        String error = (why.isEmpty() ? "" : why + " ") + event.error("Status");
        String subject = connection(event).map(Tuple::toString).orElse("");
        List<String> about = connection(event)
                .map(tuple -> List.of(tuple.source(), tuple.destination()))
                .orElse(List.of());
        return new Operation(Action.FAILED, "connection of the node", subject, about, error.strip(), false);
    }
}
