package hopline.capture.etl.dns;

import hopline.capture.etl.DescribedEvent;
import hopline.capture.etl.EventMeaning;
import hopline.capture.etl.Guid;
import hopline.capture.event.Action;
import hopline.capture.event.Matter;
import hopline.capture.event.Matter.Operation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The questions that the node's own DNS client could not get answered.
///
/// Built from the published layouts, not seen in a real trace.
public final class DnsClientEvents implements EventMeaning {

    private static final int ALL_TIMED_OUT = 1013;
    private static final int ALL_TIMED_OUT_SYSTEM = 1014;
    private static final int TIMED_OUT = 1015;
    private static final int NO_SUCH_NAME = 1016;
    private static final int COMPLETED = 3008;
    private static final int ANSWERED = 3011;

    /// `DNS_INFO_NO_RECORDS` and answers from the cache or the hosts file are no failures.
    private static final long NO_RECORDS = 9501;

    private static final long PENDING = 9506;
    private static final long CACHED = 87;

    @Override
    public Guid provider() {
        return Guid.of("1c95126e-7eea-49a9-a3fe-a378b03ddb4d");
    }

    @Override
    public String providerName() {
        return "Microsoft-Windows-DNS-Client";
    }

    @Override
    public String table() {
        return "dns/events.tsv";
    }

    @Override
    public boolean wants(int id) {
        return switch (id) {
            case ALL_TIMED_OUT, ALL_TIMED_OUT_SYSTEM, TIMED_OUT, NO_SUCH_NAME, COMPLETED, ANSWERED -> true;
            default -> false;
        };
    }

    @Override
    public @Nullable Matter read(DescribedEvent event) {
        return switch (event.id()) {
            case ALL_TIMED_OUT, ALL_TIMED_OUT_SYSTEM -> failure(event, "no server answered");
            case TIMED_OUT -> failure(event, "no answer" + server(event));
            case NO_SUCH_NAME -> failure(event, "no such name" + server(event));
            case COMPLETED -> completed(event, "QueryStatus");
            default -> completed(event, "ResponseStatus");
        };
    }

    private static @Nullable Matter completed(DescribedEvent event, String field) {
        long status = event.number(field, 0);
        boolean fine = status == 0 || status == NO_RECORDS || status == PENDING || status == CACHED;
        return fine ? null : failure(event, "status " + status + server(event));
    }

    private static String server(DescribedEvent event) {
        String server = event.first("DnsServerIpAddress", "Address");
        return server.isEmpty() ? "" : " from " + server;
    }

    private static Operation failure(DescribedEvent event, String why) {
        List<String> about = new ArrayList<>(List.of(event.text("QueryName")));
        String server = event.first("DnsServerIpAddress", "Address");
        if (!server.isEmpty()) {
            about.add(server.replaceFirst(":\\d+$", ""));
        }
        return new Operation(Action.FAILED, "DNS question", event.text("QueryName"), about, why, false);
    }
}
