package hopline.decode.redact;

import hopline.decode.IpProtocol;
import hopline.decode.Layers;
import hopline.decode.Protocol;
import java.util.zip.CRC32C;

/// Makes the checksums of a rewritten record say of it what those of the original said of that: right
/// ones are right again, wrong ones wrong again, those that a network card was to fill in hold what they
/// should until then, and none stays none.
///
/// Where a record holds only a part of what a checksum covers, it is taken for right, and the part that
/// was not captured for zeros, as it is in records of it that were redacted, too. The checksum of a
/// datagram in fragments covers its length, which none but the last knows: in the first it is taken for
/// zero, and the last makes up for that, see [#fragmentsEnd].
final class Checksums {

    private static final int IPV4_CHECKSUM = 10;
    private static final int TCP_CHECKSUM = 16;
    private static final int UDP_CHECKSUM = 6;
    private static final int ICMP_CHECKSUM = 2;
    private static final int SCTP_CHECKSUM = 8;
    private static final int GRE_CHECKSUM = 4;
    private static final int GRE_CHECKSUM_PRESENT = 0x8000;
    private static final int UDP_LENGTH = 4;
    private static final int IPV4_FRAGMENT = 6;
    private static final int IPV4_FRAGMENT_MASK = 0x3fff;
    private static final int FRAGMENT_FIELD = 2;
    private static final int FRAGMENT_MASK = 0xfff9;
    private static final int ALL = 0xffff;
    private static final int MAX_COVERED = 1 << 16;

    private final Rewriting rewriting;
    private byte[] from = {};
    private byte[] made = {};
    private int offset;

    Checksums(Rewriting rewriting) {
        this.rewriting = rewriting;
    }

    /// Corrects all of `layers`, the innermost first, since the outer ones cover them.
    void correct(byte[] array, Layers layers) {
        from = array;
        made = rewriting.result();
        offset = rewriting.offset();
        for (int layer = layers.count() - 1; layer >= 0; layer--) {
            int start = layers.start(layer);
            int end = layers.end(layer);
            switch (layers.protocol(layer)) {
                case IPV4 -> {
                    int headerEnd = start + (rewriting.u8(start) & 0xf) * 4;
                    if (headerEnd <= end) {
                        correct(start + IPV4_CHECKSUM, start, headerEnd, 0, 0, true, true);
                    }
                }
                case TCP -> transport(layers, layer, IpProtocol.TCP, TCP_CHECKSUM);
                case UDP -> transport(layers, layer, IpProtocol.UDP, UDP_CHECKSUM);
                case ICMP -> transport(layers, layer, IpProtocol.ICMP, ICMP_CHECKSUM);
                case ICMPV6 -> transport(layers, layer, IpProtocol.ICMPV6, ICMP_CHECKSUM);
                case SCTP -> sctp(start, end, layers.statedEnd(layer), isWhole(layers, layer));
                case GRE -> {
                    if ((rewriting.u16(start) & GRE_CHECKSUM_PRESENT) != 0) {
                        correct(start + GRE_CHECKSUM, start, end, 0, 0, isWhole(layers, layer), true);
                    }
                }
                default -> {} // none that we know
            }
        }
    }

    private void transport(Layers layers, int layer, int protocol, int field) {
        int network = network(layers, layer);
        if (network < 0) {
            return;
        }
        int start = layers.start(layer);
        int stated = length(layers, layer, protocol);
        boolean four = layers.protocol(network) == Protocol.IPV4;
        boolean alone = protocol == IpProtocol.ICMP;
        int original = alone ? 0 : pseudo(from, layers.start(network), four, protocol, stated);
        int now = alone ? 0 : pseudo(made, layers.start(network) - offset, four, protocol, stated);
        boolean mandatory = alone || protocol == IpProtocol.ICMPV6;
        boolean whole = isWhole(layers, layer) && layers.end(layer) - start == stated;
        correct(start + field, start, layers.end(layer), original, now, whole, mandatory);
    }

    /// What the pseudo header says of the length.
    private int length(Layers layers, int layer, int protocol) {
        int start = layers.start(layer);
        if (protocol == IpProtocol.UDP && rewriting.u16(start + UDP_LENGTH) > 0) {
            return rewriting.u16(start + UDP_LENGTH);
        }
        return isFragment(layers, layer) ? 0 : layers.statedEnd(layer) - start;
    }

    /// What the last fragment of a datagram begins with: it takes back from the sum the datagram's length, which the
    /// first could not know.
    ///
    /// @param length of all that was in fragments, in octets
    static int fragmentsEnd(int length) {
        return ~fold(length) & ALL;
    }

    /// Whether the checksum of what a datagram of `protocol` carries covers a length that its first fragment does not
    /// tell.
    static boolean coversLength(int protocol) {
        return protocol == IpProtocol.TCP || protocol == IpProtocol.ICMPV6;
    }

