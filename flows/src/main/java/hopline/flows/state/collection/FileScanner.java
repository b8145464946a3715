package hopline.flows.state.collection;

import hopline.capture.ContentKind;
import hopline.capture.Octets;
import hopline.flows.state.ClusterFile;
import hopline.flows.state.ClusterReader;
import hopline.flows.state.cni.CniReader;
import hopline.flows.state.hns.HnsReader;
import hopline.flows.state.host.HostLines;
import hopline.flows.state.kubernetes.KubernetesReader;
import hopline.flows.state.kubernetes.KubernetesState;
import hopline.flows.state.linux.LinuxLines;
import hopline.flows.state.log.EvtxReader;
import hopline.flows.state.log.LogLines;
import hopline.flows.state.pktmon.PktmonReader;
import hopline.flows.state.text.Damage;
import hopline.flows.state.text.JsonObject;
import hopline.flows.state.text.JsonReader;
import hopline.flows.state.text.MalformedTextException;
import hopline.flows.state.text.TextInput;
import hopline.flows.state.vfp.VfpJson;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Tells by content what is in a file, part by part, and gives each part to its reader.
///
/// A part is JSON, text with a form of its own, or a row that tells by itself what it is; a file may hold any
/// mixture, as the collectors' files do. Files with Kubernetes lists are read a second time for the
/// [hopline.flows.state.Cluster], unless nobody asks for that.
final class FileScanner {

    /// Octets that decide what kind of file it is.
    static final int EXAMINED = 4096;

    private static final Pattern JSON_START = Pattern.compile(
            "^\\s*(?:\\{\\s*(?:\"|$|\\})|\\[\\s*(?:\\{|\"|$|\\])|\"[A-Za-z0-9_]+\"\\s*:).*", Pattern.DOTALL);
    private static final String VFP_OBJECTS = "VFP objects";
    private static final String LINUX_LINES = "Linux lines";
    private static final String NFT_RULES = "nftables rules";
    private static final int MAX_KEYS = 5;

    /// Longer lines are searched for what fills columns: a run of it says no more the longer it is, but to see that a
    /// line has none of the known shapes takes time that grows with the square of it.
    private static final int MAX_SEARCHED = 256;

    private static final Pattern LONG_RUN = Pattern.compile("([\\s.]{64})[\\s.]+");

    private final NodeState node;
    private final Optional<ClusterReader> lists;
    private final StateFile file;
    private final Damage damage;
    private final Map<String, Integer> holds = new TreeMap<>();
    private final HnsReader hns;
    private final VfpJson vfp;
    private final PktmonReader pktmon;
    private final CniReader cni;
    private final LinuxLines linux;
    private final HostLines host;
    private final LogLines logs;
    private final KubernetesReader items;
    private final Sections sections;
    private final UnreadLines unread = new UnreadLines();

    /// What other files say of iptables is not cut by this one.
    private final int rulesBefore;

    private boolean isBlank = true;
    private boolean lacksNftRules;
    private Optional<ClusterFile> cluster = Optional.empty();
    private Optional<String> problem = Optional.empty();

    /// Of `file`, which is about `node` unless it is about the whole cluster.
    ///
    /// @param lists reads what is for the [hopline.flows.state.Cluster]
    FileScanner(StateFile file, NodeState node, KubernetesState kubernetes, Optional<ClusterReader> lists) {
        this.file = file;
        this.node = node;
        this.lists = lists;
        this.damage = new Damage(file.name());
        this.hns = new HnsReader(file.name(), node.hns());
        this.vfp = new VfpJson(file.name(), node.vfp());
        this.pktmon = new PktmonReader(file.name(), node.pktmon());
        this.cni = new CniReader(file.name(), node.cni());
        this.linux = new LinuxLines(file.name(), node.linux());
        this.host = new HostLines(file.name(), node.host());
        this.logs = new LogLines(file.name(), node.log());
        this.items = new KubernetesReader(file.name(), kubernetes);
        this.sections = new Sections(file.name(), node, kubernetes, this::listed);
        this.rulesBefore = rulesOf(node);
    }

