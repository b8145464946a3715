/// What a node says of itself, Windows or Linux: interfaces, routes, neighbours, sockets, processes,
/// services, firewall rules, and single readings such as its build or how many port ranges are free.
@org.jspecify.annotations.NullMarked
package hopline.flows.state.host;
