package hopline.flows.state.linux;

import hopline.decode.Address;
import hopline.flows.state.AddressText;
import hopline.flows.state.Source;
import hopline.flows.state.text.MacText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads `ip address`, `ip -d link` and `bridge fdb`, line by line.
final class LinkLines {

    private static final String MAC = "((?:[0-9a-f]{2}:){5}[0-9a-f]{2})";
    private static final Pattern HEAD = Pattern.compile("^\\d+: ([^:@\\s]+)[^:]*: <[^>]*>(.*)$");
    private static final Pattern MASTER = Pattern.compile("\\bmaster (\\S+)");
    private static final Pattern ETHER = Pattern.compile("^\\s+link/\\S+(?: " + MAC + ")?(?: .*)?$");
    private static final Pattern INET = Pattern.compile("^\\s+inet6? ([0-9a-f.:]+)(?:/\\d+)? .*$");
    private static final Pattern VXLAN = Pattern.compile("^\\s+vxlan id (\\d{1,8}) (.*)$");
    private static final Pattern LOCAL = Pattern.compile("\\blocal (\\S+)");
    private static final Pattern PORT = Pattern.compile("\\bdstport (\\d{1,5})");
    private static final Pattern ENTRY = Pattern.compile("^" + MAC + " dev (\\S+)(.*)$");
    private static final Pattern DESTINATION = Pattern.compile("\\bdst (\\S+)");

    /// What the kernel takes where nothing is said.
    private static final int USUAL_PORT = 8472;

    private final String file;
    private final LinuxState state;
    private String name = "";
    private String bridge = "";
    private int line;
    private OptionalLong mac = OptionalLong.empty();
    private final List<Address> addresses = new ArrayList<>();

    LinkLines(String file, LinuxState state) {
        this.file = file;
        this.state = state;
    }

    /// Takes a line when it is one of these, except those that begin an interface, which say more to others.
    boolean line(String text, int number) {
        Matcher head = text.isEmpty() || !Character.isDigit(text.charAt(0)) ? null : HEAD.matcher(text);
        if (head != null && head.matches()) {
            begin(head.group(1), head.group(2), number);
            return false;
        }
        if (!name.isEmpty() && !text.isEmpty() && text.charAt(0) == ' ') {
            return inside(text, number);
        }
        return entry(text, number);
    }

    private void begin(String link, String rest, int number) {
        end();
        Matcher master = MASTER.matcher(rest);
        name = link;
        bridge = master.find() ? master.group(1) : "";
        line = number;
    }

    /// Ends what is open.
    void end() {
        if (!name.isEmpty() && (mac.isPresent() || !addresses.isEmpty() || !bridge.isEmpty())) {
            state.add(new LinkAddress(name, mac, addresses, bridge, new Source(file, line)));
        }
        name = "";
        mac = OptionalLong.empty();
        addresses.clear();
    }

    private boolean inside(String text, int number) {
        Matcher ether = ETHER.matcher(text);
        if (ether.matches()) {
            mac = ether.group(1) == null ? OptionalLong.empty() : MacText.parse(ether.group(1));
            return true;
        }
        Matcher inet = INET.matcher(text);
        if (inet.matches()) {
            AddressText.parse(inet.group(1)).ifPresent(addresses::add);
            return true;
        }
        Matcher vxlan = VXLAN.matcher(text);
        if (vxlan.matches()) {
            tunnel(Integer.parseInt(vxlan.group(1)), vxlan.group(2), number);
            return true;
        }
        return text.contains("valid_lft ");
    }

    private void tunnel(int vni, String rest, int number) {
        Matcher local = LOCAL.matcher(rest);
        Matcher port = PORT.matcher(rest);
        Optional<Address> from = local.find() ? AddressText.parse(local.group(1)) : Optional.empty();
        int to = port.find() ? Integer.parseInt(port.group(1)) & 0xffff : USUAL_PORT;
        state.add(new VxlanDevice(name, vni, from, to, mac, new Source(file, number)));
    }

    private boolean entry(String text, int number) {
        Matcher entry = ENTRY.matcher(text);
        if (!entry.matches()) {
            return false;
        }
        Matcher destination = DESTINATION.matcher(entry.group(3));
        Optional<Address> end = destination.find() ? AddressText.parse(destination.group(1)) : Optional.empty();
        boolean isOwn = end.isEmpty() && entry.group(3).contains("permanent");
        MacText.parse(entry.group(1))
                .ifPresent(address ->
                        state.add(new ForwardingEntry(address, entry.group(2), end, isOwn, new Source(file, number))));
        return true;
    }
}
