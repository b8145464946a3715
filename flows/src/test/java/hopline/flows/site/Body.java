package hopline.flows.site;

import hopline.decode.Address;
import hopline.decode.IpProtocol;
import hopline.decode.header.IcmpHeader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// What an IP packet carries.
public sealed interface Body {

    /// The IP protocol number.
    int protocol(boolean ipv4);

    /// Its octets between those ports.
    ByteBuffer octets(Packet packet);

    /// A TCP segment with a payload of `payload` octets that depend on the sequence number.
    record Tcp(int sequence, int acknowledgment, int flags, int payload, int timestamp, int window) implements Body {

        private static final int HEADER = 32;
        private static final int OPEN = 0xfe00;

        Tcp(int sequence, int acknowledgment, int flags, int payload, int timestamp) {
            this(sequence, acknowledgment, flags, payload, timestamp, OPEN);
        }

        @Override
        public int protocol(boolean ipv4) {
            return IpProtocol.TCP;
        }

        @Override
        public ByteBuffer octets(Packet packet) {
            ByteBuffer octets = ByteBuffer.allocate(HEADER + payload);
            octets.putShort((short) packet.source().port());
            octets.putShort((short) packet.destination().port());
            octets.putInt(sequence).putInt(acknowledgment);
            octets.putShort((short) (HEADER / 4 << 12 | flags)).putShort((short) window);
            octets.putInt(0); // checksum, urgent pointer
            octets.put(new byte[] {1, 1, 8, 10}).putInt(timestamp).putInt(0);
            for (int i = 0; i < payload; i++) {
                octets.put((byte) (sequence + i));
            }
            return octets.flip();
        }

        Tcp withTimestamp(int value) {
            return new Tcp(sequence, acknowledgment, flags, payload, value, window);
        }
    }

    /// A TCP segment whose payload is a TLS alert.
    record Alert(Tcp segment, int level) implements Body {

        @Override
        public int protocol(boolean ipv4) {
            return IpProtocol.TCP;
        }

        @Override
        public ByteBuffer octets(Packet packet) {
            ByteBuffer octets = segment.octets(packet);
            octets.put(Tcp.HEADER, new byte[] {21, 3, 3, 0, (byte) (segment.payload() - 5), (byte) level});
            return octets;
        }
    }

    /// A UDP datagram.
    record Udp(byte[] payload) implements Body {

        private static final int ADDRESS = 1;

        @Override
        public int protocol(boolean ipv4) {
            return IpProtocol.UDP;
        }

        @Override
        public ByteBuffer octets(Packet packet) {
            return ByteBuffer.allocate(8 + payload.length)
                    .putShort((short) packet.source().port())
                    .putShort((short) packet.destination().port())
                    .putShort((short) (8 + payload.length))
                    .putShort((short) 0)
                    .put(payload)
                    .flip();
        }

        /// A DNS message with one question and, when it answers without an error, the count of one answer.
        static Udp dns(int id, String name, boolean response, int responseCode) {
            return dns(id, ADDRESS, name, response, responseCode);
        }

        /// The same about records of that type.
        static Udp dns(int id, int type, String name, boolean response, int responseCode) {
            ByteBuffer octets = ByteBuffer.allocate(512);
            octets.putShort((short) id).putShort((short) ((response ? 0x8180 : 0x0100) | responseCode));
            octets.putShort((short) 1).putShort((short) (response && responseCode == 0 ? 1 : 0));
            octets.putInt(0);
            for (String label : name.split("\\.")) {
                octets.put((byte) label.length()).put(label.getBytes(StandardCharsets.US_ASCII));
            }
            octets.put((byte) 0).putShort((short) type).putShort((short) 1);
            if (response && responseCode == 0) {
                octets.put(new byte[] {(byte) 0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 30, 0, 4, 10, 9, 8, 7});
            }
            byte[] payload = new byte[octets.flip().remaining()];
            octets.get(payload);
            return new Udp(payload);
        }
    }

    /// A ping or its answer.
    record Echo(boolean request, int identifier, int sequence, int octets) implements Body {

        @Override
        public int protocol(boolean ipv4) {
            return ipv4 ? IpProtocol.ICMP : IpProtocol.ICMPV6;
        }

        @Override
        public ByteBuffer octets(Packet packet) {
            boolean ipv4 = packet.isIpv4();
            int type = request
                    ? ipv4 ? IcmpHeader.ECHO_REQUEST : IcmpHeader.V6_ECHO_REQUEST
                    : ipv4 ? IcmpHeader.ECHO_REPLY : IcmpHeader.V6_ECHO_REPLY;
            return ByteBuffer.allocate(8 + octets)
                    .putInt(type << 24)
                    .putShort((short) identifier)
                    .putShort((short) sequence)
                    .put(new byte[octets])
                    .flip();
        }
    }

    /// A fragment of a UDP datagram of IPv4: so many octets of it from `offset` on, the UDP header among them.
    record Piece(int offset, int length, boolean more) implements Body {

        @Override
        public int protocol(boolean ipv4) {
            return IpProtocol.UDP;
        }

        @Override
        public ByteBuffer octets(Packet packet) {
            ByteBuffer octets = ByteBuffer.allocate(length);
            if (offset == 0) {
                octets.putShort((short) packet.source().port());
                octets.putShort((short) packet.destination().port());
                octets.putShort((short) 9_000).putShort((short) 0);
            }
            return octets.position(length).flip();
        }
    }

    /// An ICMP error, of the same IP version as the packet it quotes.
    record Error(int type, int code, int mtu, Packet quoted) implements Body {

        @Override
        public int protocol(boolean ipv4) {
            return ipv4 ? IpProtocol.ICMP : IpProtocol.ICMPV6;
        }

        @Override
        public ByteBuffer octets(Packet packet) {
            ByteBuffer quote = quoted.datagram();
            quote.limit(Math.min(quote.limit(), packet.isIpv4() ? 28 : 48));
            return ByteBuffer.allocate(8 + quote.remaining())
                    .putInt(type << 24 | code << 16)
                    .putInt(mtu)
                    .put(quote)
                    .flip();
        }
    }

    /// IPv6 neighbour discovery: a solicitation, or the advertisement that answers it.
    record Neighbor(boolean solicitation, Address target) implements Body {

        @Override
        public int protocol(boolean ipv4) {
            return IpProtocol.ICMPV6;
        }

        @Override
        public ByteBuffer octets(Packet packet) {
            int type = solicitation ? IcmpHeader.V6_NEIGHBOR_SOLICITATION : IcmpHeader.V6_NEIGHBOR_ADVERTISEMENT;
            return ByteBuffer.allocate(24)
                    .putInt(type << 24)
                    .putInt(0)
                    .putLong(target.high())
                    .putLong(target.low())
                    .flip();
        }
    }
}
