package hopline.flows;

import hopline.decode.Address;
import hopline.decode.IpProtocol;
import hopline.decode.stage.Stage;
import hopline.decode.stage.StageDetail.IcmpError;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// [Community ID](https://github.com/corelight/community-id-spec) version 1: a name for a five-tuple that
/// Zeek, Suricata and others give it, too. The seed is 0, as theirs is unless somebody changed it.
public final class CommunityId {

    private static final Map<Integer, Integer> ICMP_COUNTERPARTS =
            Map.of(8, 0, 0, 8, 13, 14, 14, 13, 15, 16, 16, 15, 17, 18, 18, 17, 10, 9, 9, 10);

    private static final Map<Integer, Integer> ICMPV6_COUNTERPARTS = Map.ofEntries(
            Map.entry(128, 129),
            Map.entry(129, 128),
            Map.entry(130, 131),
            Map.entry(131, 130),
            Map.entry(133, 134),
            Map.entry(134, 133),
            Map.entry(135, 136),
            Map.entry(136, 135),
            Map.entry(139, 140),
            Map.entry(140, 139),
            Map.entry(144, 145),
            Map.entry(145, 144));

    private static final ThreadLocal<MessageDigest> SHA1 = ThreadLocal.withInitial(CommunityId::sha1);

    /// What was told last, for many packets of few conversations; of two that fall into one place the later stays.
    private static final ThreadLocal<@Nullable Told[]> RECENT = ThreadLocal.withInitial(() -> new Told[1 << 10]);

    private record Told(
            int protocol, Address source, int sourcePort, Address destination, int destinationPort, String id) {

        private boolean fits(int wanted, Address from, int fromPort, Address to, int toPort) {
            return protocol == wanted
                    && sourcePort == fromPort
                    && destinationPort == toPort
                    && source.equals(from)
                    && destination.equals(to);
        }
    }

    private CommunityId() {}

    /// Of a packet of IP, by its addresses and ports as `stage` shows them.
    public static String of(Stage stage) {
        boolean icmp = stage.protocol() == IpProtocol.ICMP || stage.protocol() == IpProtocol.ICMPV6;
        return of(
                stage.protocol(),
                stage.sourceAddress(),
                icmp ? stage.flags() : stage.sourcePort(),
                stage.destinationAddress(),
                icmp ? code(stage) : stage.destinationPort());
    }

    /// Of ICMP: only errors have another than 0 that matters.
    private static int code(Stage stage) {
        return stage.detail() instanceof IcmpError error ? error.code() : 0;
    }

    /// Of a packet; for ICMP the ports are its type and code. Both directions of a conversation have the same.
    public static String of(int protocol, Address source, int sourcePort, Address destination, int destinationPort) {
        @Nullable Told[] recent = RECENT.get();
        int hash = ((source.hashCode() * 31 + destination.hashCode()) * 31 + sourcePort) * 31 + destinationPort;
        int slot = (hash ^ hash >>> 16) & recent.length - 1;
        Told told = recent[slot];
        if (told == null || !told.fits(protocol, source, sourcePort, destination, destinationPort)) {
            byte[] digest = digest(0, protocol, source, sourcePort, destination, destinationPort);
            String id = "1:" + Base64.getEncoder().encodeToString(digest);
            told = new Told(protocol, source, sourcePort, destination, destinationPort, id);
            recent[slot] = told;
        }
        return told.id();
    }

    /// The 20 octets that are written in Base64.
    static byte[] digest(
            int seed, int protocol, Address source, int sourcePort, Address destination, int destinationPort) {
        Optional<Integer> counterpart = counterpart(protocol, sourcePort);
        boolean icmp = protocol == IpProtocol.ICMP || protocol == IpProtocol.ICMPV6;
        int port = counterpart.orElse(destinationPort);
        boolean oneWay = icmp && counterpart.isEmpty();
        boolean inOrder = oneWay || compare(source, sourcePort, destination, port) <= 0;
        boolean hasPorts = icmp || IpProtocol.hasPorts(protocol);
        return inOrder
                ? ordered(seed, protocol, source, sourcePort, destination, port, hasPorts)
                : ordered(seed, protocol, destination, port, source, sourcePort, hasPorts);
    }

    private static Optional<Integer> counterpart(int protocol, int type) {
        return switch (protocol) {
            case IpProtocol.ICMP -> Optional.ofNullable(ICMP_COUNTERPARTS.get(type));
            case IpProtocol.ICMPV6 -> Optional.ofNullable(ICMPV6_COUNTERPARTS.get(type));
            default -> Optional.empty();
        };
    }

    private static int compare(Address a, int portA, Address b, int portB) {
        int order = a.compareTo(b);
        return order != 0 ? order : Integer.compare(portA, portB);
    }

    private static byte[] ordered(
            int seed, int protocol, Address a, int portA, Address b, int portB, boolean hasPorts) {
        ByteBuffer octets = ByteBuffer.allocate(2 + 16 + 16 + 2 + 4);
        octets.putShort((short) seed);
        put(a, octets);
        put(b, octets);
        octets.put((byte) protocol).put((byte) 0);
        if (hasPorts) {
            octets.putShort((short) portA).putShort((short) portB);
        }
        MessageDigest sha1 = SHA1.get();
        sha1.update(octets.flip());
        return sha1.digest();
    }

    private static void put(Address address, ByteBuffer octets) {
        if (address.isIpv4()) {
            octets.putInt((int) address.low());
        } else {
            octets.putLong(address.high()).putLong(address.low());
        }
    }

    private static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
