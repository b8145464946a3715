/// What systems logged beside packets, joined to packets by tuple, port and time, and in its own order.
@org.jspecify.annotations.NullMarked
package hopline.flows.event;
