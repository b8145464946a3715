package hopline.flows.expect;

import java.util.List;

/// What the state says about a finding.
///
/// @param text in a sentence without a full stop: which rule did it, or should have
/// @param rules the rules responsible, with file and line; none where it is their absence that tells
/// @param isAbsence no rule that was read does what is missing
public record Citation(String text, List<RuleRef> rules, boolean isAbsence) {

    public Citation {
        rules = List.copyOf(rules);
    }
}
