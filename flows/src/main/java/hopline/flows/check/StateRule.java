package hopline.flows.check;

/// Something that can be wrong with a node's state, and how it is recognised. Rules keep no state, and stay
/// silent where what they compare was not collected.
///
/// To add one: a class here, its line in [StateRules], its page for `explain` (the resource `ID.txt` beside
/// this package), its entry in [Catalogue] if it has one, a test that sets the fault and one that must stay
/// silent.
public interface StateRule {

    /// The stable id, such as `load-balancer-missing`.
    String id();

    /// The entries of the failure catalogue it covers, such as `F17, F22`; empty when none.
    String reference();

    /// Adds what is wrong to `findings`.
    void check(StateView view, StateFindings findings);
}
