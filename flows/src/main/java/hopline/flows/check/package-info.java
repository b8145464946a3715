/// What is wrong with the state of nodes, found without a packet: what the cluster wants against what HNS,
/// VFP, kernels and plugins have, and what nodes know of each other.
///
/// A [StateRule] looks at a [StateView] and adds what it sees to [StateFindings]; [StateRules] lists them
/// all, and [Catalogue] says which rule covers which entry of the failure catalogue.
@org.jspecify.annotations.NullMarked
package hopline.flows.check;
