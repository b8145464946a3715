package hopline.flows.state;

import hopline.decode.Address;
import hopline.decode.IpProtocol;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// What the items of one file share while they are read: where complaints go, and what they may cost.
final class ItemContext {

    /// Octets that an object or an endpoint takes with its place in the indexes, text apart, roughly.
    static final int OBJECT_COST = 256;

    /// Octets that an element of one of its lists or maps takes, text apart, roughly.
    static final int ELEMENT_COST = 128;

    private static final int MAX_SHARED = 1 << 16;
    private static final int MAX_PORT = 0xffff;
    private static final int MAX_ITEM_NAME = 512;
    private static final Map<String, Integer> PROTOCOLS =
            Map.of("", IpProtocol.TCP, "TCP", IpProtocol.TCP, "UDP", IpProtocol.UDP, "SCTP", IpProtocol.SCTP);

    private final Tally tally;
    private final Budget budget;
    private final Map<String, String> shared = new HashMap<>();
    private String item = "";

    ItemContext(Tally tally, Budget budget) {
        this.tally = tally;
        this.budget = budget;
    }

    /// Names the item that is read from now on, for complaints.
    void begin(String name) {
        item = name.length() <= MAX_ITEM_NAME ? name : name.substring(0, MAX_ITEM_NAME);
    }

    void skip(String reason) {
        tally.skip(reason, item);
    }

    void unusedKind(String kind) {
        tally.unusedKind(kind);
    }

    /// Charges for what will be kept of the item.
    void take(long cost) throws Budget.ExhaustedException {
        budget.take(cost);
    }

    /// One instance for texts that repeat, such as the names of nodes.
    String share(String text) {
        if (shared.size() >= MAX_SHARED) {
            return shared.getOrDefault(text, text);
        }
        return Objects.requireNonNullElse(shared.putIfAbsent(text, text), text);
    }

    /// Empty, and counted, when `text` is no address; merely empty when it is blank.
    Optional<Address> address(String text, String what) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Optional<Address> address = AddressText.parse(text);
        if (address.isEmpty()) {
            skip(what + " is no IP address");
        }
        return address;
    }

    /// The addresses among `texts`, each once, in their order.
    List<Address> addresses(List<String> texts, String what) {
        return texts.stream()
                .flatMap(text -> address(text, what).stream())
                .distinct()
                .toList();
    }

    /// Empty, and counted, when `text` is no time; merely empty when it is blank.
    OptionalLong time(String text, String what) {
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        OptionalLong time = Timestamps.parse(text);
        if (time.isEmpty()) {
            skip(what + " is no time");
        }
        return time;
    }

    /// The protocol's number, TCP when `name` is blank; empty, and counted, for one that services do not know.
    OptionalInt protocol(String name, String what) {
        Integer number = PROTOCOLS.get(name);
        if (number == null) {
            skip(what + " is none of TCP, UDP, SCTP");
            return OptionalInt.empty();
        }
        return OptionalInt.of(number);
    }

    /// Whether `port` is a port; counted when not.
    boolean isPort(long port, String what) {
        if (port >= 1 && port <= MAX_PORT) {
            return true;
        }
        skip(what + " is no port from 1 to 65535");
        return false;
    }
}
