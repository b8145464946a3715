package hopline.flows;

import hopline.decode.dns.DnsMessage;
import hopline.decode.dns.DnsQuestion;
import hopline.decode.stage.Journey;
import org.jspecify.annotations.Nullable;

/// One DNS question, as often as it was asked under one id, and the first answer to it.
public final class DnsExchange {

    private final DnsMessage first;
    private final @Nullable DnsQuestion question;
    private @Nullable Journey query;
    private @Nullable Journey lastQuery;
    private @Nullable Journey response;
    private int attempts;
    private int responses;
    private int responseCode;
    private int answers;

    DnsExchange(DnsMessage message, Journey journey) {
        this.first = message;
        this.question = message.question().orElse(null);
        add(message, journey);
    }

    /// A question asked again after its answer is a new exchange.
    boolean takes(DnsMessage message) {
        return first.id() == message.id()
                && (message.isResponse() || response == null)
                && (message.repeatsQuestion(first) || isOfQuestion(message));
    }

    /// Whether a message that does not repeat the octets means the same question, as far as it and this show one.
    private boolean isOfQuestion(DnsMessage message) {
        DnsQuestion other = message.question().orElse(null);
        return question == null || other == null || question.equals(other);
    }

    void add(DnsMessage message, Journey journey) {
        journey.keep();
        if (!message.isResponse()) {
            attempts++;
            query = query == null ? journey : query;
            lastQuery = journey;
            return;
        }
        responses++;
        if (response == null) {
            response = journey;
            responseCode = message.responseCode();
            answers = message.answerCount();
        }
    }

    /// What was asked, or null when no message of the exchange shows it whole.
    public @Nullable DnsQuestion question() {
        return question;
    }

    /// The first time it was asked, or null when only the answer was captured.
    public @Nullable Journey query() {
        return query;
    }

    /// The last time it was asked before the answer, or null.
    public @Nullable Journey lastQuery() {
        return lastQuery;
    }

    /// The first answer, or null when none was captured.
    public @Nullable Journey response() {
        return response;
    }

    /// How often it was asked.
    public int attempts() {
        return attempts;
    }

    /// Each time it was asked brought an answer.
    public boolean isEachAnswered() {
        return responses >= attempts;
    }

    /// Of the response: 0 no error, 2 server failure, 3 no such name.
    public int responseCode() {
        return responseCode;
    }

    /// How many records the response's answer section holds.
    public int answers() {
        return answers;
    }

    /// From the first question where it was first seen to the answer where it was last seen, in nanoseconds; -1 when
    /// either is missing.
    public long responseNanos() {
        return nanosBetween(query, response);
    }

    /// The same from the last question before the answer.
    public long lastResponseNanos() {
        return nanosBetween(lastQuery, response);
    }

    private static long nanosBetween(@Nullable Journey asked, @Nullable Journey answered) {
        return asked == null || answered == null
                ? -1
                : answered.last().epochNanos() - asked.first().epochNanos();
    }
}
