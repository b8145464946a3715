package hopline.flows.state.log;

import hopline.flows.state.Source;
import hopline.flows.state.text.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads logs line by line, each in the form of its writer, and the event logs of Windows as text and as XML.
public final class LogLines {

    private static final int MAX_MESSAGE = 2000;
    private static final Pattern KLOG =
            Pattern.compile("^([IWEF])?(\\d{2})(\\d{2}) (\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?)\\s+\\d+ "
                    + "([\\w.-]+\\.go):\\d+\\]?\\s?(.*)$");
    private static final Pattern DATED =
            Pattern.compile("^(?:time=\")?(\\d{4})[-/](\\d{2})[-/](\\d{2})[T -](\\d\\d:\\d\\d:\\d\\d"
                    + "(?:[.,]\\d+)?)(?:Z|[+-]\\d\\d:?\\d\\d)?\"?\\s+(.*)$");
    private static final Pattern LEVEL =
            Pattern.compile("^\\[?(?:level=)?\"?(?i:(info|warn|warning|error|err|fatal|debug))\\b\\]?.*$");
    private static final Pattern COREDNS = Pattern.compile("^\\[(INFO|WARNING|ERROR|FATAL)\\] (.*)$");
    private static final Pattern EVENT_ROW = Pattern.compile(
            "^(\\d{1,2})/(\\d{1,2})/\\d{4} (\\d{1,2}):(\\d\\d:\\d\\d)( [AP]M)?" + "\\s+\\d+\\s+(\\w+)\\s+(.*)$");
    private static final Pattern TRANSITION =
            Pattern.compile("^\\S+:\\d{1,5}=\\{Ready:(?:true|false),Serving:.*\\}\\s*$");
    private static final Pattern XML_TIME =
            Pattern.compile("SystemTime=['\"]\\d{4}-(\\d\\d-\\d\\d)T([0-9:.]+?)Z?['\"]");
    private static final Pattern XML_PROVIDER = Pattern.compile("<Provider [^>]*Name=['\"]([^'\"]+)['\"]");
    private static final Pattern XML_LEVEL = Pattern.compile("<Level>(\\d)</Level>");
    private static final Pattern XML_DATA = Pattern.compile("<(?:Data|Message)\\b[^>]*>([^<]*)<");
    private static final Pattern XML_ID = Pattern.compile("<EventID[^>]*>(\\d+)<");

    private static final Map<String, String> WRITERS = Map.ofEntries(
            Map.entry("proxier.go", "kube-proxy"),
            Map.entry("hns.go", "kube-proxy"),
            Map.entry("service.go", "kube-proxy"),
            Map.entry("endpointslicecache.go", "kube-proxy"),
            Map.entry("kubelet.go", "kubelet"),
            Map.entry("pod_workers.go", "kubelet"),
            Map.entry("kuberuntime_manager.go", "kubelet"),
            Map.entry("kuberuntime_sandbox.go", "kubelet"),
            Map.entry("remote_runtime.go", "kubelet"),
            Map.entry("log.go", "kubelet"),
            Map.entry("prober.go", "kubelet"),
            Map.entry("cni.go", "kubelet"),
            Map.entry("route_network_windows.go", "flanneld"),
            Map.entry("route_network.go", "flanneld"),
            Map.entry("vxlan_network.go", "flanneld"),
            Map.entry("vxlan_network_windows.go", "flanneld"));

    private static final List<String> COMPONENTS =
            List.of("kube-proxy", "kubelet", "flanneld", "felix", "coredns", "containerd", "calico");

    private final String file;
    private final LogState state;
    private final String component;
    private String listTime = "";
    private final StringBuilder event = new StringBuilder();
    private int eventLine;
    private boolean continues;

    /// Reads into `state` what `file` holds; its name says whose log it is, where the lines do not.
    public LogLines(String file, LogState state) {
        this.file = file;
        this.state = state;
        String name =
                file.toLowerCase(Locale.ROOT).replace("kubeproxy", "kube-proxy").replace("flannel", "flanneld");
        this.component = COMPONENTS.stream().filter(name::contains).findFirst().orElse("");
    }

    /// Takes a line when it is one of a log.
    public boolean line(String text, int number) {
        Source source = new Source(file, number);
        boolean taken = xml(text, number) || klog(text, source) || dated(text, source) || others(text, source);
        continues |= taken;
        return taken;
    }

    /// Whether lines of no form of their own belong to the message before them.
    public boolean continues() {
        return continues;
    }

