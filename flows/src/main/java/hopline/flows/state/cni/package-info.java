/// How the network plugins of a node were configured: CNI configurations, flannel's network, the ranges that
/// cluster scripts were given, and the state that Azure's plugins keep.
@org.jspecify.annotations.NullMarked
package hopline.flows.state.cni;