    /// The IP header around a layer, -1 when there is none.
    private static int network(Layers layers, int layer) {
        for (int i = layer - 1; i >= 0; i--) {
            if (layers.protocol(i) == Protocol.IPV4 || layers.protocol(i) == Protocol.IPV6) {
                return i;
            }
        }
        return -1;
    }

    /// Whether all that a layer's checksum covers was captured.
    private boolean isWhole(Layers layers, int layer) {
        return layers.end(layer) >= layers.statedEnd(layer) && !isFragment(layers, layer);
    }

    /// Whether the datagram around a layer is in fragments.
    private boolean isFragment(Layers layers, int layer) {
        for (int i = layer - 1; i >= 0; i--) {
            int start = layers.start(i);
            switch (layers.protocol(i)) {
                case IPV4 -> {
                    return (rewriting.u16(start + IPV4_FRAGMENT) & IPV4_FRAGMENT_MASK) != 0;
                }
                case IPV6 -> {
                    return false;
                }
                case IPV6_EXTENSION -> {
                    if (ExtensionKind.isFragment(layers, rewriting, i)
                            && (rewriting.u16(start + FRAGMENT_FIELD) & FRAGMENT_MASK) != 0) {
                        return true;
                    }
                }
                default -> {} // what lies between
            }
        }
        return false;
    }

    /// Corrects the checksum at `at` over what lies from `start` to before `end` and what a pseudo header
    /// adds.
    ///
    /// @param mandatory when zero does not mean that there is none
    private void correct(int at, int start, int end, int pseudo, int madePseudo, boolean whole, boolean mandatory) {
        if (!rewriting.has(at, 2)) {
            return;
        }
        int stated = rewriting.u16(at);
        if (stated == 0 && (!mandatory || !whole || sum(from, start, end, pseudo) != ALL)) {
            return;
        }
        int right = right(at, start, end, pseudo, madePseudo, whole, stated);
        boolean verifies = !whole || sum(from, start, end, pseudo) == ALL;
        boolean pending = pseudo != 0 && stated == pseudo;
        if (whole && !verifies) {
            rewriting.set16(at, pending ? madePseudo : wrong(right, madePseudo));
        } else {
            rewriting.set16(at, pending && !whole ? madePseudo : right);
        }
    }

    private int right(int at, int start, int end, int pseudo, int madePseudo, boolean whole, int stated) {
        rewriting.set16(at, 0);
        int sum = sum(made, start - offset, end - offset, madePseudo);
        if (!whole && rewriting.keepsPayload()) { // what was not captured stays as it was
            int known = fold(sum(from, start, end, pseudo) + ALL - stated);
            sum = fold(fold((stated ^ ALL) + ALL - known) + sum);
        }
        int right = sum ^ ALL;
        return right == 0 ? ALL : right;
    }

    /// Wrong in the same way for all, so that it tells nothing of the original.
    private static int wrong(int right, int pending) {
        int wrong = right ^ 1;
        return wrong == 0 || wrong == pending ? right ^ 2 : wrong;
    }

    private static int pseudo(byte[] array, int ip, boolean four, int protocol, int length) {
        int addresses = four ? sum(array, ip + 12, ip + 20, 0) : sum(array, ip + 8, ip + 40, 0);
        return fold(addresses + protocol + (length >>> 16) + (length & ALL));
    }

    /// The ones' complement sum of 16-bit words, [RFC 1071](https://www.rfc-editor.org/rfc/rfc1071).
    private static int sum(byte[] array, int start, int end, int initial) {
        long sum = initial;
        int at = start;
        for (; at + 1 < end; at += 2) {
            sum += ((array[at] & 0xff) << 8) | (array[at + 1] & 0xff);
        }
        if (at < end) {
            sum += (array[at] & 0xff) << 8;
        }
        return fold(sum);
    }

    private static int fold(long sum) {
        long folded = sum;
        while (folded > ALL) {
            folded = (folded >>> 16) + (folded & ALL);
        }
        return (int) folded;
    }

    private void sctp(int start, int end, int statedEnd, boolean whole) {
        int at = start + SCTP_CHECKSUM;
        if (!rewriting.has(at, 4) || statedEnd - start > MAX_COVERED) {
            return;
        }
        int right = crc(made, start - offset, end - offset, statedEnd - end);
        int stated = rewriting.u16(at) << 16 | rewriting.u16(at + 2);
        boolean verifies = !whole || crc(from, start, end, 0) == stated;
        rewriting.put(at, AddressOctets.ofNumber(verifies ? right : right ^ 1, 4));
    }

    /// CRC-32C as it is written ([RFC 9260 §A](https://www.rfc-editor.org/rfc/rfc9260#appendix-A)), over
    /// zeros in its own place.
    private static int crc(byte[] array, int start, int end, int zeros) {
        CRC32C crc = new CRC32C();
        crc.update(array, start, SCTP_CHECKSUM);
        crc.update(new byte[4]);
        crc.update(array, start + SCTP_CHECKSUM + 4, end - start - SCTP_CHECKSUM - 4);
        crc.update(new byte[Math.max(zeros, 0)]);
        return Integer.reverseBytes((int) crc.getValue());
    }
}