    private static int rulesOf(NodeState node) {
        return node.linux().chains().size() + node.linux().rules().size();
    }

    /// Reads the file as far as it goes.
    FileReport scan() {
        try (InputStream in = file.opener().open()) {
            scan(in);
        } catch (IOException e) {
            problem = Optional.of(FolderFiles.reason(e));
        }
        linux.end();
        pktmon.end();
        if (linux.unclosed() > 0) {
            damage.noteEnd(linux.unclosed(), "a table of iptables-save");
        }
        endLists();
        if (holds.containsKey("Kubernetes objects")) {
            lists.ifPresent(this::readCluster);
        }
        if (holds.isEmpty() && problem.isEmpty()) {
            problem = Optional.of(unread.guess());
        }
        boolean ofCluster = holds.size() == 1 && holds.containsKey("Kubernetes objects");
        return new FileReport(
                file.name(),
                ofCluster || holds.isEmpty() ? Optional.empty() : Optional.of(node.folder()),
                holds,
                damage.notes(),
                holds.isEmpty() ? 0 : unread.count(),
                unread.first(),
                problem);
    }

    /// Of a file that was not read to its end, what is not in a list may be in the rest.
    private void endLists() {
        boolean isWhole = problem.isEmpty() && !damage.isLoss();
        hns.end(isWhole);
        if (!isWhole && (holds.containsKey(Sections.VFP_LINES) || holds.containsKey(VFP_OBJECTS))) {
            node.vfp().noteLoss();
        }
        boolean isOfRules =
                rulesOf(node) > rulesBefore || linux.unclosed() > 0 || holds.containsKey(NFT_RULES) || lacksNftRules;
        if (!isWhole && isOfRules) {
            node.linux().noteLoss();
        }
    }

    /// The lists for the [hopline.flows.state.Cluster].
    Optional<ClusterFile> cluster() {
        return cluster;
    }

    private void readCluster(ClusterReader reader) {
        try {
            ClusterFile read = reader.read(file.name(), file.opener().open());
            cluster = Optional.of(read);
            read.skipped().forEach(skipped -> damage.note(0, skipped.reason() + ", first in " + skipped.first()));
        } catch (IOException e) {
            // Nothing of what a cluster is asked for: events, policies.
            cluster = Optional.empty();
        }
    }

    private void scan(InputStream in) throws IOException {
        java.io.BufferedInputStream buffered = new java.io.BufferedInputStream(in, 1 << 16);
        buffered.mark(EXAMINED);
        byte[] head = buffered.readNBytes(EXAMINED);
        buffered.reset();
        ContentKind kind = ContentKind.of(Octets.wrap(head));
        if (EvtxReader.begins(head)) {
            int events = new EvtxReader(file.name(), node.log()).read(buffered);
            add("events", events);
            return;
        }
        switch (kind) {
            case EMPTY -> {
                hns.endEmpty();
                problem = Optional.of(kind.description());
            }
            case JPEG, PNG, GIF, PDF, EXECUTABLE, HTML ->
                problem = Optional.of(kind.description().replaceFirst(", not a capture.*", ", not node state"));
            case COMPRESSED_TWICE, BZIP2, XZ, OLD_LZ4, OTHER_PCAP, SNOOP, NETWORK_MONITOR, SNIFFER, BLUETOOTH_SNOOP ->
                problem = Optional.of(kind.description());
            case CAPTURE -> problem = Optional.of("a capture, not node state: analyze reads it");
            case ZIP -> problem = Optional.of("an archive inside an archive, which is not opened");
            default -> {
                if (isBinary(head)) {
                    problem = Optional.of("binary data, not node state");
                } else {
                    scan(TextInput.of(buffered));
                }
            }
        }
    }

