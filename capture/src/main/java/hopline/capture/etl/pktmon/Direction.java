package hopline.capture.etl.pktmon;

/// Which way a packet went, seen from the component that logged it, `PacketDirectionTag`.
///
/// At a port of the virtual switch, inbound is into the switch, from the container or machine behind the port.
public enum Direction {
    NONE("", Way.UNKNOWN),
    IN("In", Way.INBOUND),
    OUT("Out", Way.OUTBOUND),
    RECEIVED("Rx", Way.INBOUND),
    TRANSMITTED("Tx", Way.OUTBOUND),
    INGRESS("Ingress", Way.INBOUND),
    EGRESS("Egress", Way.OUTBOUND);

    /// What is left of a direction when only two are told apart.
    public enum Way {
        UNKNOWN,
        INBOUND,
        OUTBOUND
    }

    private static final Direction[] ALL = values();

    private final String label;
    private final Way way;

    Direction(String label, Way way) {
        this.label = label;
        this.way = way;
    }

    /// The direction of that number; `NONE` for numbers that no build is known to use.
    public static Direction of(int tag) {
        return tag >= 0 && tag < ALL.length ? ALL[tag] : NONE;
    }

    /// As Windows prints it; empty for none.
    public String label() {
        return label;
    }

    public Way way() {
        return way;
    }
}
