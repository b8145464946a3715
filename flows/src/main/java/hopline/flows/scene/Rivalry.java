package hopline.flows.scene;

import hopline.capture.CapturePoint;
import hopline.decode.stage.Journey;
import hopline.decode.stage.Stage;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The answers to one asker about one address as one point saw them, and whether two hosts gave them.
///
/// An address may move, and then another host answers from then on. Two hosts have it at once when both answer one
/// question, or when the answers change back and nobody announced that the address moved.
public final class Rivalry {

    /// Answers to one question come within this.
    private static final long ONE_QUESTION_NANOS = 1_000_000_000;

    /// An address that comes back to its first host later than that may have moved there and back.
    private static final long BACK_NANOS = 60_000_000_000L;

    private static final int MAX_HOSTS = 8;

    private final CapturePoint point;
    private final Map<Long, Long> heardNanos = new HashMap<>(2);
    private final Journey first;
    private final long firstMac;
    private @Nullable Journey other;
    private long otherMac;
    private long latestMac;
    private long latestNanos;
    private int latestRequests;
    private int latestAnnouncements;
    private int contradictions;

    Rivalry(Journey first, int requests, int announcements) {
        Stage last = first.last();
        first.keep();
        this.point = last.point();
        this.first = first;
        this.firstMac = mac(last);
        this.latestMac = firstMac;
        this.latestNanos = last.epochNanos();
        this.latestRequests = requests;
        this.latestAnnouncements = announcements;
        heardNanos.put(firstMac, latestNanos);
    }

    /// ARP says itself who answers; of a neighbour advertisement the frame does.
    private static long mac(Stage stage) {
        return stage.protocol() == Stage.ARP ? stage.senderHardware() : stage.sourceMac();
    }

    /// @param requests how often was asked until then
    /// @param announcements how often the address was announced until then
    void answer(Journey journey, int requests, int announcements) {
        Stage last = journey.last();
        long mac = mac(last);
        long nanos = last.epochNanos();
        if (mac != latestMac) {
            if (other == null) {
                other = journey;
                otherMac = mac;
                journey.keep();
            }
            boolean sameQuestion = requests == latestRequests && nanos - latestNanos <= ONE_QUESTION_NANOS;
            Long before = heardNanos.get(mac);
            boolean changesBack = before != null && nanos - before <= BACK_NANOS;
            boolean moved = announcements != latestAnnouncements;
            contradictions += !moved && (sameQuestion || changesBack) ? 1 : 0;
        }
        if (heardNanos.size() < MAX_HOSTS) {
            heardNanos.put(mac, nanos);
        }
        latestMac = mac;
        latestNanos = nanos;
        latestRequests = requests;
        latestAnnouncements = announcements;
    }

    /// Where the answers were seen last on their way to the asker.
    public CapturePoint point() {
        return point;
    }

    /// Two hosts have the address at once.
    boolean isConflict() {
        return contradictions > 0;
    }

    /// The first answer.
    public Journey first() {
        return first;
    }

    /// The first answer of somebody else, or null.
    public @Nullable Journey other() {
        return other;
    }

    /// Who said first that it has the address.
    public long firstMac() {
        return firstMac;
    }

    /// Who else said so; 0 where nobody did.
    public long otherMac() {
        return otherMac;
    }

    /// The answer seen last, nanoseconds since 1970.
    public long latestNanos() {
        return latestNanos;
    }
}
