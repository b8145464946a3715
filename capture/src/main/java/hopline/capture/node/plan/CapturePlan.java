package hopline.capture.node.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// All that is decided about a capture before it begins.
///
/// A plan is text first: a value or a list of values for each of [#KEYS], from options, a YAML file or both, and
/// [#values] gives them back.
///
/// @param snapLength octets kept of each packet; 0 for all
/// @param keepFilters capture through filters of Packet Monitor that somebody else set, and keep them
public record CapturePlan(
        Backend backend,
        Profile profile,
        Wanted wanted,
        Where where,
        int snapLength,
        Bounds bounds,
        Trigger trigger,
        List<Probe> probes,
        boolean keepFilters) {

    /// Every key of a plan, in the order in which they are written.
    public static final List<String> KEYS = List.of(
            "backend",
            "profile",
            "address",
            "port",
            "protocol",
            "pod",
            "inside-tunnels",
            "where",
            "snap-length",
            "max-size",
            "file-size",
            "ring",
            "duration",
            "keep-free",
            "until-drop",
            "pre-trigger",
            "probe",
            "keep-filters");

    private static final int MAX_SNAP_LENGTH = 262_144;
    private static final Pattern ADDRESS =
            Pattern.compile("\\d{1,3}(?:\\.\\d{1,3}){3}(?:/\\d{1,2})?|[0-9a-fA-F]*:[0-9a-fA-F:.]*(?:/\\d{1,3})?");
    private static final Pattern POD = Pattern.compile("[a-z0-9][a-z0-9.-]*/[a-z0-9][a-z0-9.-]*");
    private static final Pattern INTERFACE = Pattern.compile("[A-Za-z0-9_{\\\\][^\\s/\\p{Cntrl}]{0,255}");
    private static final List<String> PROTOCOLS = List.of("tcp", "udp", "icmp", "sctp");

    public CapturePlan {
        probes = List.copyOf(probes);
    }

    /// The plan that `values` say; what is not said is as usual.
    ///
    /// @throws PlanException when a key is unknown or a value makes no sense
    public static CapturePlan of(Map<String, List<String>> values) throws PlanException {
        for (String key : values.keySet()) {
            if (!KEYS.contains(key)) {
                throw new PlanException("a plan knows no " + key + "; it knows " + String.join(", ", KEYS));
            }
        }
        Values said = new Values(values);
        CapturePlan plan = new CapturePlan(
                Backend.of(said.one("backend", "auto")),
                Profile.of(said.one("profile", "packets")),
                wanted(said),
                where(said),
                snapLength(said),
                bounds(said),
                new Trigger(
                        said.flag("until-drop", false), Amounts.duration("pre-trigger", said.one("pre-trigger", "0"))),
                probes(said),
                said.flag("keep-filters", false));
        plan.require();
        return plan;
    }

    private void require() throws PlanException {
        if (!trigger.before().isZero() && !trigger.untilDrop()) {
            throw new PlanException("pre-trigger needs until-drop, which it precedes");
        }
        if (bounds.octets() < 1 << 20) {
            throw new PlanException("max-size is at least 1M");
        }
        if (bounds.fileOctets() > bounds.octets()) {
            throw new PlanException("file-size is not more than max-size");
        }
    }

    private static Wanted wanted(Values said) throws PlanException {
        List<Integer> ports = new ArrayList<>();
        for (String port : said.all("port")) {
            ports.add((int) number("port", port, 1, 65_535));
        }
        for (String protocol : said.all("protocol")) {
            if (!PROTOCOLS.contains(protocol)) {
                throw new PlanException("protocol is tcp, udp, icmp or sctp, not " + protocol);
            }
        }
        return new Wanted(
                matching("address", said, ADDRESS, "an address or a range such as 10.244.0.0/16"),
                ports,
                said.all("protocol"),
                matching("pod", said, POD, "NAMESPACE/NAME"),
                said.flag("inside-tunnels", true));
    }

    private static Where where(Values said) throws PlanException {
        Where where = Where.of(said.one("where", "all"));
        Pattern form = where.kind() == Where.Kind.POD ? POD : INTERFACE;
        for (String name : where.names()) {
            if (!form.matcher(name).matches()) {
                throw new PlanException("where names no interface or pod: " + name);
            }
        }
        return where;
    }

    private static List<String> matching(String key, Values said, Pattern form, String what) throws PlanException {
        for (String value : said.all(key)) {
            if (!form.matcher(value).matches()) {
                throw new PlanException(key + " is " + what + ", not " + value);
            }
        }
        return said.all(key);
    }

    private static int snapLength(Values said) throws PlanException {
        return (int) number("snap-length", said.one("snap-length", "0"), 0, MAX_SNAP_LENGTH);
    }

    private static Bounds bounds(Values said) throws PlanException {
        return new Bounds(
                Amounts.octets("max-size", said.one("max-size", Amounts.size(Bounds.USUAL.octets()))),
                Amounts.octets("file-size", said.one("file-size", "0")),
                said.flag("ring", false),
                Amounts.duration("duration", said.one("duration", "0")),
                Amounts.octets("keep-free", said.one("keep-free", Amounts.size(Bounds.USUAL.keepFree()))));
    }

    private static List<Probe> probes(Values said) throws PlanException {
        List<Probe> probes = new ArrayList<>();
        for (String probe : said.all("probe")) {
            probes.add(Probe.of(probe));
        }
        return probes;
    }

    private static long number(String key, String text, long least, long most) throws PlanException {
        if (text.matches("\\d{1,9}")) {
            long number = Long.parseLong(text);
            if (number >= least && number <= most) {
                return number;
            }
        }
        throw new PlanException(key + " is a number from " + least + " to " + most + ", not " + text);
    }

    /// The same for that backend.
    public CapturePlan with(Backend other) {
        return new CapturePlan(other, profile, wanted, where, snapLength, bounds, trigger, probes, keepFilters);
    }

    /// The same for those packets.
    public CapturePlan with(Wanted other) {
        return new CapturePlan(backend, profile, other, where, snapLength, bounds, trigger, probes, keepFilters);
    }

    /// The same at that place.
    public CapturePlan with(Where other) {
        return new CapturePlan(backend, profile, wanted, other, snapLength, bounds, trigger, probes, keepFilters);
    }

    /// The plan as text, in the order of [#KEYS], without what is empty.
    public Map<String, List<String>> values() {
        Map<String, List<String>> values = new LinkedHashMap<>();
        values.put("backend", List.of(backend.word()));
        values.put("profile", List.of(profile.word()));
        values.put("address", wanted.addresses());
        values.put("port", wanted.ports().stream().map(String::valueOf).toList());
        values.put("protocol", wanted.protocols());
        values.put("pod", wanted.pods());
        values.put("inside-tunnels", List.of(String.valueOf(wanted.insideTunnels())));
        values.put("where", List.of(where.text()));
        values.put("snap-length", List.of(String.valueOf(snapLength)));
        values.put("max-size", List.of(Amounts.size(bounds.octets())));
        values.put("file-size", bounds.fileOctets() == 0 ? List.of() : List.of(Amounts.size(bounds.fileOctets())));
        values.put("ring", List.of(String.valueOf(bounds.ring())));
        values.put("duration", bounds.duration().isZero() ? List.of() : List.of(Amounts.time(bounds.duration())));
        values.put("keep-free", List.of(Amounts.size(bounds.keepFree())));
        values.put("until-drop", List.of(String.valueOf(trigger.untilDrop())));
        values.put("pre-trigger", trigger.before().isZero() ? List.of() : List.of(Amounts.time(trigger.before())));
        values.put("probe", probes.stream().map(Probe::text).toList());
        values.put("keep-filters", List.of(String.valueOf(keepFilters)));
        values.values().removeIf(List::isEmpty);
        return values;
    }
}
