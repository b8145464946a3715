package hopline.capture.etl.wfp;

import hopline.capture.etl.DescribedEvent;
import hopline.capture.etl.EventMeaning;
import hopline.capture.etl.Guid;
import hopline.capture.event.Matter;
import hopline.capture.event.Matter.Dropped;
import hopline.capture.event.Matter.Dropper;
import hopline.capture.event.Tuple;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The filtering platform's word that one of its filters dropped something; of its other events none is read.
///
/// Built from the published layout, not seen in a real trace.
public final class WfpEvents implements EventMeaning {

    static final Guid PROVIDER = Guid.of("c22d1b14-c242-49de-9f17-1d76b8b9c458");
    static final String NAME = "Microsoft-Windows-WFP";

    private static final int CLASSIFY_DROP = 1001;

    /// `FWP_DIRECTION_INBOUND`, and the number that the platform's network events have for it.
    private static final long INBOUND = 0;

    private static final long INBOUND_EVENT = 0x3900;

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
        return "wfp/events.tsv";
    }

    @Override
    public boolean wants(int id) {
        return id == CLASSIFY_DROP;
    }

    @Override
    public @Nullable Matter read(DescribedEvent event) {
        long direction = event.number("PacketDirection", INBOUND);
        boolean inbound = direction == INBOUND || direction == INBOUND_EVENT;
        Optional<Tuple> tuple = inbound
                ? event.sockets(Tuple.UNTOLD, "RemoteAddress", "LocalAddress")
                : event.sockets(Tuple.UNTOLD, "LocalAddress", "RemoteAddress");
        String filter = "filter " + event.text("FilterId") + " in layer " + event.text("LayerId");
        return new Dropped(Dropper.FIREWALL, "", Optional.empty(), tuple, "blocked by " + filter);
    }
}
