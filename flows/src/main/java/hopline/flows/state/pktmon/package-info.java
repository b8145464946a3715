/// The components that the packet monitor of Windows knows, and what each counted.
@org.jspecify.annotations.NullMarked
package hopline.flows.state.pktmon;
