package hopline.capture.convert;

import hopline.capture.CaptureFormat;
import hopline.capture.CaptureInterface;
import hopline.capture.CaptureOptions;
import hopline.capture.CaptureSection;
import hopline.capture.OptionBuffer;
import hopline.capture.OptionLayout;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Decides what the result's sections and interfaces say.
///
/// A single source keeps its sections. Several are merged by time, so that their records lie mingled in one section:
/// what the sources' sections say alike is said by that section, and what they say differently by their interfaces.
final class Layout {

    /// A place that several sources of one node tell of alike, and what only their sections say.
    ///
    /// @param files what the sources' files are called, pieces of one capture alike; empty where it does not matter
    /// @param nth how many alike, this one included, its section has
    private record Place(
            String node,
            String files,
            int nth,
            String name,
            int linkType,
            long snapLength,
            CaptureOptions options,
            CaptureOptions section) {}

    /// What several interfaces of one section may have in common.
    private record Alike(int feed, int section, int linkType, long snapLength, CaptureOptions options) {}

    private final Target target;
    private final boolean merged;
    private final List<Feed> feeds = new ArrayList<>();
    private final Map<Place, Integer> idOfPlace = new HashMap<>();
    private final Map<Alike, Integer> counts = new HashMap<>();
    private boolean prepared;
    private String sectionNode = "";
    private CaptureOptions common = CaptureOptions.NONE;

    Layout(Target target, boolean merged) {
        this.target = target;
        this.merged = merged;
    }

    Target target() {
        return target;
    }

    /// True when interfaces are declared as soon as they are known; those of several sources wait for the first record
    /// of each, so that they can be given one snap length.
    boolean declaresEarly() {
        return !merged;
    }

    void add(Feed feed) {
        feeds.add(feed);
    }

    /// Begins the one section of several sources; each has read the header of its first by now.
    void beginMerged() throws IOException {
        MergedSection section = new MergedSection(feeds);
        sectionNode = section.node();
        common = section.common();
        target.section(section.stated(), Origin.comment(sectionNode));
    }

    /// Begins a section of a single source.
    void section(Feed feed, CaptureSection section) throws IOException {
        if (merged) {
            return;
        }
        sectionNode = Origin.node(feed.source(), section);
        boolean said =
                Origin.commented(section.comments()).filter(sectionNode::equals).isPresent();
        target.section(
                said ? section.options() : Origin.withoutNode(section.options(), OptionLayout.SECTION),
                said ? CaptureOptions.NONE : Origin.comment(sectionNode));
    }

    /// The number of the interface in the result. Of the pieces of one capture, and of all traces of one node, what
    /// they describe alike is one place: it is declared once. What they counted of it each is told by statistics
    /// or, of traces, by the section.
    int declare(Feed feed, CaptureInterface at) throws IOException {
        boolean isTrace = feed.reader().format() == CaptureFormat.ETL;
        if (!merged || (!isTrace && feed.source().baseName().isEmpty())) {
            return declareAnew(feed, at);
        }
        Place place = isTrace ? componentOf(feed, at) : placeOf(feed, at);
        Integer known = idOfPlace.get(place);
        int id = known == null ? declareAnew(feed, at) : known;
        idOfPlace.put(place, id);
        return id;
    }

    /// A part of a node's network stack, as a trace tells of it.
    private Place componentOf(Feed feed, CaptureInterface at) {
        CaptureOptions options = Origin.withoutComments(at.options(), OptionLayout.INTERFACE);
        return place(feed, "", 1, at, options);
    }

    private Place placeOf(Feed feed, CaptureInterface at) {
        Alike alike = new Alike(feed.index(), at.section(), at.linkType(), at.snapLength(), at.options());
        return place(feed, feed.source().baseName(), counts.merge(alike, 1, Integer::sum), at, at.options());
    }

    private Place place(Feed feed, String files, int nth, CaptureInterface at, CaptureOptions options) {
        return new Place(
                node(feed, at), files, nth, at.name(), at.linkType(), at.snapLength(), options, differences(feed, at));
    }

    private static String node(Feed feed, CaptureInterface at) {
        return Origin.node(feed.source(), feed.reader().sections().get(at.section()));
    }

    private int declareAnew(Feed feed, CaptureInterface at) throws IOException {
        if (!prepared) {
            prepared = true;
            target.prepare(
                    feeds.stream().flatMap(f -> f.wantedInterfaces().stream()).toList());
        }
        boolean renamed = feed.source().node().isPresent();
        CaptureOptions stated = renamed ? Origin.withoutNode(at.options(), OptionLayout.INTERFACE) : at.options();
        return target.declare(at, stated, added(feed, at, Origin.commented(stated.comments())));
    }

    private CaptureOptions added(Feed feed, CaptureInterface at, Optional<String> ownNode) {
        String node = node(feed, at);
        OptionBuffer added = new OptionBuffer(ByteOrder.LITTLE_ENDIAN);
        String name = Origin.interfaceName(feed.source(), at, node);
        if (!name.isEmpty()) {
            added.text(CaptureOptions.INTERFACE_NAME, name);
        }
        if (ownNode.isEmpty() && !node.equals(sectionNode)) {
            added.addAll(Origin.comment(node).cursor(), OptionLayout.INTERFACE);
        }
        if (merged) {
            added.addAll(differences(feed, at).cursor(), OptionLayout.INTERFACE);
        }
        return added.toOptions();
    }

    private CaptureOptions differences(Feed feed, CaptureInterface at) {
        OptionBuffer differences = new OptionBuffer(ByteOrder.LITTLE_ENDIAN);
        CaptureSection section = feed.reader().sections().get(at.section());
        MergedSection.addDifferences(section, at, common, differences);
        return differences.toOptions();
    }

    /// The byte order that loses least: that of the sources' first sections when they agree.
    static ByteOrder order(List<ConversionSource> sources) {
        @Nullable ByteOrder common = null;
        for (ConversionSource source : sources) {
            List<CaptureSection> sections = source.reader().sections();
            ByteOrder order = sections.isEmpty()
                    ? ByteOrder.LITTLE_ENDIAN
                    : sections.getFirst().order();
            if (common != null && common != order) {
                return ByteOrder.LITTLE_ENDIAN;
            }
            common = order;
        }
        return common == null ? ByteOrder.LITTLE_ENDIAN : common;
    }
}
