package hopline.flows.site;

/// How the nodes of a [Site] pass pods' packets on, and where they are captured.
public enum Style {
    /// Pods on a bridge, VXLAN by a device of its own.
    OVERLAY("cbr0", "tun7", "eno1", true, true),
    /// IPv6 only; pods are routed, there is no bridge.
    OVERLAY6("", "vxlan.calico", "ens3", true, true),
    /// Pods on a bridge; the network between the nodes routes their addresses.
    ROUTED("kube-br", "", "bond0", false, true),
    /// A virtual switch translates and encapsulates without routing.
    WINDOWS("", "", "vEthernet (Ethernet 4)", true, false);

    final String bridge;
    final String device;
    final String uplink;
    final boolean overlay;

    /// Nodes count down the time to live.
    final boolean routes;

    Style(String bridge, String device, String uplink, boolean overlay, boolean routes) {
        this.bridge = bridge;
        this.device = device;
        this.uplink = uplink;
        this.overlay = overlay;
        this.routes = routes;
    }

    boolean isIpv6() {
        return this == OVERLAY6;
    }

    boolean hasBridge() {
        return !bridge.isEmpty();
    }

    boolean hasDevice() {
        return !device.isEmpty();
    }

    /// The name of a pod's own interface.
    String podPoint(String pod) {
        return switch (this) {
            case OVERLAY, ROUTED -> "veth-" + pod;
            case OVERLAY6 -> "cali-" + pod;
            case WINDOWS -> "vEthernet (" + pod + ")";
        };
    }
}
