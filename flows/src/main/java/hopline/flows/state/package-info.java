/// What a cluster was told to do and who was who in it, from the files people keep beside their captures.
///
/// A [ClusterReader] reads Kubernetes lists, one [ClusterFile] of [Snapshot]s each: [Pod]s, [Service]s,
/// [EndpointSet]s and [Node]s. A [Cluster] holds everything read and answers what an address was at a given moment.
/// All text comes from outside and may hold anything; whoever prints it escapes it.
@org.jspecify.annotations.NullMarked
package hopline.flows.state;
