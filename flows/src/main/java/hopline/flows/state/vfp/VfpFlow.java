package hopline.flows.state.vfp;

import hopline.decode.Endpoint;
import hopline.flows.state.Source;
import java.util.List;

/// A unified flow or a simulated packet. No public description of the text exists: it is read leniently.
///
/// @param ends the addresses with ports in the order of the text; source and destination first
/// @param text the whole line
public record VfpFlow(String port, List<Endpoint> ends, String text, Source source) {

    public VfpFlow {
        ends = List.copyOf(ends);
    }
}
