package hopline.decode.census;

import hopline.capture.Octets;
import hopline.decode.dns.DnsMessage;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntConsumer;

/// Finds DNS messages in TCP, where each is preceded by its length
/// ([RFC 7766 §8](https://www.rfc-editor.org/rfc/rfc7766#section-8)) and may span segments.
///
/// Follows segments that arrive in order; any other is taken to begin with a message. Nothing but a message's first
/// octets is kept, and of at most [#MAX_STREAMS] streams at a time.
final class DnsStreams {

    static final int MAX_STREAMS = 4_096;

    private static final int PREFIX_LENGTH = 2;
    private static final int NO_CODE = -1;
    private static final int NO_PREFIX = -1;

    /// How far one direction of a connection was read. Single-threaded.
    private static final class Stream {

        /// The sequence number that the next segment must have.
        private int next;

        /// Octets of the message at hand that are still to come.
        private int missing;

        /// The upper octet of a length whose lower one is still to come.
        private int prefix = NO_PREFIX;

        /// Of the message at hand, when it is a response and its header was seen.
        private int responseCode = NO_CODE;
    }

    private final Map<Long, Stream> streams = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Stream> eldest) {
            return size() > MAX_STREAMS;
        }
    };

    /// Forgets a stream whose ports another connection takes over.
    void open(long stream) {
        streams.remove(stream);
    }

    /// Takes in a segment of one direction of a connection; true when a message ends in it. The response codes of
    /// those that do go to `responseCodes`.
    boolean add(long key, int sequence, Octets payload, IntConsumer responseCodes) {
        Stream stream = streams.computeIfAbsent(key, k -> new Stream());
        boolean known = stream.next != 0;
        if (known && sequence - stream.next < 0) {
            return false; // sent again
        }
        if (known && sequence != stream.next) {
            stream.missing = 0;
            stream.prefix = NO_PREFIX;
        }
        stream.next = sequence + payload.length();
        return read(stream, payload, responseCodes);
    }

    private static boolean read(Stream stream, Octets payload, IntConsumer responseCodes) {
        boolean ends = false;
        int at = 0;
        while (at < payload.length()) {
            if (stream.missing == 0) {
                at = begin(stream, payload, at);
            }
            int step = Math.min(stream.missing, payload.length() - at);
            at += step;
            stream.missing -= step;
            if (stream.missing == 0 && stream.prefix == NO_PREFIX) {
                ends = true;
                if (stream.responseCode != NO_CODE) {
                    responseCodes.accept(stream.responseCode);
                }
            }
        }
        return ends;
    }

    /// Reads a message's length, or the half of it that is there, and its header; where the message starts.
    private static int begin(Stream stream, Octets payload, int at) {
        stream.responseCode = NO_CODE;
        if (stream.prefix == NO_PREFIX && payload.length() - at < PREFIX_LENGTH) {
            stream.prefix = payload.u8(at);
            return at + 1;
        }
        int start = at + (stream.prefix == NO_PREFIX ? PREFIX_LENGTH : 1);
        int upper = stream.prefix == NO_PREFIX ? payload.u8(at) : stream.prefix;
        stream.missing = upper << 8 | payload.u8(start - 1);
        stream.prefix = NO_PREFIX;
        if (payload.length() - start >= DnsMessage.HEADER_LENGTH && stream.missing >= DnsMessage.HEADER_LENGTH) {
            DnsMessage message = new DnsMessage(payload.from(start));
            stream.responseCode = message.isResponse() ? message.responseCode() : NO_CODE;
        }
        return start;
    }
}
