package hopline.flows;

import hopline.decode.dns.DnsMessage;
import hopline.decode.stage.Journey;
import hopline.decode.stage.Stage;
import hopline.decode.stage.StageDetail.Dns;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Finds the flow that an answer belongs to when no packet shows both its addresses.
///
/// Where a bridge translates before and after the only captured point, questions bear the backend's address there and
/// answers the service's. A SYN-ACK still acknowledges its SYN, and a DNS answer still repeats its question's id, and
/// both go back to the same client.
///
/// Bounded: of more than [#MAX_OPEN] open questions the oldest is forgotten. Single-threaded.
final class OpenQuestions {

    static final int MAX_OPEN = 1 << 14;

    /// What an answer repeats of its question, and the client it goes back to.
    private record Token(int protocol, int number, long clientHigh, long clientLow, int clientPort) {

        /// Asked for each connection; what records have by themselves is slow until it is optimised.
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Token that
                    && number == that.number
                    && clientPort == that.clientPort
                    && clientLow == that.clientLow
                    && clientHigh == that.clientHigh
                    && protocol == that.protocol;
        }

        @Override
        public int hashCode() {
            return ((number * 31 + Long.hashCode(clientLow ^ clientHigh)) * 31 + clientPort) * 31 + protocol;
        }
    }

    private final Map<Token, Flow> open = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Token, Flow> eldest) {
            return size() > MAX_OPEN;
        }
    };

    /// Remembers a question.
    void note(Journey journey, Flow flow) {
        Stage stage = journey.clearest();
        if (stage.isSyn()) {
            open.put(asked(stage, stage.sequence() + 1), flow);
        } else if (!stage.isTcp()
                && journey.detail() instanceof Dns dns
                && !dns.message().isResponse()) {
            open.put(asked(stage, number(dns.message())), flow);
        }
    }

    /// The flow in which `journey`'s answer was asked for, or null.
    @Nullable Flow askedBy(Journey journey) {
        Stage stage = journey.clearest();
        if (stage.isSynAck()) {
            return live(open.remove(answered(stage, stage.acknowledgment())));
        }
        if (!stage.isTcp()
                && journey.detail() instanceof Dns dns
                && dns.message().isResponse()) {
            return live(open.remove(answered(stage, number(dns.message()))));
        }
        return null;
    }

    private static @Nullable Flow live(@Nullable Flow flow) {
        return flow == null || flow.retired ? null : flow;
    }

    private static int number(DnsMessage message) {
        return message.id() << 16 | (message.questionHash() & 0xffff);
    }

    private static Token asked(Stage stage, int number) {
        return new Token(stage.protocol(), number, stage.sourceHigh(), stage.sourceLow(), stage.sourcePort());
    }

    private static Token answered(Stage stage, int number) {
        return new Token(
                stage.protocol(), number, stage.destinationHigh(), stage.destinationLow(), stage.destinationPort());
    }
}
