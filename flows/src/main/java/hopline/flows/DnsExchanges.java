package hopline.flows;

import hopline.decode.dns.DnsMessage;
import hopline.decode.stage.Journey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// The DNS questions of one flow with their answers. Resolvers ask several on one socket, and ask again.
public final class DnsExchanges {

    /// Questions kept per flow; more on one socket come from forwarders, of which these are a sample.
    private static final int MAX_EXCHANGES = 64;

    private final List<DnsExchange> exchanges = new ArrayList<>(1);
    private long omitted;

    DnsExchanges() {}

    void add(DnsMessage message, Journey journey) {
        if (message.opcode() != 0) {
            return;
        }
        for (int i = exchanges.size() - 1; i >= 0; i--) {
            DnsExchange exchange = exchanges.get(i);
            if (exchange.takes(message)) {
                exchange.add(message, journey);
                return;
            }
        }
        if (exchanges.size() < MAX_EXCHANGES) {
            exchanges.add(new DnsExchange(message, journey));
        } else {
            omitted++;
        }
    }

    void add(DnsExchanges other) {
        exchanges.addAll(other.exchanges);
        omitted += other.omitted;
    }

    /// In the order of their first messages.
    public List<DnsExchange> all() {
        return Collections.unmodifiableList(exchanges);
    }

    /// Questions beyond those kept.
    public long omitted() {
        return omitted;
    }
}
