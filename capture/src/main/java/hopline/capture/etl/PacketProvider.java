package hopline.capture.etl;

import hopline.capture.CaptureOptions;
import hopline.capture.TraceFacts;
import java.util.List;

/// What one provider's events mean. A trace is read twice: first all of it in any order, for what is listed after the
/// packets it is about; then the packets in the order of time.
public interface PacketProvider {

    /// Whose events it understands.
    Guid provider();

    /// What people call it.
    String providerName();

    /// First pass: takes in an event of the provider.
    void survey(TraceEvent event);

    /// Second pass: true when the event completes a packet, which `packet` then describes.
    boolean read(TraceEvent event, TracedPacket packet);

    /// The places that the first pass found packets of, in the order people look for them.
    List<Place> places();

    /// What is known of a place that packets of that link type come from, the first as its name.
    PlaceText describe(Place place);

    /// The parts of the system that the first pass found; empty where the provider lists none.
    default List<TraceFacts.Component> components() {
        return List.of();
    }

    /// What was set to be logged, a line each.
    default List<String> filters() {
        return List.of();
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
