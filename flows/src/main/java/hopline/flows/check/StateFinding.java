package hopline.flows.check;

import hopline.flows.rule.Severity;
import hopline.flows.state.Source;
import java.util.List;

/// One thing that is wrong.
///
/// @param id `s1`, `s2`, … in the order of the report
/// @param node the node it is about; empty for the whole cluster
/// @param certain nothing else explains what was read
/// @param evidence where it was read, the most telling first
public record StateFinding(
        String id,
        StateRule rule,
        Severity severity,
        String node,
        Claim claim,
        boolean certain,
        List<Source> evidence) {

    public StateFinding {
        evidence = List.copyOf(evidence);
    }

    /// What is said.
    ///
    /// @param title what is wrong, in a sentence without its full stop
    /// @param expected what should be there; empty when that says nothing more
    /// @param actual what is there
    /// @param advice what to do
    public record Claim(String title, String expected, String actual, String advice) {

        /// With one more sentence.
        Claim advising(String sentence) {
            return new Claim(title, expected, actual, advice + " " + sentence);
        }
    }
}
