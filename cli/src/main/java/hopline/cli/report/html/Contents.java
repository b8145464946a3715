package hopline.cli.report.html;

import hopline.cli.evidence.FlowPackets;
import hopline.cli.packet.RecordSource;
import hopline.decode.Dissector;
import hopline.flows.analysis.Analysis;
import hopline.flows.expect.Judgements;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// All that a page shows.
///
/// @param judgements what the nodes' state says of the analysis, where it was read
/// @param packets the packets of flows that are shown in full, by the flow's id
/// @param records the octets of those packets and of the findings' records
/// @param maxOctets of each record, how many are shown
/// @param charts each ready to be put into the page
/// @param version of the program
public record Contents(
        Analysis analysis,
        Optional<Judgements> judgements,
        Map<String, FlowPackets> packets,
        RecordSource records,
        int maxOctets,
        Dissector dissector,
        List<Chart> charts,
        String version) {

    public Contents {
        packets = Map.copyOf(packets);
        charts = List.copyOf(charts);
    }

    /// A picture with what it shows in words.
    ///
    /// @param title a short heading
    /// @param caption what is drawn and how to read it
    /// @param wide the picture for screens and paper, an `svg` element
    /// @param narrow the picture for phones
    public record Chart(String title, String caption, String wide, String narrow) {}
}
