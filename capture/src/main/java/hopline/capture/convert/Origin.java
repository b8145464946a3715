package hopline.capture.convert;

import hopline.capture.CaptureFormat;
import hopline.capture.CaptureInterface;
import hopline.capture.CaptureOptions;
import hopline.capture.CapturePoint;
import hopline.capture.CaptureSection;
import hopline.capture.OptionBuffer;
import hopline.capture.OptionCursor;
import hopline.capture.OptionLayout;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Says in options where records come from, so that it is still known when several captures lie in one file: the
/// node, in a comment `node=NAME` of the section, or of the interface where a section holds several nodes.
final class Origin {

    private static final String NODE = "node=";

    private Origin() {}

    /// The node of a section: what the user says, else what its comments say, else what the file's name tells; may
    /// be empty.
    static String node(ConversionSource source, CaptureSection section) {
        return source.node().or(() -> commented(section.comments())).orElse(source.fileNode());
    }

    /// The first line `node=NAME` of comments.
    static Optional<String> commented(List<String> comments) {
        return comments.stream()
                .flatMap(String::lines)
                .map(String::strip)
                .filter(line -> line.startsWith(NODE))
                .map(line -> line.substring(NODE.length()).strip())
                .filter(name -> !name.isEmpty())
                .findFirst();
    }

    /// A comment that names `node`; nothing when it is empty.
    static CaptureOptions comment(String node) {
        return node.isEmpty()
                ? CaptureOptions.NONE
                : new OptionBuffer(ByteOrder.LITTLE_ENDIAN)
                        .text(CaptureOptions.COMMENT, NODE + node)
                        .toOptions();
    }

    /// `options` without the comments that say nothing but the node.
    static CaptureOptions withoutNode(CaptureOptions options, OptionLayout layout) {
        return withoutComments(
                options,
                layout,
                text -> text.strip().startsWith(NODE) && text.strip().lines().count() == 1);
    }

    /// `options` without comments.
    static CaptureOptions withoutComments(CaptureOptions options, OptionLayout layout) {
        return withoutComments(options, layout, text -> true);
    }

    private static CaptureOptions withoutComments(
            CaptureOptions options, OptionLayout layout, Predicate<String> leftOut) {
        OptionBuffer rest = new OptionBuffer(options.order());
        for (OptionCursor cursor = options.cursor(); cursor.next(); ) {
            if (cursor.code() != CaptureOptions.COMMENT || !leftOut.test(cursor.text())) {
                rest.add(cursor, layout);
            }
        }
        return rest.toOptions();
    }

    /// The name of a pcap file's one interface, which only the file's name tells: what follows the node in it.
    static String interfaceName(ConversionSource source, CaptureInterface at, String node) {
        if (source.reader().format() != CaptureFormat.PCAP || !at.name().isEmpty()) {
            return "";
        }
        String base = source.baseName();
        String name = CapturePoint.named(base, node);
        return name.isEmpty() ? base : name;
    }
}
