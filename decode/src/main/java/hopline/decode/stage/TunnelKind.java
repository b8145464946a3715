package hopline.decode.stage;

/// How a packet is carried in another.
public enum TunnelKind {
    VXLAN("VXLAN"),
    VXLAN_GPE("VXLAN-GPE"),
    GENEVE("Geneve"),
    NVGRE("NVGRE"),
    GRE("GRE"),
    ERSPAN("ERSPAN"),
    IP_IN_IP("IP-in-IP"),
    ETHER_IP("EtherIP"),
    MPLS("MPLS"),
    GTP("GTP-U"),
    L2TP("L2TP"),
    TEREDO("Teredo"),
    AYIYA("AYIYA"),
    LISP("LISP");

    private final String label;

    TunnelKind(String label) {
        this.label = label;
    }

    /// The protocol's name as people write it.
    public String label() {
        return label;
    }

    /// A network of its own over another: its packets bear a network identifier of 24 bits.
    public boolean isOverlay() {
        return switch (this) {
            case VXLAN, VXLAN_GPE, GENEVE, NVGRE -> true;
            case GRE, ERSPAN, IP_IN_IP, ETHER_IP, MPLS, GTP, L2TP, TEREDO, AYIYA, LISP -> false;
        };
    }
}
