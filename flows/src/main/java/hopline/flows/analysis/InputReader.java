package hopline.flows.analysis;

import hopline.capture.CaptureFormat;
import hopline.capture.CaptureInterface;
import hopline.capture.CapturePoint;
import hopline.capture.CaptureReader;
import hopline.capture.CaptureRecord;
import hopline.capture.LinkType;
import hopline.capture.SwitchPlace;
import hopline.capture.event.SystemEvent;
import hopline.decode.Dissector;
import hopline.decode.Layers;
import hopline.decode.census.TunnelFragments;
import hopline.decode.stage.ClockEstimate;
import hopline.decode.stage.PlainStages;
import hopline.decode.stage.Stage;
import hopline.decode.stage.StagePool;
import hopline.decode.stage.StageReader;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One input as it is read: its records become stages, and what is worth telling about it is counted.
///
/// A file that breaks is read as far as it goes; the problem is kept for the report.
final class InputReader implements AutoCloseable {

    private static final String NODE_COMMENT = "node=";

    /// Events before the first record that wait for it: which node they are of, its interface may tell.
    private static final int MAX_EARLY = 1 << 14;

    private final CaptureInput input;
    private final int file;
    private final CapturePoints points;
    private final Decoders decoders;
    private final TunnelFragments tunnelFragments;
    private Layers layers = new Layers();

    /// An `ArrayList` by name: see bench/README.md.
    private final ArrayList<CapturePoint> pointOfInterface = new ArrayList<>();

    private final Map<Named, Integer> namesakes = new HashMap<>();
    private final Map<Integer, Optional<String>> nodeOfSection = new HashMap<>();
    private final Set<String> pointNames = new LinkedHashSet<>();
    private final CookedPoints cookedPoints;
    private final Map<Integer, Long> undecoded = new TreeMap<>();
    private @Nullable CaptureReader reader;
    private final Hearer events;
    private final List<SystemEvent> early = new ArrayList<>();
    private final ClockEstimate clock;
    private boolean begun;
    private boolean resting;
    private boolean open;
    private @Nullable String node;
    private @Nullable String problem;
    private @Nullable CaptureRecord ahead;
    private long octets;
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;
    private long latest = Long.MIN_VALUE;
    private long truncated;
    private long malformed;

    /// What two interfaces may have in common.
    private record Named(int section, String node, String name) {}

    /// What reads records, one after the other, of whatever input.
    record Decoders(Dissector dissector, StageReader stages, PlainStages plain) {

        /// Takes stages from `pool`.
        Decoders(Dissector dissector, StagePool pool) {
            this(dissector, new StageReader(pool));
        }

        private Decoders(Dissector dissector, StageReader stages) {
            this(dissector, stages, new PlainStages(dissector, stages));
        }
    }

    /// Takes what a node's system logged beside packets.
    @FunctionalInterface
    interface Hearer {

        /// Takes one event.
        ///
        /// @param epochNanos when, on the clock of the reference node
        void add(String node, SystemEvent event, long epochNanos);
    }

    /// Of `input`, the analysis's `file`th, whose clock runs as `clock` says; reading begins with [#begin]. What else
    /// the system logged goes to `events`.
    InputReader(
            CaptureInput input, int file, ClockEstimate clock, CapturePoints points, Decoders decoders, Hearer events) {
        this.input = input;
        this.file = file;
        this.clock = clock;
        this.points = points;
        this.decoders = decoders;
        this.tunnelFragments = new TunnelFragments(decoders.dissector());
        this.cookedPoints = new CookedPoints(points, point -> pointNames.add(point.name()));
        this.events = events;
    }

    /// Opens the input and reads up to the first record.
    void begin() {
        readFirst();
        tellEarly();
    }

    /// Learns when the first record was seen, and closes the capture until that time has come: of many captures few
    /// are read at a time.
    void peek() {
        readFirst();
        node = node();
        if (ahead != null) {
            ahead = null;
            early.clear();
            resting = true;
            close();
        } else {
            tellEarly();
        }
    }

