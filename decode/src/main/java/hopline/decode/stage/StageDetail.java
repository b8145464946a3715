package hopline.decode.stage;

import hopline.decode.Address;
import hopline.decode.dns.DnsMessage;
import org.jspecify.annotations.Nullable;

/// What a few kinds of packet say beyond addresses, ports and transport fields.
public sealed interface StageDetail {

    /// A DNS message, cut after its first question.
    record Dns(DnsMessage message) implements StageDetail {

        /// Asked of every copy of a message; what records have by themselves is slow until it is optimised.
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Dns that && message.octets().equals(that.message.octets());
        }

        @Override
        public int hashCode() {
            return message.octets().hashCode();
        }
    }

    /// ARP, or IPv6 neighbour discovery: who has `target`?
    ///
    /// @param request a question; else an answer about `target`
    /// @param sender who asks or answers; unspecified in probes
    /// @param announcement unasked for, about the sender's own address
    record Neighbor(boolean request, Address sender, Address target, boolean announcement) implements StageDetail {

        /// A check whether somebody has an address already.
        public boolean isProbe() {
            return sender.isUnspecified();
        }

        /// What records have by themselves is linked at run time, which a short capture waits for.
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Neighbor that
                    && request == that.request
                    && sender.equals(that.sender)
                    && target.equals(that.target)
                    && announcement == that.announcement;
        }

        @Override
        public int hashCode() {
            return ((Boolean.hashCode(request) * 31 + sender.hashCode()) * 31 + target.hashCode()) * 31
                    + Boolean.hashCode(announcement);
        }
    }

    /// An ICMP error, and the packet it quotes as the error's sender saw it.
    ///
    /// @param version 4 or 6: whose `type` and `code` these are
    /// @param mtu what the next hop takes, when the error says so; else 0
    /// @param protocol of the quoted packet
    /// @param sourcePort of the quoted packet, or the identifier of a quoted echo; 0 when not quoted that far
    /// @param sequence the first sequence number of a quoted TCP segment, else 0
    record IcmpError(
            int version,
            int type,
            int code,
            int mtu,
            int protocol,
            Address source,
            int sourcePort,
            Address destination,
            int destinationPort,
            int sequence,
            int identification)
            implements StageDetail {

        /// What records have by themselves is linked at run time, which a short capture waits for.
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof IcmpError that
                    && version == that.version
                    && type == that.type
                    && code == that.code
                    && mtu == that.mtu
                    && protocol == that.protocol
                    && source.equals(that.source)
                    && sourcePort == that.sourcePort
                    && destination.equals(that.destination)
                    && destinationPort == that.destinationPort
                    && sequence == that.sequence
                    && identification == that.identification;
        }

        @Override
        public int hashCode() {
            return (source.hashCode() * 31 + destination.hashCode()) * 31 + identification;
        }

        /// A router refused to forward a packet that was too large.
        public boolean isPacketTooBig() {
            return version == 4 ? type == 3 && code == 4 : type == 2;
        }

        /// Nobody listens at the port: the destination itself says so.
        public boolean isPortUnreachable() {
            return version == 4 ? type == 3 && code == 3 : type == 1 && code == 4;
        }

        public boolean isUnreachable() {
            return (version == 4 ? type == 3 : type == 1) && !isPacketTooBig();
        }

        public boolean isTimeExceeded() {
            return version == 4 ? type == 11 : type == 3;
        }
    }
}
