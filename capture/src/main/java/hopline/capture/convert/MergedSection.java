package hopline.capture.convert;

import hopline.capture.CaptureInterface;
import hopline.capture.CaptureOptions;
import hopline.capture.CaptureSection;
import hopline.capture.OptionBuffer;
import hopline.capture.OptionCursor;
import hopline.capture.OptionLayout;
import java.nio.ByteOrder;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The one section that several sources share.
final class MergedSection {

    private static final List<Integer> SINGLE =
            List.of(CaptureOptions.SECTION_HARDWARE, CaptureOptions.SECTION_OS, CaptureOptions.SECTION_APPLICATION);

    private final List<Feed> feeds;
    private final List<CaptureSection> sections;

    /// Made of the first sections of `feeds`.
    MergedSection(List<Feed> feeds) {
        this.feeds = feeds.stream()
                .filter(feed -> !feed.reader().sections().isEmpty())
                .toList();
        this.sections = this.feeds.stream()
                .map(feed -> feed.reader().sections().getFirst())
                .toList();
    }

    /// The node of all sources, or empty when they are of several.
    String node() {
        List<String> nodes = feeds.stream()
                .map(feed -> Origin.node(feed.source(), feed.reader().sections().getFirst()))
                .distinct()
                .toList();
        return nodes.size() == 1 ? nodes.getFirst() : "";
    }

    /// Hardware, operating system and application, as far as all sources state the same.
    CaptureOptions common() {
        OptionBuffer common = new OptionBuffer(ByteOrder.LITTLE_ENDIAN);
        for (int code : SINGLE) {
            List<Optional<String>> stated = sections.stream()
                    .map(section -> section.options().text(code))
                    .distinct()
                    .toList();
            if (stated.size() == 1) {
                stated.getFirst().ifPresent(text -> common.text(code, text));
            }
        }
        return common.toOptions();
    }

    /// What the sources' first sections state: what is common, and all comments and other options, each once.
    CaptureOptions stated() {
        OptionBuffer stated = new OptionBuffer(ByteOrder.LITTLE_ENDIAN);
        stated.addAll(common().cursor(), OptionLayout.SECTION);
        Set<CaptureOptions> seen = new LinkedHashSet<>();
        for (CaptureSection section : sections) {
            CaptureOptions options = Origin.withoutNode(section.options(), OptionLayout.SECTION);
            for (OptionCursor option = options.cursor(); option.next(); ) {
                CaptureOptions one = new OptionBuffer(ByteOrder.LITTLE_ENDIAN)
                        .add(option, OptionLayout.SECTION)
                        .toOptions();
                if (!SINGLE.contains(option.code()) && seen.add(one)) {
                    stated.addAll(one.cursor(), OptionLayout.SECTION);
                }
            }
        }
        return stated.toOptions();
    }

    /// Adds to an interface's options what its section states otherwise than all sections do.
    static void addDifferences(CaptureSection section, CaptureInterface at, CaptureOptions common, OptionBuffer added) {
        difference(section, common, CaptureOptions.SECTION_HARDWARE)
                .filter(hardware -> at.hardware().isEmpty())
                .ifPresent(hardware -> added.text(CaptureOptions.INTERFACE_HARDWARE, hardware));
        difference(section, common, CaptureOptions.SECTION_OS)
                .filter(os -> at.os().isEmpty())
                .ifPresent(os -> added.text(CaptureOptions.INTERFACE_OS, os));
        difference(section, common, CaptureOptions.SECTION_APPLICATION)
                .ifPresent(application -> added.text(CaptureOptions.COMMENT, "application=" + application));
        if (section.index() > 0) {
            Origin.withoutNode(section.options(), OptionLayout.SECTION)
                    .comments()
                    .forEach(comment -> added.text(CaptureOptions.COMMENT, comment));
        }
    }

    private static Optional<String> difference(CaptureSection section, CaptureOptions common, int code) {
        return section.options().text(code).filter(text -> !common.text(code).equals(Optional.of(text)));
    }
}
