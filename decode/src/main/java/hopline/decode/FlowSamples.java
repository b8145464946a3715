package hopline.decode;

import hopline.capture.Octets;

/// The beginnings of packets that a switch samples and reports as
/// [sFlow version 5](https://sflow.org/sflow_version_5.txt), §5. They were not seen where the report was
/// captured: their layers follow as those do that an ICMP error quotes.
///
/// ```
/// datagram: version, kind and octets of an address, agent, sequence, uptime, count (32 bits each), then samples
/// sample:   kind, length, 6 words (9 of the expanded kind) about the interface, count, then records
/// record:   kind, length; of a packet's header: its protocol, length, octets removed, octets that follow
/// ```
final class FlowSamples {

    static final int UDP_PORT = 6343;

    private static final int WORD = 4;
    private static final int VERSION = 5;
    private static final int IPV4_AGENT = 1;
    private static final int IPV6_AGENT = 2;
    private static final int BEFORE_AGENT = 2 * WORD;
    private static final int BEHIND_AGENT = 4 * WORD;

    private static final int SAMPLE = 1;
    private static final int EXPANDED_SAMPLE = 3;
    private static final int SAMPLE_COUNT = 7 * WORD;
    private static final int EXPANDED_COUNT = 10 * WORD;

    private static final int PACKET_HEADER = 1;
    private static final int PACKET_FIELDS = 4 * WORD;
    private static final int ETHERNET = 1;
    private static final int IPV4 = 11;
    private static final int IPV6 = 12;

    /// A datagram has room for a few samples of the usual 128 octets, each with a record or two.
    private static final int MAX_SAMPLES = 64;

    private static final int MAX_RECORDS = 16;

    private final Dissector dissector;
    private final Door door;

    FlowSamples(Dissector dissector) {
        this.dissector = dissector;
        this.door = dissector.door;
    }

    /// A datagram of another version, or about something else, has no layers.
    void datagram(int start, int end, int statedEnd) {
        if (!door.holds(start, end, statedEnd, BEFORE_AGENT)
                || door.octets(start, end).u32(0) != VERSION) {
            return;
        }
        int agent =
                switch (door.octets(start, end).i32(WORD)) {
                    case IPV4_AGENT -> 4;
                    case IPV6_AGENT -> 16;
                    default -> 0;
                };
        int first = start + BEFORE_AGENT + agent + BEHIND_AGENT;
        if (door.layers().quoted() >= 0 || !door.holds(start, end, statedEnd, first - start)) {
            return;
        }
        door.layers().setQuoted(door.layers().count());
        samples(first, end, statedEnd);
        if (door.layers().quoted() == door.layers().count()) {
            door.layers().setQuoted(-1);
        }
    }

    private void samples(int first, int end, int statedEnd) {
        int at = first;
        for (int i = 0; i < MAX_SAMPLES && end - at >= 2 * WORD; i++) {
            Octets sample = door.octets(at, end);
            long length = sample.u32(WORD);
            int content = at + 2 * WORD;
            if (length > statedEnd - content) {
                door.layers().setMalformed();
                return;
            }
            int sampleEnd = Math.min(end, content + (int) length);
            switch (sample.i32(0)) {
                case SAMPLE -> records(content + SAMPLE_COUNT, sampleEnd);
                case EXPANDED_SAMPLE -> records(content + EXPANDED_COUNT, sampleEnd);
                default -> {} // counters
            }
            at = content + (int) length;
        }
    }

    private void records(int count, int end) {
        int at = count + WORD;
        for (int i = 0; i < MAX_RECORDS && end - at >= 2 * WORD; i++) {
            Octets record = door.octets(at, end);
            long length = record.u32(WORD);
            int content = at + 2 * WORD;
            if (length > end - content) {
                return;
            }
            if (record.i32(0) == PACKET_HEADER && length >= PACKET_FIELDS) {
                packet(content, content + (int) length);
            }
            at = content + (int) length;
        }
    }

    private void packet(int start, int end) {
        Octets fields = door.octets(start, end);
        int at = start + PACKET_FIELDS;
        int sampledEnd = (int) Math.min(end, at + fields.u32(3 * WORD));
        int statedEnd = (int) Math.min(Integer.MAX_VALUE, at + fields.u32(WORD));
        switch (fields.i32(0)) {
            case ETHERNET -> dissector.etherTypes.ethernet(at, sampledEnd, statedEnd);
            case IPV4 -> dissector.network.ipv4(at, sampledEnd, statedEnd);
            case IPV6 -> dissector.network.ipv6(at, sampledEnd, statedEnd);
            default -> {} // links that carry no packets of ours
        }
    }
}