    private void readFirst() {
        open();
        ahead = nextRecord();
        if (ahead != null) {
            latest = Math.max(latest, ahead.epochNanos() - clock.offsetNanos(ahead.number(), ahead.epochNanos()));
        }
    }

    private void open() {
        try {
            CaptureReader opened = input.opener().open();
            opened.hear(this::hear);
            reader = opened;
            open = true;
        } catch (IOException e) {
            problem = reason(e);
        }
    }

    private static String reason(IOException e) {
        String message = e.getMessage();
        return switch (e) {
            case NoSuchFileException missing -> "no such file";
            case AccessDeniedException denied -> "permission denied";
            default -> message == null ? e.getClass().getSimpleName() : message;
        };
    }

    private @Nullable CaptureRecord nextRecord() {
        if (reader == null || problem != null) {
            return null;
        }
        try {
            return reader.next();
        } catch (IOException e) {
            problem = reason(e);
            return null;
        }
    }

    /// The node of the first section: what the user said, else the section's comment, else the file's name.
    String node() {
        if (node == null) {
            node = reader == null || reader.interfaces().isEmpty()
                    ? input.node().or(() -> sectionNode(0)).orElseGet(input::fileNode)
                    : node(reader.interfaces().getFirst());
        }
        return node;
    }

    private String node(CaptureInterface at) {
        return input.node()
                .or(() -> commentedNode(at.comments())) // a section that was merged from several nodes
                .or(() -> sectionNode(at.section()))
                .orElseGet(input::fileNode);
    }

    private Optional<String> sectionNode(int section) {
        CaptureReader opened = reader;
        return opened == null || section >= opened.sections().size()
                ? Optional.empty()
                : nodeOfSection.computeIfAbsent(section, any -> commentedNode(opened.comments(section)));
    }

    private static Optional<String> commentedNode(List<String> comments) {
        return comments.stream()
                .flatMap(String::lines)
                .map(String::strip)
                .filter(line -> line.startsWith(NODE_COMMENT))
                .map(line -> line.substring(NODE_COMMENT.length()).strip())
                .filter(name -> !name.isEmpty())
                .findFirst();
    }

    private void hear(SystemEvent event) {
        if (!begun && early.size() < MAX_EARLY) {
            early.add(event);
        } else {
            tellEarly();
            tell(event);
        }
    }

    private void tellEarly() {
        begun = true;
        early.forEach(this::tell);
        early.clear();
    }

    private void tell(SystemEvent event) {
        long number = reader == null ? 0 : reader.records();
        events.add(node(), event, event.epochNanos() - clock.offsetNanos(number, event.epochNanos()));
    }

    boolean isAtEnd() {
        return ahead == null && !resting;
    }

    /// The latest time read so far, at first that of the first record, corrected; whatever is read next is rarely much
    /// earlier.
    long latestNanos() {
        return latest;
    }

    /// The next record as a stage, or null at the end of what can be read.
    @Nullable Stage next() {
        if (resting) {
            resting = false;
            begin();
        }
        Stage stage = null;
        while (stage == null && ahead != null && reader != null) {
            stage = read(ahead, reader);
            ahead = nextRecord();
        }
        if (ahead == null) {
            close();
            layers = new Layers(); // the others lie in what the capture was read into
        }
        return stage;
    }

    /// Null for a record that belongs to a packet which an earlier one has told already.
    private @Nullable Stage read(CaptureRecord record, CaptureReader reader) {
        CaptureInterface at = reader.interfaces().get(record.interfaceIndex());
        long offset = clock.offsetNanos(record.number(), record.epochNanos());
        count(record);
        Stage stage = isKnown(at)
                ? decoders.plain().read(record, at.linkType(), pointOfInterface.get(at.index()), file, offset)
                : null;
        stage = stage == null ? readLayers(record, at, offset) : stage;
        if (stage != null) {
            latest = Math.max(latest, stage.epochNanos());
        }
        return stage;
    }

