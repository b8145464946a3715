package hopline.capture.convert;

import hopline.capture.CaptureFormat;
import hopline.capture.CaptureOptions;
import hopline.capture.CaptureReader;
import hopline.capture.CaptureRecord;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/// Writes what several captures hold into one, their records merged by time.
///
/// Always the earliest of the sources' next records is written, of equal ones that of the first source. So a source's
/// records keep their order, also where their times step back, and nothing but one record of each source is held. A
/// single source is written as it is read.
///
/// A source that breaks is converted as far as it can be read.
public final class Conversion {

    /// Records between two calls for progress, less one: a mask.
    private static final int PROGRESS_MASK = (1 << 14) - 1;

    private final CaptureFormat format;
    private final OptionalInt onlyLinkType;
    private final LongConsumer progress;
    private long records;

    private Conversion(CaptureFormat format, OptionalInt onlyLinkType, LongConsumer progress) {
        this.format = format;
        this.onlyLinkType = onlyLinkType;
        this.progress = progress;
    }

    /// Converts `sources` to `format`, PCAP or PCAPNG, on `out`, which is closed.
    ///
    /// @param onlyLinkType leaves out records of other link types
    /// @param progress is told now and then how many records were written
    /// @throws MixedLinkTypesException when the format has no room for the records' link types
    /// @throws IOException when `out` cannot be written
    public static ConversionReport run(
            List<ConversionSource> sources,
            CaptureFormat format,
            OutputStream out,
            OptionalInt onlyLinkType,
            LongConsumer progress)
            throws IOException {
        return new Conversion(format, onlyLinkType, progress).write(sources, out);
    }

    /// The link types that occur among the records of `source`, as far as it can be read.
    public static Set<Integer> linkTypes(CaptureReader reader) {
        Set<Integer> found = new TreeSet<>();
        try {
            for (CaptureRecord record = reader.next(); record != null; record = reader.next()) {
                found.add(reader.interfaces().get(record.interfaceIndex()).linkType());
            }
        } catch (IOException e) {
            return found; // converting it will tell
        }
        return found;
    }

    private ConversionReport write(List<ConversionSource> sources, OutputStream out) throws IOException {
        List<Feed> feeds = new ArrayList<>();
        List<String> remarks;
        try (Target target = target(sources, out)) {
            Layout layout = new Layout(target, sources.size() > 1);
            for (ConversionSource source : sources) {
                Feed feed = new Feed(feeds.size(), source, layout, onlyLinkType);
                feeds.add(feed);
                layout.add(feed);
            }
            boolean single = feeds.size() == 1 && onlyLinkType.isEmpty(); // else whose, or in which file?
            if (single && target.keepsEvents()) {
                feeds.getFirst().keepEvents();
            }
            boolean anySection = sources.stream()
                    .anyMatch(source -> !source.reader().sections().isEmpty());
            if (sources.size() > 1 && anySection) {
                layout.beginMerged();
            }
            for (Feed feed : feeds) {
                feed.advance();
            }
            declareAll(feeds); // in the order of the sources, whichever record comes first
            writeAll(feeds, target);
            declareAll(feeds);
            for (Feed feed : feeds) {
                feed.writeLosses();
            }
            if (!anySection) {
                target.section(CaptureOptions.NONE, CaptureOptions.NONE); // nothing could be read
            }
            remarks = remarks(target, feeds);
        }
        return new ConversionReport(records, problems(feeds), remarks);
    }

    private static List<String> remarks(Target target, List<Feed> feeds) {
        Losses left = new Losses();
        feeds.forEach(feed -> feed.leftOut().forEach(left::add));
        return left.isEmpty()
                ? target.remarks()
                : Stream.concat(target.remarks().stream(), Stream.of("left out, having no octets of a packet: " + left))
                        .toList();
    }

    private static void declareAll(List<Feed> feeds) throws IOException {
        for (Feed feed : feeds) {
            feed.declareAll();
        }
    }

    private Target target(List<ConversionSource> sources, OutputStream out) {
        return switch (format) {
            case PCAP -> new PcapTarget(out);
            default -> new PcapngTarget(out, Layout.order(sources));
        };
    }

    private void writeAll(List<Feed> feeds, Target target) throws IOException {
        if (feeds.size() == 1) {
            writeRest(feeds.getFirst(), target);
            return;
        }
        PriorityQueue<Feed> next =
                new PriorityQueue<>(Comparator.comparingLong(Feed::headNanos).thenComparingInt(Feed::index));
        feeds.stream().filter(feed -> feed.head() != null).forEach(next::add);
        for (Feed feed = next.poll(); feed != null; feed = next.poll()) {
            writeOne(feed, target);
            if (feed.head() != null) {
                next.add(feed);
            }
        }
    }

    private void writeRest(Feed feed, Target target) throws IOException {
        while (feed.head() != null) {
            writeOne(feed, target);
        }
    }

    private void writeOne(Feed feed, Target target) throws IOException {
        feed.writeHead(target);
        feed.advance();
        if ((++records & PROGRESS_MASK) == 0) {
            progress.accept(records);
        }
    }

    private static Map<String, String> problems(List<Feed> feeds) {
        Map<String, String> problems = new LinkedHashMap<>();
        for (Feed feed : feeds) {
            String problem = feed.problem();
            if (problem != null) {
                problems.put(feed.source().name(), problem);
            }
        }
        return problems;
    }
}
