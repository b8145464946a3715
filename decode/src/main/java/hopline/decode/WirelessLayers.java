package hopline.decode;

import hopline.capture.Octets;
import hopline.decode.header.RadiotapHeader;
import hopline.decode.header.WirelessHeader;

/// IEEE 802.11 frames, with what drivers put before them. Data frames lead to LLC; what is encrypted, and
/// what manages or controls the radio link, is left alone. Of several frames in one, the first is followed.
final class WirelessLayers {

    private static final int CHECK_SEQUENCE_LENGTH = 4;
    private static final int ALIGNMENT = 4;

    /// Two addresses and a length before each frame of an aggregate.
    private static final int SUBFRAME_LENGTH = 14;
    private static final int SUBFRAME_SIZE = 12;

    private static final int PRISM_LENGTH = 144;
    private static final int AVS_MAGIC = 0x80211000;
    private static final int AVS_MAGIC_MASK = 0xfffff000;
    private static final int PREFIX_LENGTH = 8;

    private final Dissector dissector;
    private final Door door;

    WirelessLayers(Dissector dissector) {
        this.dissector = dissector;
        this.door = dissector.door;
    }

    void plain(int start, int end, int statedEnd) {
        frame(start, end, statedEnd, false);
    }

    void radiotap(int start, int end, int statedEnd) {
        if (!door.begins(Protocol.WIRELESS, start, end, statedEnd, RadiotapHeader.LENGTH)) {
            return;
        }
        RadiotapHeader radiotap = new RadiotapHeader(door.octets(start, end));
        int length = radiotap.headerLength();
        if (length < RadiotapHeader.LENGTH) {
            door.layers().setMalformed();
            door.layers().setCut(Protocol.WIRELESS);
            return;
        }
        if (!door.holds(start, end, statedEnd, length)) {
            return;
        }
        int stated = radiotap.hasCheckSequence() ? statedEnd - CHECK_SEQUENCE_LENGTH : statedEnd;
        int frame = start + length;
        if (stated < frame) {
            door.layers().setMalformed();
            return;
        }
        frame(frame, Math.min(end, stated), stated, radiotap.isPadded());
    }

    /// Prism's header has one length, that of AVS states its own; the latter also occurs where the former is
    /// announced.
    void prism(int start, int end, int statedEnd) {
        if (!door.begins(Protocol.WIRELESS, start, end, statedEnd, PREFIX_LENGTH)) {
            return;
        }
        Octets header = door.octets(start, end);
        boolean statesLength = (header.i32(0) & AVS_MAGIC_MASK) == AVS_MAGIC;
        int length = statesLength ? header.i32(4) : PRISM_LENGTH;
        if (length < PREFIX_LENGTH) {
            door.layers().setMalformed();
        } else if (door.holds(start, end, statedEnd, length)) {
            frame(start + length, end, statedEnd, false);
        }
    }

    private void frame(int start, int end, int statedEnd, boolean padded) {
        if (!door.begins(Protocol.WIRELESS, start, end, statedEnd, 2)) {
            return;
        }
        WirelessHeader frame = new WirelessHeader(door.octets(start, end));
        door.layers().add(Protocol.WIRELESS, start, end, statedEnd);
        if (!frame.isData()) {
            return;
        }
        int length = frame.headerLength();
        if (!door.holds(start, end, statedEnd, length) || frame.isProtected() || frame.isLaterFragment()) {
            return;
        }
        int at = start + (padded ? (length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT : length);
        if (frame.isAggregate()) {
            subframe(Math.min(at, end), end, statedEnd);
        } else {
            dissector.etherTypes.llc(Math.min(at, end), end, statedEnd);
        }
    }

    private void subframe(int start, int end, int statedEnd) {
        if (!door.holds(start, end, statedEnd, SUBFRAME_LENGTH)) {
            return;
        }
        int payload = start + SUBFRAME_LENGTH;
        int stated = Math.min(payload + door.octets(start, end).u16(SUBFRAME_SIZE), statedEnd);
        dissector.etherTypes.llc(payload, Math.min(end, stated), stated);
    }
}
