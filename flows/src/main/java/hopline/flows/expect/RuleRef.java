package hopline.flows.expect;

import hopline.flows.state.Source;
import java.util.Optional;

/// A rule or object of the state, as people find it again.
///
/// @param kind what it is: `lbnat`, `HNS load balancer`, `route` …
/// @param name as the state calls it
/// @param source the file and line that say so; empty for what no file says, such as a default
public record RuleRef(String kind, String name, Optional<Source> source) {

    /// What follows from something read.
    public static RuleRef of(String kind, String name, Source source) {
        return new RuleRef(kind, name, Optional.of(source));
    }

    /// What no file says.
    public static RuleRef unwritten(String kind, String name) {
        return new RuleRef(kind, name, Optional.empty());
    }

    /// As in `lbnat LB_DSR_780C8 (vfpOutput.txt:12)`.
    @Override
    public String toString() {
        return kind + " " + name + source.map(at -> " (" + at + ")").orElse("");
    }
}
