package hopline.capture.convert;

import hopline.capture.CaptureInterface;
import hopline.capture.CaptureOptions;
import hopline.capture.CaptureSection;
import hopline.capture.OptionBuffer;
import hopline.capture.OptionLayout;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Decides what the result's sections and interfaces say.
///
/// A single source keeps its sections. Several are merged by time, so that their records lie mingled in one section:
/// what the sources' sections say alike is said by that section, and what they say differently by their interfaces.
final class Layout {

    private final Target target;
    private final boolean merged;
    private final List<Feed> feeds = new ArrayList<>();
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

    int declare(Feed feed, CaptureInterface at) throws IOException {
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
        CaptureSection section = feed.reader().sections().get(at.section());
        String node = Origin.node(feed.source(), section);
        OptionBuffer added = new OptionBuffer(ByteOrder.LITTLE_ENDIAN);
        String name = Origin.interfaceName(feed.source(), at, node);
        if (!name.isEmpty()) {
            added.text(CaptureOptions.INTERFACE_NAME, name);
        }
        if (ownNode.isEmpty() && !node.equals(sectionNode)) {
            added.addAll(Origin.comment(node).cursor(), OptionLayout.INTERFACE);
        }
        if (merged) {
            MergedSection.addDifferences(section, at, common, added);
        }
        return added.toOptions();
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
