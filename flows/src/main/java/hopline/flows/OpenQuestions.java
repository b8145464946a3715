package hopline.flows;

import hopline.decode.dns.DnsMessage;
import hopline.decode.stage.Journey;
import hopline.decode.stage.Mix;
import hopline.decode.stage.Stage;
import hopline.decode.stage.StageDetail.Dns;
import org.jspecify.annotations.Nullable;

/// Finds the flow that an answer belongs to when no packet shows both its addresses.
///
/// Where a bridge translates before and after the only captured point, questions bear the backend's address there and
/// answers the service's. A SYN-ACK still acknowledges its SYN, and a DNS answer still repeats its question's id, and
/// both go back to the same client.
///
/// There is a question for every connection and few are ever asked for, so they lie in a ring of words: the newest
/// takes the place of the oldest, of more than [#MAX_OPEN]. Single-threaded.
final class OpenQuestions {

    static final int MAX_OPEN = 1 << 14;

    /// Of a question: what [#token] makes of it, and its client's address.
    private static final int WORDS = 3;

    private static final int NONE = -1;
    private static final int SLOTS = 1 << 15;

    private final long[] words = new long[MAX_OPEN * WORDS];
    private final @Nullable Flow[] flows = new Flow[MAX_OPEN];

    /// By hash the number of the newest question.
    private final int[] newest = new int[SLOTS];

    /// By how much the number of the question before it, of equal hash, is less.
    private final int[] distances = new int[MAX_OPEN];

    /// The number of the next question, such that none is open yet.
    private int next = MAX_OPEN + 1;

    /// Remembers a question.
    void note(Journey journey, Flow flow) {
        Stage stage = journey.clearest();
        if (stage.isSyn()) {
            ask(stage, stage.sequence() + 1, flow);
        } else if (!stage.isTcp()
                && journey.detail() instanceof Dns dns
                && !dns.message().isResponse()) {
            ask(stage, number(dns.message()), flow);
        }
    }

    /// The flow in which `journey`'s answer was asked for, or null.
    @Nullable Flow askedBy(Journey journey) {
        Stage stage = journey.clearest();
        if (stage.isSynAck()) {
            return take(stage, stage.acknowledgment());
        }
        if (!stage.isTcp()
                && journey.detail() instanceof Dns dns
                && dns.message().isResponse()) {
            return take(stage, number(dns.message()));
        }
        return null;
    }

    private void ask(Stage stage, int number, Flow flow) {
        ask(token(number, stage.sourcePort(), stage.protocol()), stage.sourceHigh(), stage.sourceLow(), flow);
    }

    private @Nullable Flow take(Stage answer, int number) {
        long token = token(number, answer.destinationPort(), answer.protocol());
        Flow flow = take(token, answer.destinationHigh(), answer.destinationLow());
        return flow == null || flow.retired ? null : flow;
    }

    /// What an answer repeats of its question, beside the client's address.
    private static long token(int number, int clientPort, int protocol) {
        return (long) number << 32 | (long) clientPort << 16 | protocol;
    }

    private static int number(DnsMessage message) {
        return message.id() << 16 | (message.questionHash() & 0xffff);
    }

    /// Remembers a question; an equal one that is still there becomes this one.
    void ask(long token, long high, long low, Flow flow) {
        int known = find(token, high, low);
        if (known != NONE) {
            flows[known] = flow;
            return;
        }
        int slot = slot(token, high, low);
        int place = place(0);
        words[place * WORDS] = token;
        words[place * WORDS + 1] = high;
        words[place * WORDS + 2] = low;
        flows[place] = flow;
        int age = next - newest[slot];
        distances[place] = isOpen(age) ? age : MAX_OPEN;
        newest[slot] = next++;
    }

    /// The flow of that question, which is open no more; null when there is none.
    @Nullable Flow take(long token, long high, long low) {
        int place = find(token, high, low);
        if (place == NONE) {
            return null;
        }
        Flow flow = flows[place];
        flows[place] = null;
        return flow;
    }

    private int find(long token, long high, long low) {
        for (int age = next - newest[slot(token, high, low)]; isOpen(age); age += distances[place(age)]) {
            int place = place(age);
            if (words[place * WORDS] == token && words[place * WORDS + 1] == high && words[place * WORDS + 2] == low) {
                return place;
            }
        }
        return NONE;
    }

    /// Whether the question that was asked so many questions ago is still there.
    private static boolean isOpen(int age) {
        return age > 0 && age <= MAX_OPEN;
    }

    private int place(int age) {
        return next - age & MAX_OPEN - 1;
    }

    private static int slot(long token, long high, long low) {
        return (int) Mix.of(token, low ^ high * 31) & SLOTS - 1;
    }
}