    /// Zeros are in text only where every second octet is one.
    private static boolean isBinary(byte[] head) {
        int controls = 0;
        int zeros = 0;
        for (byte octet : head) {
            zeros += octet == 0 ? 1 : 0;
            controls += octet >= 0
                            && octet < ' '
                            && octet != 0
                            && octet != '\t'
                            && octet != '\n'
                            && octet != '\r'
                            && octet != '\f'
                            && octet != 0x1b
                    ? 1
                    : 0;
        }
        boolean isWide = zeros >= head.length / 3 && zeros <= (head.length + 1) / 2;
        return controls > head.length / 50 || (zeros > 0 && !isWide);
    }

    private void scan(TextInput in) throws IOException {
        int number = 0;
        for (String line = in.peekLine(); line != null; line = in.peekLine()) {
            number = in.line();
            boolean isJson = mayBeJson(line) && JSON_START.matcher(line).matches();
            if (!isJson && in.isLineCut()) {
                damage.note(
                        number,
                        "a line of more than " + TextInput.MAX_LINE + " characters, of which the rest is left out");
            }
            if (isJson) {
                sections.end();
                json(in);
            } else {
                in.skipLine();
                line(line.length() > MAX_SEARCHED ? LONG_RUN.matcher(line).replaceAll("$1") : line, number);
            }
        }
        if (!sections.endOfFile()) {
            damage.noteEnd(number, "a list of vfpctrl");
        }
        if (isBlank && problem.isEmpty() && !damage.isLoss()) {
            hns.endEmpty();
        }
    }

    private static boolean mayBeJson(String line) {
        int at = 0;
        while (at < line.length() && Character.isWhitespace(line.charAt(at))) {
            at++;
        }
        return at < line.length() && "{[\"".indexOf(line.charAt(at)) >= 0;
    }

    private void json(TextInput in) throws IOException {
        JsonReader reader = new JsonReader(in, damage, this::object);
        try {
            reader.read();
        } catch (MalformedTextException e) {
            if (problem.isEmpty()) {
                problem = Optional.of(FolderFiles.reason(e));
            }
            if (reader.field().equals(LinuxLines.NFT_RULESET)) {
                lacksNftRules = true;
                damage.noteUnread(e.line(), NFT_RULES + " that are not read: " + e.problem());
            }
            resume(in);
        }
    }

    /// Objects printed back to back begin at the left margin: there reading can go on.
    private static void resume(TextInput in) throws IOException {
        in.skipLine();
        for (String line = in.peekLine(); line != null && !line.startsWith("{"); line = in.peekLine()) {
            in.skipLine();
        }
    }

    private void object(JsonObject object, JsonObject parent) {
        isBlank = false;
        if (items.read(object, parent)) {
            add("Kubernetes objects", 1);
        } else if (hns.read(object)) {
            add("HNS objects", 1);
        } else if (vfp.read(object)) {
            add(VFP_OBJECTS, 1);
        } else if (pktmon.read(object)) {
            add("packet monitor components", object.objects("Components").size());
        } else if (cni.read(object)) {
            add("network plugin settings", 1);
        } else if (linux.read(object)) {
            add(NFT_RULES, object.objects(LinuxLines.NFT_RULESET).size());
        } else if (!object.names().isEmpty()) {
            unread.guess("JSON of no known kind, with "
                    + String.join(", ", object.names().stream().limit(MAX_KEYS).toList()));
        }
    }

    private void add(String kind, int count) {
        if (count > 0) {
            holds.merge(kind, count, Integer::sum);
        }
    }

    private void line(String text, int number) {
        isBlank &= text.isBlank();
        if (sections.line(text, number)) {
            if (!text.isBlank()) {
                add(sections.label(), 1);
            }
        } else if (!row(text, number) && !logs.continues()) {
            unread.line(text, number);
        }
    }

    private boolean row(String text, int number) {
        if (linux.line(text, number)) {
            add(LINUX_LINES, 1);
        } else if (host.line(text, number)) {
            add("host lines", 1);
        } else if (pktmon.line(text, number)) {
            add("packet monitor lines", 1);
        } else if (logs.line(text, number)) {
            add("log lines", 1);
        } else {
            return false;
        }
        return true;
    }

    private void listed(JsonObject record) {
        if (!hns.read(record) && !logs.read(record)) {
            unread.count(record.names().size(), record.line());
        }
    }
}
