/// What the Virtual Filtering Platform has programmed on each port of a Windows node's switch: layers,
/// groups, rules with conditions and actions, counters, port states, flows; and the ports themselves as the
/// switch lists them.
@org.jspecify.annotations.NullMarked
package hopline.flows.state.vfp;
