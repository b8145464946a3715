package hopline.flows.rule;

/// Something that can be wrong, and how it is recognised. Rules keep no state.
///
/// To add one: a class here, its line in [Rules], its place in [Topic], its page for `explain` (the resource `ID.txt`
/// beside this package), a capture that shows it and one that must not.
public sealed interface Rule permits FlowRule, SceneRule {

    /// The stable id, such as `service-wrong-backend`.
    String id();

    /// The entries of the failure catalogue it covers, such as `F19, F20`; empty when none.
    String reference();
}
