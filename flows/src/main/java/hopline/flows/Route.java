package hopline.flows;

import hopline.decode.stage.Encapsulation;
import hopline.decode.stage.Journey;
import hopline.decode.stage.Mix;
import hopline.decode.stage.Stage;

/// One way that packets of a flow's direction went: through the same points, in the same forms.
///
/// Keeps the first journey that took it as the example, and of the others only counts.
public final class Route {

    private static final long MULTIPLIER = 0x9E37_79B9_7F4A_7C15L;

    /// Sets a dropped packet's form apart.
    private static final long DROPPED = 1L << 62;

    private final long signature;
    private final long shape;
    private final Journey example;
    private long packets;
    private long firstNanos = Long.MAX_VALUE;
    private long lastNanos = Long.MIN_VALUE;
    private int shortest = Integer.MAX_VALUE;
    private int longest;
    private long payloadPackets;
    private int lowestTtl = Integer.MAX_VALUE;
    private int highestTtl;

    Route(long signature, Journey example) {
        this.signature = signature;
        this.shape = shape(example);
        this.example = example;
        example.keep();
        add(example);
    }

    void add(Journey journey) {
        Stage first = journey.first();
        packets++;
        firstNanos = Math.min(firstNanos, first.epochNanos());
        lastNanos = Math.max(lastNanos, first.epochNanos());
        shortest = Math.min(shortest, first.length());
        longest = Math.max(longest, first.length());
        payloadPackets += first.payloadLength() > 0 ? 1 : 0;
        lowestTtl = Math.min(lowestTtl, first.timeToLive());
        highestTtl = Math.max(highestTtl, first.timeToLive());
    }

    /// Equal for journeys through the same points under the same addresses, ports and tunnels, in whatever order
    /// their stages were tied.
    static long signature(Journey journey) {
        Stage first = journey.first();
        long firstForm = form(first);
        long sum = journey.isMerged() ? firstForm + 1 : firstForm;
        for (Stage stage = first.next(); stage != null; stage = stage.next()) {
            long form = form(stage);
            if (form != firstForm && !isRepeated(form, first, stage)) {
                sum += form;
            }
        }
        return sum;
    }

    /// Whether a stage between the two has that form: segments of one large send pass the same point in the same form.
    private static boolean isRepeated(long form, Stage first, Stage stage) {
        for (Stage earlier = first.next(); earlier != null && earlier != stage; earlier = earlier.next()) {
            if (form(earlier) == form) {
                return true;
            }
        }
        return false;
    }

    /// Equal for stages at one point under the same addresses, ports and tunnel, neither or both of which dropped.
    static long form(Stage stage) {
        Encapsulation outer = stage.outer();
        long tuple = stage.tupleHash();
        long place = stage.point().id() * MULTIPLIER;
        place += stage.drop() == null ? 0 : DROPPED;
        long mixed = (tuple ^ place) * 0xD6E8_FEB8_6659_FD93L + (outer == null ? 0 : outer.hashCode());
        return (mixed ^ mixed >>> 32) * 0xD6E8_FEB8_6659_FD93L;
    }

    /// Equal for journeys between the same addresses, past the same points, in the same tunnels, whatever their ports;
    /// of others equal only by chance.
    public static long shape(Journey journey) {
        long hash = 0;
        for (Stage stage = journey.first(); stage != null; stage = stage.next()) {
            hash = Mix.of(hash, stage.point().id());
            hash = Mix.of(hash, stage.sourceLow() ^ stage.sourceHigh() * 31);
            hash = Mix.of(hash, stage.destinationLow() ^ stage.destinationHigh() * 31);
            hash = Mix.of(hash, stage.outer() == null ? 0 : stage.outer().hashCode());
            hash += stage.drop() == null ? 0 : 1;
        }
        return Mix.of(hash, journey.isMerged() ? 1 : 0);
    }

    long signature() {
        return signature;
    }

    /// The [#shape(Journey)] of the example, as its stages were tied.
    public long shape() {
        return shape;
    }

    /// The first journey that went this way.
    public Journey example() {
        return example;
    }

    public long packets() {
        return packets;
    }

    /// How many of them carried payload.
    public long payloadPackets() {
        return payloadPackets;
    }

    /// When the first of them set out, nanoseconds since 1970.
    public long firstNanos() {
        return firstNanos;
    }

    /// When the last of them set out, nanoseconds since 1970.
    public long lastNanos() {
        return lastNanos;
    }

    /// The length of the shortest, in octets of its IP datagram.
    public int shortest() {
        return shortest;
    }

    /// The length of the longest, in octets of its IP datagram.
    public int longest() {
        return longest;
    }

    /// The least time to live any of them had where it was first seen, 0 to 255.
    public int lowestTtl() {
        return lowestTtl;
    }

    /// The greatest time to live any of them had where it was first seen, 0 to 255.
    public int highestTtl() {
        return highestTtl;
    }

    /// True when a receiver merged these packets into larger ones, which went on by another route.
    public boolean isMerged() {
        return example.isMerged();
    }
}
