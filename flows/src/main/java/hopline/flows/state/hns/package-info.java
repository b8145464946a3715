/// What the Host Network Service of a Windows node holds: networks, endpoints, load balancers, namespaces.
///
/// The old form (`Get-HnsNetwork`, `hnsdiag list all -d`) and the new one (HCN, schema 2) become the same
/// records; each says where it was read. Identifiers are in lower case.
@org.jspecify.annotations.NullMarked
package hopline.flows.state.hns;
