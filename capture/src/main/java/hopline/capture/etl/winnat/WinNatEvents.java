package hopline.capture.etl.winnat;

import hopline.capture.etl.DescribedEvent;
import hopline.capture.etl.EventMeaning;
import hopline.capture.etl.Guid;
import hopline.capture.etl.OperationWords;
import hopline.capture.event.Matter;
import hopline.capture.event.Tuple;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What WinNat tells of sessions, translations, its instances and addresses, and of ports that ran out.
///
/// Built from the published layouts, not seen in a real trace.
public final class WinNatEvents implements EventMeaning {

    static final Guid PROVIDER = Guid.of("66c07ecd-6667-43fc-93f8-05cf07f446ec");
    static final String NAME = "Microsoft-Windows-WinNat";

    static final int DROPPED = 1030;
    static final int SKIPPED = 1034;
    static final int FORWARDED = 1035;

    private static final int OUT_OF_PORTS = 1033;

    @Override
    public Guid provider() {
        return PROVIDER;
    }

    @Override
    public String providerName() {
        return NAME;
    }

    @Override
    public String table() {
        return "winnat/events.tsv";
    }

    /// All but packets, timers and states of single connections.
    @Override
    public boolean wants(int id) {
        return switch (id) {
            case 1002, 1003, 1008, 1009, DROPPED, SKIPPED, FORWARDED, 1038, 1044 -> false;
            default -> true;
        };
    }

    @Override
    public @Nullable Matter read(DescribedEvent event) {
        return switch (event.id()) {
            case 1001, 1017 -> session(event, true);
            case 1004, 1005, 1018 -> session(event, false);
            case OUT_OF_PORTS ->
                new Matter.PortsExhausted(
                        event.text("InstanceName"),
                        (int) event.number("TransportProtocol", Tuple.UNTOLD),
                        Optional.empty());
            case 1006, 1007 -> OperationWords.read(event, true, "InternalAddr");
            default -> OperationWords.read(event, false, "InstanceName", "ErrorContext", "Description", "Info");
        };
    }

    private static @Nullable Matter session(DescribedEvent event, boolean begins) {
        int protocol = (int) event.number("TransportProtocol", Tuple.UNTOLD);
        Optional<Tuple> inside = event.sockets(protocol, "InternalSrcAddr", "InternalDstAddr");
        Optional<Tuple> outside = event.sockets(protocol, "ExternalSrcAddr", "ExternalDstAddr");
        return inside.isEmpty() || outside.isEmpty() ? null : new Matter.Session(begins, inside.get(), outside.get());
    }
}
