package hopline.flows.rule;

import hopline.decode.Address;
import hopline.decode.stage.Journey;
import hopline.flows.DnsExchange;
import hopline.flows.DnsExchanges;
import hopline.flows.scene.FlowCase;
import java.util.List;
import java.util.Optional;

/// What DNS rules have in common.
final class DnsQuestions {

    /// Longer names are mostly data in disguise.
    private static final int MAX_SHOWN = 60;

    private DnsQuestions() {}

    static List<DnsExchange> of(FlowCase flow) {
        DnsExchanges dns = flow.flow().dns();
        return dns == null ? List.of() : dns.all();
    }

    /// The name asked for.
    static String name(DnsExchange exchange) {
        return Optional.ofNullable(exchange.question()).map(q -> q.name()).orElse("a name that was not captured");
    }

    /// The same for people: of a long name its beginning and its end, which say what it is and whose.
    static String shortName(DnsExchange exchange) {
        String name = name(exchange);
        return name.length() <= MAX_SHOWN
                ? name
                : name.substring(0, MAX_SHOWN / 2) + "…" + name.substring(name.length() - MAX_SHOWN / 2);
    }

    /// Who asked.
    static Address client(FlowCase flow) {
        return flow.initiator().endpoint().address();
    }

    /// When it was last asked, nanoseconds since 1970.
    static long lastAsked(DnsExchange exchange) {
        Journey last = exchange.lastQuery();
        return last == null ? Long.MIN_VALUE : last.first().epochNanos();
    }
}
