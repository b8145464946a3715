package hopline.capture.etl;

import hopline.capture.EventFacts;
import hopline.capture.LinkType;
import hopline.capture.RecordNotes.Direction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// A packet as a provider's events tell of it. Reused: it is cleared before a provider fills it.
public final class TracedPacket {

    private final EventFacts facts = new EventFacts();
    private final List<String> comments = new ArrayList<>();
    private final List<String> said = Collections.unmodifiableList(comments);
    private long placeKey;
    private int linkType = LinkType.ETHERNET;
    private Direction direction = Direction.UNKNOWN;
    private byte[] array = {};
    private int offset;
    private int length;
    private long originalLength;
    private boolean dropped;
    private boolean identified;
    private long packetId;

    TracedPacket() {}

    void clear() {
        comments.clear();
        direction = Direction.UNKNOWN;
        dropped = false;
        identified = false;
    }

    /// Where it was seen: what tells the places of one provider apart, and a link type from [LinkType].
    public void setPlace(long key, int linkType) {
        placeKey = key;
        this.linkType = linkType;
    }

    /// Its octets, not copied, and how many it had before it was cut.
    public void setOctets(byte[] array, int offset, int length, long originalLength) {
        this.array = array;
        this.offset = offset;
        this.length = length;
        this.originalLength = Math.max(length, originalLength);
    }

    public void setDirection(Direction direction) {
        this.direction = direction;
    }

    /// Says that the system dropped it.
    public void setDropped() {
        dropped = true;
    }

    /// What is the same for all records of this packet.
    public void setPacketId(long id) {
        identified = true;
        packetId = id;
    }

    /// What the event says, to be filled.
    public EventFacts facts() {
        return facts;
    }

    /// Adds a sentence for people.
    public void comment(String text) {
        comments.add(text);
    }

    long placeKey() {
        return placeKey;
    }

    boolean isAt(PacketProvider.Place place) {
        return place.key() == placeKey && place.linkType() == linkType;
    }

    PacketProvider.Place place() {
        return new PacketProvider.Place(placeKey, linkType);
    }

    Direction direction() {
        return direction;
    }

    byte[] array() {
        return array;
    }

    int offset() {
        return offset;
    }

    int length() {
        return length;
    }

    long originalLength() {
        return originalLength;
    }

    boolean isDropped() {
        return dropped;
    }

    boolean hasPacketId() {
        return identified;
    }

    long packetId() {
        return packetId;
    }

    boolean hasComments() {
        return !comments.isEmpty();
    }

    List<String> comments() {
        return said;
    }
}
