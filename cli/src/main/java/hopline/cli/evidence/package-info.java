/// What pictures of flows are made of: the packets of chosen flows, gathered in a second reading, and their octets.
@org.jspecify.annotations.NullMarked
package hopline.cli.evidence;
