package hopline.decode.dns;

import hopline.capture.Octets;
import java.util.Optional;

/// A DNS message, [RFC 1035 §4](https://www.rfc-editor.org/rfc/rfc1035#section-4).
///
/// ```
///   0  1  2  3  4  5  6  7  8  9 10 11 12 13 14 15
/// +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
/// |                      ID                       |
/// |QR|   Opcode  |AA|TC|RD|RA|   Z    |   RCODE   |
/// |                    QDCOUNT                    |
/// |                    ANCOUNT                    |
/// |                    NSCOUNT                    |
/// |                    ARCOUNT                    |
/// +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
/// | questions, answers, …                         |
/// ```
///
/// A view: nothing beyond the header is looked at until asked for.
public record DnsMessage(Octets octets) {

    public static final int HEADER_LENGTH = 12;

    /// Octets that tell a response and its code.
    public static final int FLAGS_END = 4;

    private static final int ID = 0;
    private static final int FLAGS = 2;
    private static final int QUESTIONS = 4;
    private static final int ANSWERS = 6;
    private static final int AUTHORITIES = 8;
    private static final int ADDITIONALS = 10;

    private static final int LEAST_QUESTION = 6;
    private static final int LEAST_RECORD = 11;

    private static final int RESPONSE = 0x8000;
    private static final int TRUNCATED = 0x0200;

    public DnsMessage {
        if (octets.length() < HEADER_LENGTH) {
            throw new IllegalArgumentException("DNS message of " + octets.length() + " octets");
        }
    }

    public int id() {
        return octets.u16(ID);
    }

    public boolean isResponse() {
        return isResponse(octets);
    }

    /// Of a message of which at least [#FLAGS_END] octets are there.
    public static boolean isResponse(Octets message) {
        return (message.u16(FLAGS) & RESPONSE) != 0;
    }

    /// 0 for a standard query.
    public int opcode() {
        return octets.u16(FLAGS) >>> 11 & 0xf;
    }

    /// The answer was too long for a datagram: ask again over TCP.
    public boolean isTruncated() {
        return (octets.u16(FLAGS) & TRUNCATED) != 0;
    }

    /// 0 no error, 2 server failure, 3 no such name, 5 refused; see [DnsNames#responseCode].
    public int responseCode() {
        return responseCode(octets);
    }

    /// Of a message of which at least [#FLAGS_END] octets are there.
    public static int responseCode(Octets message) {
        return message.u16(FLAGS) & 0xf;
    }

    public int questionCount() {
        return octets.u16(QUESTIONS);
    }

    public int answerCount() {
        return octets.u16(ANSWERS);
    }

    /// Whether `octets`, on a port that tells nothing, make sense as a message: a standard query with one
    /// question and no answer, or a response with either answers or an error, whose records have room in it.
    public static boolean isLike(Octets octets) {
        if (octets.length() < HEADER_LENGTH) {
            return false;
        }
        DnsMessage message = new DnsMessage(octets);
        if (message.opcode() != 0 || message.questionCount() != 1) {
            return false;
        }
        int others = octets.u16(AUTHORITIES) + octets.u16(ADDITIONALS);
        boolean answered = message.answerCount() > 0;
        boolean plausible = message.isResponse()
                ? answered == (message.responseCode() == 0)
                : !answered && octets.u16(AUTHORITIES) == 0;
        int least = LEAST_QUESTION + (message.answerCount() + others) * LEAST_RECORD;
        return plausible && HEADER_LENGTH + least <= octets.length() && DnsName.end(octets, HEADER_LENGTH) > 0;
    }

    /// Octets up to the end of the first question; of the header alone when that is broken or cut short.
    public int lengthToQuestion() {
        int end = questionCount() == 0 ? -1 : DnsName.end(octets, HEADER_LENGTH);
        return end < 0 || end + 4 > octets.length() ? HEADER_LENGTH : end + 4;
    }

    /// True for a standard query or its response with one question, all of which is there.
    public boolean hasWholeQuestion() {
        return opcode() == 0 && questionCount() == 1 && lengthToQuestion() > HEADER_LENGTH;
    }

    /// Equal for a question and its answer, of which the latter repeats the former octet by octet; 0 when it was cut
    /// short or breaks its format.
    public int questionHash() {
        int end = lengthToQuestion();
        return end == HEADER_LENGTH
                ? 0
                : octets.slice(HEADER_LENGTH, end - HEADER_LENGTH).hashCode();
    }

    /// Whether the first question is that of `other`, octet by octet, as an answer has it; false when it was cut
    /// short or breaks its format.
    public boolean repeatsQuestion(DnsMessage other) {
        int end = lengthToQuestion();
        return end > HEADER_LENGTH
                && other.questionCount() > 0
                && other.octets.length() >= end
                && octets.slice(HEADER_LENGTH, end - HEADER_LENGTH)
                        .equals(other.octets.slice(HEADER_LENGTH, end - HEADER_LENGTH));
    }

    /// The first question, empty when there is none or it was cut short or breaks its format.
    public Optional<DnsQuestion> question() {
        int end = lengthToQuestion();
        if (end == HEADER_LENGTH) {
            return Optional.empty();
        }
        Optional<String> name = DnsName.read(octets, HEADER_LENGTH);
        return name.isEmpty() ? Optional.empty() : Optional.of(new DnsQuestion(name.get(), octets.u16(end - 4)));
    }
}
