/// What can be wrong, one class per rule.
///
/// A rule looks at a [hopline.flows.scene.FlowCase] (one flow with all that is known of it) within a
/// [hopline.flows.scene.Scene] (all that is known of the network) and says in an [Observation] what it sees.
/// Observations of one cause become one [Finding].
@org.jspecify.annotations.NullMarked
package hopline.flows.rule;
