package hopline.capture.etl;

import hopline.capture.CaptureOptions;
import hopline.capture.TraceFacts;
import java.util.List;

/// What one provider's events mean. First it is shown the trace's end, where Windows lists what the packets before it
/// are about; then all of the trace in the order of time.
public interface PacketProvider {

    /// Whose events it understands.
    Guid provider();

    /// What people call it.
    String providerName();

    /// Whether the event is one of those that packets come from, whole or in part.
    boolean isPacket(TraceEvent event);

    /// Takes in what an event of the provider lists. It may be shown the same event twice: before the packets, and in
    /// the order of time.
    void survey(TraceEvent event);

    /// In the order of time: true when the event completes a packet, which `packet` then describes.
    boolean read(TraceEvent event, TracedPacket packet);

    /// What is known by now of a place that packets of that link type come from, the first as its name.
    PlaceText describe(Place place);

    /// The parts of the system that were listed so far; empty where the provider lists none.
    default List<TraceFacts.Component> components() {
        return List.of();
    }

    /// What was set to be logged, a line each.
    default List<String> filters() {
        return List.of();
    }

    /// Packets that were given up so far because a part of them was missing.
    default long incomplete() {
        return 0;
    }

    /// What one of its events is called; empty when not known.
    default String eventName(int id) {
        return "";
    }

    /// Where packets come from: what becomes an interface of the capture.
    ///
    /// @param key tells the places of one provider apart
    /// @param linkType what its packets begin with, from [hopline.capture.LinkType]
    record Place(long key, int linkType) {}

    /// A place for people.
    ///
    /// @param name one word or few; need not be unique
    record PlaceText(String name, CaptureOptions options) {}
}
