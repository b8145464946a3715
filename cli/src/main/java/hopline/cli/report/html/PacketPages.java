package hopline.cli.report.html;

import hopline.cli.evidence.FlowPackets;
import hopline.cli.packet.Packet;
import hopline.cli.report.HopJson;
import hopline.cli.report.JsonStream;
import hopline.cli.report.PacketJson;
import hopline.cli.report.PacketStyle;
import hopline.decode.stage.Stage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Packets in the page, some flows at a time: a reader who opens one flow need not unpack them all.
final class PacketPages {

    /// Packets put together, at least; small pieces compress badly.
    private static final int PACKETS_PER_PAGE = 400;

    private final Contents contents;
    private final List<String> packed = new ArrayList<>();
    private final Map<String, Integer> pageOfFlow = new HashMap<>();
    private final List<FlowPackets> waiting = new ArrayList<>();
    private int packetsWaiting;

    PacketPages(Contents contents) {
        this.contents = contents;
    }

    void add(FlowPackets flow) throws IOException {
        waiting.add(flow);
        packetsWaiting += flow.packets().size();
        if (packetsWaiting >= PACKETS_PER_PAGE) {
            finish();
        }
    }

    /// Packs what waits.
    void finish() throws IOException {
        if (waiting.isEmpty()) {
            return;
        }
        waiting.forEach(flow -> pageOfFlow.put(flow.report().id(), packed.size()));
        packed.add(Packed.of(out -> {
            PacketJson json = json(JsonStream.lines(out));
            for (FlowPackets flow : waiting) {
                for (Packet packet : flow.packets()) {
                    json.print(packet);
                }
            }
            json.end();
        }));
        waiting.clear();
        packetsWaiting = 0;
    }

    /// Records that belong to no flow shown, packed.
    String records(Collection<Stage> stages) throws IOException {
        return Packed.of(out -> {
            PacketJson json = json(JsonStream.lines(out));
            for (Stage stage : stages) {
                json.printRecord(stage);
            }
            json.end();
        });
    }

    private PacketJson json(JsonStream stream) {
        return new PacketJson(
                stream,
                HopJson.files(contents.analysis()),
                new PacketStyle(false, true, true, contents.maxOctets(), false),
                contents.analysis().scene().cluster(),
                contents.dissector(),
                contents.records());
    }

    List<String> packed() {
        return packed;
    }

    /// Which page holds the packets of the flow with that id; -1 when none.
    int pageOf(String flow) {
        return pageOfFlow.getOrDefault(flow, -1);
    }
}
