package hopline.cli.export;

import hopline.decode.Address;
import hopline.decode.Endpoint;
import hopline.decode.stage.Encapsulation;
import hopline.decode.stage.TunnelKind;
import hopline.flows.Flow;
import hopline.flows.analysis.FlowReport;
import hopline.flows.scene.Party;
import hopline.flows.state.Pod;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Flows as [IPFIX](https://www.rfc-editor.org/rfc/rfc7011): bidirectional records ([RFC
/// 5103](https://www.rfc-editor.org/rfc/rfc5103)) with translated addresses, tunnel and names.
///
/// Messages of a file follow each other without anything between ([RFC
/// 5655](https://www.rfc-editor.org/rfc/rfc5655)).
public final class IpfixExport implements FlowExport {

    private static final int TEMPLATE_4 = 256;
    private static final int TEMPLATE_6 = 257;

    /// Messages after which a collector that hears datagrams is told the templates again.
    private static final int TEMPLATE_EVERY = 20;

    private static final int DOMAIN = 1;
    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long SECONDS_FROM_1900 = 2_208_988_800L;
    private static final int FORWARDED = 64;
    private static final int DROPPED = 128;
    private static final int END_OF_FLOW = 3;
    private static final int IDLE = 1;
    private static final int BY_INITIATOR = 1;
    private static final long VXLAN_SEGMENT = 1L << 56;

    /// Takes finished messages.
    @FunctionalInterface
    public interface Collector extends java.io.Closeable {

        /// Takes one message.
        void message(byte[] message) throws IOException;

        /// Nothing to close unless said otherwise.
        @Override
        default void close() throws IOException {}
    }

    private final Collector collector;
    private final long exportSeconds;
    private final IpfixMessage message = new IpfixMessage();
    private long records;
    private long exported;
    private long messages;

    /// Sends to `collector`.
    ///
    /// @param exportSeconds what messages give as the time of writing, seconds since 1970
    public IpfixExport(Collector collector, long exportSeconds) {
        this.collector = collector;
        this.exportSeconds = exportSeconds;
        templates();
    }

    private void templates() {
        message.template(TEMPLATE_4, fields(true));
        message.template(TEMPLATE_6, fields(false));
    }

    private static List<IpfixField> fields(boolean four) {
        int address = four ? 4 : 16;
        List<IpfixField> fields = new ArrayList<>(List.of(
                IpfixField.of(152, 8), // flowStartMilliseconds
                IpfixField.of(153, 8), // flowEndMilliseconds
                IpfixField.of(156, 8), // flowStartNanoseconds
                IpfixField.of(157, 8), // flowEndNanoseconds
                IpfixField.of(four ? 8 : 27, address), // sourceIPv4Address, sourceIPv6Address
                IpfixField.of(four ? 12 : 28, address), // destinationIPv4Address, destinationIPv6Address
                IpfixField.of(7, 2), // sourceTransportPort
                IpfixField.of(11, 2), // destinationTransportPort
                IpfixField.of(4, 1), // protocolIdentifier
                IpfixField.of(four ? 32 : 139, 2), // icmpTypeCodeIPv4, icmpTypeCodeIPv6
                IpfixField.of(1, 8), // octetDeltaCount
                IpfixField.of(2, 8), // packetDeltaCount
                new IpfixField(1, 8, IpfixField.REVERSE),
                new IpfixField(2, 8, IpfixField.REVERSE),
                IpfixField.of(four ? 225 : 281, address), // postNATSourceIPv4Address, …IPv6Address
                IpfixField.of(four ? 226 : 282, address), // postNATDestinationIPv4Address, …IPv6Address
                IpfixField.of(227, 2), // postNAPTSourceTransportPort
                IpfixField.of(228, 2), // postNAPTDestinationTransportPort
                IpfixField.of(351, 8), // layer2SegmentId
                IpfixField.of(148, 8), // flowId
                IpfixField.of(136, 1), // flowEndReason
                IpfixField.of(89, 1), // forwardingStatus
                IpfixField.of(239, 1))); // biflowDirection
        for (int name = 100;
                name <= 105;
                name++) { // namespace and name of source and destination pod, then their nodes
            fields.add(new IpfixField(name, IpfixField.VARIABLE, IpfixField.ANTREA));
        }
        return fields;
    }

    @Override
    public void write(FlowReport report) throws IOException {
        FlowFacts facts = new FlowFacts(report);
        boolean four = facts.source().isIpv4();
        ByteBuffer out = message.record(four ? TEMPLATE_4 : TEMPLATE_6);
        times(out, facts.flow());
        put(out, facts.source());
        put(out, facts.destination());
        out.putShort((short) (facts.isIcmp() ? 0 : facts.sourcePort()));
        out.putShort((short) (facts.isIcmp() ? 0 : facts.destinationPort()));
        out.put((byte) facts.protocol());
        out.putShort((short) (facts.isIcmp() ? facts.sourcePort() << 8 : 0));
        out.putLong(facts.flow().forward().octets())
                .putLong(facts.flow().forward().packets());
        out.putLong(facts.flow().reverse().octets())
                .putLong(facts.flow().reverse().packets());
        translated(out, facts);
        out.putLong(facts.tunnel().map(IpfixExport::segment).orElse(0L));
        out.putLong(facts.flow().number() + 1);
        ends(out, facts);
        names(report);
        records++;
        if (message.isFull()) {
            flush();
        }
    }

    private static void times(ByteBuffer out, Flow flow) {
        out.putLong(flow.startNanos() / NANOS_PER_MILLI).putLong(flow.endNanos() / NANOS_PER_MILLI);
        out.putLong(ntp(flow.startNanos())).putLong(ntp(flow.endNanos()));
    }

    /// Seconds since 1900 and fractions of them, 32 bits each.
    private static long ntp(long epochNanos) {
        long seconds = Math.floorDiv(epochNanos, NANOS_PER_SECOND) + SECONDS_FROM_1900;
        long fraction = (Math.floorMod(epochNanos, NANOS_PER_SECOND) << 32) / NANOS_PER_SECOND;
        return seconds << 32 | fraction;
    }

    private static void put(ByteBuffer out, Address address) {
        if (address.isIpv4()) {
            out.putInt((int) address.low());
        } else {
            out.putLong(address.high()).putLong(address.low());
        }
    }

    /// The addresses as they were seen last; those of another family, as behind NAT64, are left zero.
    private static void translated(ByteBuffer out, FlowFacts facts) {
        boolean four = facts.source().isIpv4();
        Endpoint source = facts.stages().isEmpty()
                ? facts.flowCase().initiator().endpoint()
                : facts.stages().getLast().source();
        Endpoint destination = facts.flowCase().responder().endpoint();
        Address none = four ? Address.ofIpv4(0) : new Address(0, 0);
        put(out, source.address().isIpv4() == four ? source.address() : none);
        put(out, destination.address().isIpv4() == four ? destination.address() : none);
        out.putShort((short) FlowFacts.port(source)).putShort((short) FlowFacts.port(destination));
    }

    private static long segment(Encapsulation tunnel) {
        return tunnel.kind() == TunnelKind.VXLAN && tunnel.vni() != Encapsulation.NO_VNI
                ? VXLAN_SEGMENT | tunnel.vni()
                : 0;
    }

    private static void ends(ByteBuffer out, FlowFacts facts) {
        boolean ended = facts.flow().tcp() != null && facts.flow().tcp().isClosed();
        out.put((byte) (ended ? END_OF_FLOW : IDLE));
        out.put((byte)
                switch (facts.verdict()) {
                    case DELIVERED, REFUSED, UNANSWERED, MISTRANSLATED -> FORWARDED;
                    case DROPPED, VANISHED -> DROPPED;
                    case UNKNOWN -> 0;
                });
        out.put((byte) BY_INITIATOR);
    }

    private void names(FlowReport report) {
        Party source = report.flow().initiator();
        Party destination = report.flow().responder();
        pod(source);
        pod(destination);
        message.string(source.node().orElse(""));
        message.string(destination.node().orElse(""));
    }

    private void pod(Party party) {
        Optional<Pod> pod = party.pod();
        message.string(pod.map(Pod::namespace).orElse(""));
        message.string(pod.map(Pod::name).orElse(""));
    }

    private void flush() throws IOException {
        collector.message(message.finish(exportSeconds, exported, DOMAIN));
        exported = records;
        if (++messages % TEMPLATE_EVERY == 0) {
            templates();
        }
    }

    @Override
    public void close() throws IOException {
        try (collector) {
            if (!message.isEmpty()) {
                flush();
            }
        }
    }
}