    private boolean klog(String text, Source source) {
        Matcher row = KLOG.matcher(text);
        if (!row.matches()) {
            return false;
        }
        String writer = component.isEmpty() ? WRITERS.getOrDefault(row.group(5), "") : component;
        String time = row.group(2) + "-" + row.group(3) + " " + row.group(4);
        add(writer, time, row.group(1) == null ? "" : row.group(1), row.group(6), source);
        return true;
    }

    private boolean dated(String text, Source source) {
        Matcher row = DATED.matcher(text);
        if (!row.matches()) {
            return false;
        }
        String rest = row.group(5);
        Matcher level = LEVEL.matcher(rest);
        String letter = level.matches() ? level.group(1).substring(0, 1).toUpperCase(Locale.ROOT) : "";
        String time = row.group(2) + "-" + row.group(3) + " " + row.group(4).replace(',', '.');
        String writer = component.isEmpty() && rest.contains("felix/") ? "felix" : component;
        add(writer, time, letter, rest, source);
        return true;
    }

    private boolean others(String text, Source source) {
        Matcher coredns = COREDNS.matcher(text);
        if (coredns.matches()) {
            add("coredns", "", coredns.group(1).substring(0, 1), coredns.group(2), source);
            return true;
        }
        Matcher row = EVENT_ROW.matcher(text);
        if (row.matches()) {
            String level = row.group(6).substring(0, 1).toUpperCase(Locale.ROOT);
            add("event log", eventTime(row), level, row.group(7), source);
            return true;
        }
        if (TRANSITION.matcher(text).matches()) {
            add("kube-proxy", "", "", text, source);
            return true;
        }
        return false;
    }

    private static String eventTime(Matcher row) {
        int hour = Integer.parseInt(row.group(3)) % 24;
        String half = row.group(5);
        if (half != null) {
            hour = hour % 12 + (half.contains("P") ? 12 : 0);
        }
        return String.format(
                Locale.ROOT,
                "%02d-%02d %02d:%s",
                Integer.parseInt(row.group(1)),
                Integer.parseInt(row.group(2)),
                hour,
                row.group(4));
    }

    private boolean xml(String text, int number) {
        if (event.isEmpty() && !text.contains("<Event ") && !text.contains("<Event>")) {
            return text.startsWith("<?xml") || text.matches("\\s*</?Events>\\s*");
        }
        if (event.isEmpty()) {
            eventLine = number;
        }
        if (event.length() < MAX_MESSAGE * 16) {
            event.append(text).append(' ');
        }
        if (text.contains("</Event>")) {
            xmlEvent(event.toString());
            event.setLength(0);
        }
        return true;
    }

    private void xmlEvent(String xml) {
        Matcher time = XML_TIME.matcher(xml);
        Matcher provider = XML_PROVIDER.matcher(xml);
        Matcher level = XML_LEVEL.matcher(xml);
        Matcher id = XML_ID.matcher(xml);
        StringBuilder message = new StringBuilder(id.find() ? "event " + id.group(1) : "event");
        Matcher data = XML_DATA.matcher(xml);
        while (data.find() && message.length() < MAX_MESSAGE) {
            message.append(' ').append(data.group(1).strip());
        }
        add(
                provider.find() ? provider.group(1) : "event log",
                time.find() ? time.group(1) + " " + time.group(2) : "",
                level.find() ? level(level.group(1)) : "",
                message.toString(),
                new Source(file, eventLine));
    }

    /// The levels of Windows events: 1 critical, 2 error, 3 warning, 4 information.
    public static String level(String number) {
        return switch (number) {
            case "1" -> "F";
            case "2" -> "E";
            case "3" -> "W";
            case "4" -> "I";
            default -> "";
        };
    }

    /// Takes in a record of `Get-WinEvent | Format-List`; false when it is something else.
    public boolean read(JsonObject record) {
        if (!record.has("TimeCreated") && !(record.has("TimeGenerated") && record.has("Message"))) {
            return false;
        }
        listTime = record.first("TimeCreated", "TimeGenerated").text();
        Matcher row = EVENT_ROW.matcher(listTime + " 0 Information x");
        String provider = record.first("ProviderName", "Source").text();
        String level = record.first("LevelDisplayName", "EntryType").text();
        add(
                provider.isEmpty() ? "event log" : provider,
                row.matches() ? eventTime(row) : "",
                level.isEmpty() ? "" : level.substring(0, 1).toUpperCase(Locale.ROOT),
                record.text("Message"),
                new Source(file, record.line()));
        return true;
    }

    private void add(String writer, String time, String level, String message, Source source) {
        String cut = message.length() > MAX_MESSAGE ? message.substring(0, MAX_MESSAGE) + "…" : message;
        LogEntry entry = new LogEntry(writer, time, level, cut, source);
        state.add(entry, entry.isTrouble() || Signal.of(cut).isPresent());
    }
}
