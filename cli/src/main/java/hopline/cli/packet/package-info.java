/// Packets one by one, with the flow each belongs to and the octets of its records.
@org.jspecify.annotations.NullMarked
package hopline.cli.packet;