    private @Nullable Stage readLayers(CaptureRecord record, CaptureInterface at, long offset) {
        decoders.dissector().dissect(record, at.linkType(), layers);
        CapturePoint point = point(at);
        if (layers.hasInterfaceIndex()) {
            point = cookedPoints.of(point, layers.interfaceIndex());
        }
        malformed += layers.isMalformed() ? 1 : 0;
        if (layers.isUndecoded()) {
            undecoded.merge(at.linkType(), 1L, Long::sum);
        }
        CaptureRecord taken = layers.hasFragment() ? tunnelFragments.take(record, at.linkType(), layers) : record;
        return taken == null ? null : decoders.stages().read(taken, layers, point, file, offset);
    }

    private boolean isKnown(CaptureInterface at) {
        return at.index() < pointOfInterface.size();
    }

    private void count(CaptureRecord record) {
        octets += record.originalLength();
        first = Math.min(first, record.epochNanos());
        last = Math.max(last, record.epochNanos());
        truncated += record.isTruncated() ? 1 : 0;
    }

    private CapturePoint point(CaptureInterface at) {
        while (pointOfInterface.size() <= at.index()) {
            pointOfInterface.add(makePoint(interfaceAt(pointOfInterface.size())));
        }
        return pointOfInterface.get(at.index());
    }

    private CaptureInterface interfaceAt(int index) {
        return Objects.requireNonNull(reader).interfaces().get(index);
    }

    private CapturePoint makePoint(CaptureInterface at) {
        String nodeName = node(at);
        String name = pointName(at, nodeName);
        pointNames.add(name);
        return points.of(nodeName, name, SwitchPlace.of(at));
    }

    /// Two interfaces of one section and node are two points even when they bear one name.
    private String pointName(CaptureInterface at, String nodeName) {
        int number = at.name().isEmpty()
                ? 1
                : namesakes.merge(new Named(at.section(), nodeName, at.name()), 1, Integer::sum);
        if (at.linkType() == LinkType.LINUX_SLL2 && layers.hasInterfaceIndex()) {
            return CookedPoints.name(layers.interfaceIndex()); // no point is all interfaces at once
        }
        String name = at.name().isEmpty() ? unnamed(at, nodeName) : at.name();
        return number == 1 ? name : name + " #" + number;
    }

    /// A pcap file is of one interface, and often named `NODE_INTERFACE` or after the interface alone; so are others
    /// that do not name theirs.
    private String unnamed(CaptureInterface at, String nodeName) {
        String base = input.baseName();
        String name = CapturePoint.named(base, nodeName);
        if (Objects.requireNonNull(reader).format() == CaptureFormat.PCAP) {
            return name.isEmpty() ? base : name;
        }
        boolean saysMore = !name.isEmpty() && (input.node().isPresent() || nodeName.equals(input.fileNode()));
        return (saysMore ? name + " " : "") + "interface " + at.index();
    }

    /// What was read so far; interfaces without records included.
    InputFacts facts() {
        if (reader != null) {
            for (CaptureInterface at : reader.interfaces()) {
                point(at);
            }
        }
        return new InputFacts(
                input.name(),
                Optional.ofNullable(reader).map(r -> r.format().label()),
                node(),
                reader == null ? 0 : reader.records(),
                octets,
                first,
                last,
                List.copyOf(pointNames),
                truncated,
                malformed,
                reader == null ? 0 : reader.lostRecords(),
                Optional.ofNullable(problem),
                warnings());
    }

    private List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        undecoded.forEach((linkType, records) ->
                warnings.add(records + " records of " + LinkType.phrase(linkType) + " are not decoded"));
        return warnings;
    }

    @Override
    public void close() {
        try {
            if (reader != null && open) {
                open = false;
                reader.close();
            }
        } catch (IOException e) {
            problem = problem == null ? reason(e) : problem;
        }
    }
}
