package hopline.flows.path;

import hopline.capture.CapturePoint;
import java.util.Locale;
import java.util.regex.Pattern;

/// What a capture point is on the way of a packet, as far as its name tells: pictures say it beside the name.
public enum PointRole {
    VNIC("vNIC", "the network card of a pod or virtual machine"),
    VFP("VFP", "the virtual filtering platform: the layers of rules at a port of the virtual switch"),
    SWITCH("vSwitch", "the virtual switch"),
    BRIDGE("bridge", "a bridge"),
    TUNNEL("tunnel", "where packets go into an overlay and come out"),
    NIC("NIC", "a network card of the node"),
    OTHER("", "");

    private static final Pattern WINDOWS_FILTER = Pattern.compile("(?i)\\bVFP\\b|VfpExt");
    private static final Pattern WINDOWS_CARD = Pattern.compile("\\((?:Vms(?:Vm|Protocol)Nic)\\b|\\(port \\d");
    private static final Pattern WINDOWS_SWITCH = Pattern.compile("\\(Vms\\w*Miniport\\b");
    private static final Pattern WINDOWS_ADAPTER =
            Pattern.compile("\\((?:NetVsc )?Miniport \\d|\\((?:eth|wifi|mbb):\\d");
    private static final Pattern TUNNEL_NAME =
            Pattern.compile("vx(?:lan)?\\d+|vxlan(?:-v6)?[.-]calico|(?:vxlan|genev)_sys_\\d+|flannel(?:-v6)?\\.\\d+"
                    + "|flannel-wg|(?:geneve|gre|gretap|ip6gre|tun|tunl|ipip|wg)\\d+|wireguard\\.cali"
                    + "|cilium_(?:vxlan|geneve|wg0)");
    private static final Pattern BRIDGE_NAME =
            Pattern.compile("(?:cni|cbr|br|docker|virbr|lxcbr|lxdbr)\\d+|br-(?:[0-9a-f]{12}|int|ex|tun|lan)"
                    + "|kube-br(?:idge)?|ovs-system");
    private static final Pattern POD_NAME = Pattern.compile(
            "v-.+|veth[\\w-]*|cali[0-9a-f]{11}|lxc[0-9a-f]+|vnet\\d+|tap[0-9a-f-]*\\d[0-9a-f-]*|azv[0-9a-f]+");
    private static final Pattern CARD_NAME = Pattern.compile(
            "(?:(?:eth|wlan|bond|team)\\d+|(?:en|wl)[ops]\\d\\w*|enx[0-9a-f]{12}|uplink\\d*)(?:\\.\\d+)?");

    private final String label;
    private final String meaning;

    PointRole(String label, String meaning) {
        this.label = label;
        this.meaning = meaning;
    }

    /// Whether Linux may call an interface so: CNI plugins and systemd give such names, and people few files.
    public static boolean isInterface(String name) {
        return ofLinux(name.toLowerCase(Locale.ROOT)) != OTHER;
    }

    /// What `point` is. Names of Windows components say their kind; on Linux this goes by the names that CNI plugins
    /// and systemd give.
    public static PointRole of(CapturePoint point) {
        String name = point.name();
        if (WINDOWS_FILTER.matcher(name).find()) {
            return VFP;
        }
        if (WINDOWS_CARD.matcher(name).find()) {
            return VNIC;
        }
        if (WINDOWS_SWITCH.matcher(name).find()) {
            return SWITCH;
        }
        if (WINDOWS_ADAPTER.matcher(name).find()) {
            return NIC;
        }
        return ofLinux(name.toLowerCase(Locale.ROOT));
    }

    private static PointRole ofLinux(String name) {
        if (TUNNEL_NAME.matcher(name).matches()) {
            return TUNNEL;
        }
        if (BRIDGE_NAME.matcher(name).matches()) {
            return BRIDGE;
        }
        if (POD_NAME.matcher(name).matches()) {
            return VNIC;
        }
        return CARD_NAME.matcher(name).matches() ? NIC : OTHER;
    }

    /// A word for it, empty when nothing is known.
    public String label() {
        return label;
    }

    /// What it is, in words; empty when nothing is known.
    public String meaning() {
        return meaning;
    }
}
