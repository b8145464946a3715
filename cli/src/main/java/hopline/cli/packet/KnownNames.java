package hopline.cli.packet;

import hopline.capture.CaptureBlock;
import hopline.capture.Octets;
import hopline.capture.OptionBuffer;
import hopline.decode.Address;
import hopline.flows.analysis.Analysis;
import hopline.flows.analysis.FlowReport;
import hopline.flows.scene.Party;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Names of the addresses in an analysis, in the block by which a capture tells them: pods, services,
/// nodes.
final class KnownNames {

    private static final int IPV4_RECORD = 1;
    private static final int IPV6_RECORD = 2;
    private static final int END_LENGTH = 4;
    private static final int MAX_NAMES = 10_000;

    private KnownNames() {}

    /// The block; empty when nobody is known by name.
    static Optional<CaptureBlock> of(Analysis analysis) {
        Map<Address, String> names = new TreeMap<>();
        for (FlowReport report : analysis.flows()) {
            add(names, report.flow().initiator());
            add(names, report.flow().target());
            add(names, report.flow().responder());
        }
        if (names.isEmpty()) {
            return Optional.empty();
        }
        OptionBuffer records = new OptionBuffer(ByteOrder.LITTLE_ENDIAN); // of the same shape
        names.entrySet().stream().limit(MAX_NAMES).forEach(entry -> add(records, entry.getKey(), entry.getValue()));
        byte[] body = new byte[records.size() + END_LENGTH];
        System.arraycopy(records.array(), 0, body, 0, records.size());
        return Optional.of(
                new CaptureBlock(CaptureBlock.NAME_RESOLUTION, 0, ByteOrder.LITTLE_ENDIAN, Octets.wrap(body)));
    }

    private static void add(Map<Address, String> names, Party party) {
        Address address = party.endpoint().address();
        party.addressed()
                .map(service -> service.name() + "." + service.namespace() + ".svc")
                .or(() -> party.pod().map(pod -> pod.name() + "." + pod.namespace() + ".pod"))
                .or(() -> party.isNode() ? party.node() : Optional.empty())
                .ifPresent(name -> names.putIfAbsent(address, name));
    }

    private static void add(OptionBuffer records, Address address, String name) {
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        ByteBuffer value = ByteBuffer.allocate((address.isIpv4() ? 4 : 16) + text.length + 1);
        if (address.isIpv4()) {
            value.putInt((int) address.low());
        } else {
            value.putLong(address.high()).putLong(address.low());
        }
        value.put(text);
        records.octets(address.isIpv4() ? IPV4_RECORD : IPV6_RECORD, value.array());
    }
}
