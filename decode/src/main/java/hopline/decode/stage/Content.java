package hopline.decode.stage;

import hopline.decode.IpProtocol;
import hopline.decode.stage.StageDetail.IcmpError;
import hopline.decode.stage.StageDetail.Neighbor;

/// What rewriting leaves alone: how the copies of one packet are known again after NAT, tunnels and bridges.
///
/// Addresses, ports, MACs, time to live and checksums may change on the way; sequence numbers, lengths, IPv4
/// identification, TCP timestamps, ICMP sequence and the payload do not.
final class Content {

    /// How much of a TCP header tells the sequence number, the acknowledgment number, the header's length, the flags.
    static final int WITH_SEQUENCE = 8;

    static final int WITH_ACKNOWLEDGMENT = 12;

    static final int WITH_DATA_OFFSET = 13;
    static final int WITH_FLAGS = 14;

    private Content() {}

    /// Equal for all copies of a packet, and for a large send and its first segment; rarely equal otherwise.
    static long key(Stage stage) {
        if (stage.protocol == Stage.NOT_IP) {
            return Mix.of(Mix.of(stage.head0, stage.head1), Mix.of(stage.sourceMac, stage.length));
        }
        if (stage.isLaterFragment()) {
            return Mix.of(Mix.of(stage.identification, stage.fragmentOffset), stage.protocol);
        }
        return switch (stage.protocol) {
            case IpProtocol.TCP ->
                hasSequence(stage)
                        ? tcpKey(stage.sequence, stage.acknowledgment)
                        : Mix.of((long) stage.identification << 32 | stage.length, IpProtocol.TCP);
            case IpProtocol.UDP ->
                Mix.of((long) stage.identification << 32 | stage.payloadLength, stage.head0 >>> 32 | 1L << 40);
            case IpProtocol.ICMP, IpProtocol.ICMPV6 -> icmpKey(stage);
            case Stage.ARP -> Mix.of(Mix.of(stage.sourceLow, stage.destinationLow), stage.head0 ^ stage.flags);
            default -> Mix.of((long) stage.identification << 32 | stage.payloadLength, stage.head0 ^ stage.protocol);
        };
    }

    /// The key of a TCP segment that begins at `sequence`.
    static long tcpKey(int sequence, int acknowledgment) {
        return Mix.of((long) sequence << 32 | (acknowledgment & 0xffff_ffffL), 1);
    }

    /// A short snap length leaves of some segments the ports alone: what else they are alike in, many are.
    private static boolean hasSequence(Stage stage) {
        return stage.tcpOctets >= WITH_SEQUENCE;
    }

    private static long icmpKey(Stage stage) {
        long base = Mix.of((long) stage.flags() << 32 | stage.sequence, stage.identification);
        if (stage.detail instanceof IcmpError error) {
            return Mix.of(base, (long) error.identification() << 32 | error.sequence());
        }
        if (stage.detail instanceof Neighbor neighbor) {
            return Mix.of(base, neighbor.target().low() ^ neighbor.target().high());
        }
        return Mix.of(base, stage.payloadLength);
    }

    /// True when the two can be copies of one packet, whatever their addresses and ports say.
    static boolean isSame(Stage a, Stage b) {
        return a.protocol == b.protocol
                && a.ipv6 == b.ipv6
                && a.identification == b.identification
                && a.fragmentOffset == b.fragmentOffset
                && a.sequence == b.sequence
                && a.acknowledgment == b.acknowledgment
                && sameTransport(a, b, Math.min(a.tcpOctets, b.tcpOctets))
                && sameHead(a, b)
                && sameError(a, b);
    }

    /// Compares what both captured of a TCP header; lengths of the datagram stand in where its own is not known.
    private static boolean sameTransport(Stage a, Stage b, int octets) {
        if (octets < WITH_DATA_OFFSET) {
            return a.length == b.length;
        }
        return a.payloadLength == b.payloadLength
                && (octets < WITH_FLAGS || a.flags == b.flags)
                && (octets < Stage.WHOLE || a.timestamps == b.timestamps);
    }

    /// Compares what both captured of the payload: a snap length may have left one of them less. What is no IP, or was
    /// cut before one could tell, is known by nothing else.
    private static boolean sameHead(Stage a, Stage b) {
        int common = Math.min(a.headLength, b.headLength);
        if (common == Stage.HEAD_LENGTH) {
            return a.head0 == b.head0 && a.head1 == b.head1;
        }
        if (common == 0 && a.protocol == Stage.NOT_IP) {
            return false;
        }
        long mask0 = common >= 8 ? -1 : ~(-1L >>> (8 * common));
        long mask1 = common <= 8 ? 0 : ~(-1L >>> (8 * (common - 8)));
        return ((a.head0 ^ b.head0) & mask0) == 0 && ((a.head1 ^ b.head1) & mask1) == 0;
    }

    /// Two errors are one when they quote the same packet, under whichever address.
    private static boolean sameError(Stage a, Stage b) {
        if (a.detail instanceof IcmpError first && b.detail instanceof IcmpError second) {
            return first.code() == second.code()
                    && first.protocol() == second.protocol()
                    && first.identification() == second.identification()
                    && first.sequence() == second.sequence();
        }
        return true;
    }

    /// True when one is a large send (or a receive-side merge) and the other a segment of it: TCP data of the same
    /// moment whose byte ranges overlap.
    static boolean isSegment(Stage a, Stage b) {
        return a.isTcp()
                && b.isTcp()
                && a.ipv6 == b.ipv6
                && a.payloadLength != b.payloadLength
                && a.payloadLength > 0
                && b.payloadLength > 0
                && Math.min(a.tcpOctets, b.tcpOctets) == Stage.WHOLE
                && a.acknowledgment == b.acknowledgment
                && a.timestamps == b.timestamps
                && overlaps(a, b);
    }

    private static boolean overlaps(Stage a, Stage b) {
        int distance = b.sequence - a.sequence;
        return distance >= 0 ? distance < a.payloadLength : -distance < b.payloadLength;
    }

    /// True when equal content all but proves that two stages are one packet, even under other addresses.
    static boolean isStrong(Stage stage) {
        return switch (stage.protocol) {
            case IpProtocol.TCP -> hasSequence(stage);
            case IpProtocol.UDP, IpProtocol.ICMP, IpProtocol.ICMPV6 ->
                stage.payloadLength > 0 && (isNumbered(stage) || stage.detail instanceof StageDetail.Dns);
            default -> false;
        };
    }

    /// True when a packet equal in everything at the same point must be a second copy of the first, not a resend:
    /// hosts number their IPv4 packets.
    static boolean isNumbered(Stage stage) {
        return stage.identification != 0;
    }
}
