package hopline.capture.convert;

import hopline.capture.CaptureRecord;
import hopline.capture.EventFacts;
import hopline.capture.Fact;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Tells the first record of a packet from its later appearances.
///
/// Where the system counts appearances, its group says which packet a record is of. Where it does not, as in Windows
/// since 24H2, records with the same octets are of one packet as long as each capture point logged it once; rewritten
/// or encapsulated copies are taken for packets of their own then.
final class SeenPackets {

    /// Packets remembered; older ones are forgotten first.
    private static final int MAX_PACKETS = 1 << 17;

    private record Packet(long group, long number) {}

    /// Octets, and where they were logged; -1 counts what the point that logged them most often did.
    private record Copy(long hash, int point) {}

    private final Map<Packet, Boolean> groups = bounded();
    private final Map<Copy, Integer> copies = bounded();

    private static <K, V> Map<K, V> bounded() {
        return new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > MAX_PACKETS;
            }
        };
    }

    boolean isFirst(CaptureRecord record, @Nullable EventFacts facts) {
        if (facts != null && facts.number(Fact.APPEARANCE, 0) > 0) {
            Packet packet = new Packet(facts.number(Fact.GROUP, 0), facts.number(Fact.NUMBER, 0));
            return groups.put(packet, true) == null;
        }
        long hash = hash(record);
        int here = copies.merge(new Copy(hash, record.interfaceIndex()), 1, Integer::sum);
        Copy most = new Copy(hash, -1);
        if (here <= copies.getOrDefault(most, 0)) {
            return false;
        }
        copies.put(most, here);
        return true;
    }

    /// FNV-1a over the octets and both lengths.
    private static long hash(CaptureRecord record) {
        long hash = 0xcbf29ce484222325L ^ record.originalLength();
        for (int i = record.offset(); i < record.offset() + record.capturedLength(); i++) {
            hash = (hash ^ (record.array()[i] & 0xff)) * 0x100000001b3L;
        }
        return hash ^ (long) record.capturedLength() << 48;
    }
}
