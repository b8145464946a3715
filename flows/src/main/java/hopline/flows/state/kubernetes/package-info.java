/// What the API server's lists say beyond addresses: on which line each object stands, how pods are run,
/// events, network policies, workloads, nodes' builds.
@org.jspecify.annotations.NullMarked
package hopline.flows.state.kubernetes;
