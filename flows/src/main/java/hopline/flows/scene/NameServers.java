package hopline.flows.scene;

import hopline.decode.Address;
import hopline.decode.dns.DnsQuestion;
import hopline.decode.stage.Journey;
import hopline.decode.stage.Stage;
import hopline.flows.DnsExchange;
import hopline.flows.Flow;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which servers are asked for names of the cluster, by whom, and which of them know such names; and which servers
/// answer anything at all.
///
/// Bounded: beyond `MAX_CLIENTS` further ones are passed over, and beyond what [Hashes] holds whatever is new.
public final class NameServers {

    private static final int MAX_CLIENTS = 20_000;

    private final Hashes seen = new Hashes();
    private final Map<Address, Set<Address>> asked = new HashMap<>();
    private final Set<Address> knowing = new HashSet<>();
    private final Set<Address> answering = new HashSet<>();

    NameServers() {}

    void learn(Flow flow) {
        if (flow.dns() != null) {
            for (DnsExchange exchange : flow.dns().all()) {
                learn(exchange);
            }
        }
    }

    private void learn(DnsExchange exchange) {
        Journey query = exchange.query();
        Journey answered = exchange.response() == null ? null : exchange.lastQuery();
        if (answered != null && answering.size() < MAX_CLIENTS) {
            answering.add(answered.first().destinationAddress());
            answering.add(answered.last().destinationAddress());
        }
        if (query == null || !isOfCluster(exchange.question())) {
            return;
        }
        boolean known = exchange.response() != null && exchange.responseCode() == 0;
        if (seen.add(Hashes.ofQuestion(query.first(), query.last(), known))) {
            learn(query.first(), query.last(), known);
        }
    }

    private void learn(Stage first, Stage last, boolean known) {
        if (asked.size() < MAX_CLIENTS || asked.containsKey(first.sourceAddress())) {
            asked.computeIfAbsent(first.sourceAddress(), client -> new HashSet<>(2))
                    .add(first.destinationAddress());
            if (known) {
                knowing.add(first.destinationAddress());
                knowing.add(last.destinationAddress());
            }
        }
    }

    /// Whether only a cluster's own DNS can know that name: a service's, or a pod's.
    public static boolean isOfCluster(@Nullable DnsQuestion question) {
        if (question == null) {
            return false;
        }
        String name = question.name().toLowerCase(Locale.ROOT);
        return name.contains(".svc.") || name.endsWith(".svc") || name.endsWith(".cluster.local");
    }

    /// The servers that `client` asked for names of the cluster.
    public Set<Address> askedBy(Address client) {
        return asked.getOrDefault(client, Set.of());
    }

    /// Whether questions to that server, or to one behind it, were answered to anybody.
    public boolean answers(Address server) {
        return answering.contains(server);
    }

    /// Whether that server found such a name for anybody.
    public boolean knows(Address server) {
        return knowing.contains(server);
    }
}
