package hopline.cli.report;

/// How much of packets is shown.
///
/// @param numeric addresses only, no names
/// @param headers the fields of every header at every stage
/// @param octets the octets of every record, in hex
/// @param maxOctets of each record, how many octets at most
/// @param communityIds the [hopline.flows.CommunityId] of every stage, in JSON
public record PacketStyle(boolean numeric, boolean headers, boolean octets, int maxOctets, boolean communityIds) {

    /// Whole records, for other programs.
    public PacketStyle(boolean numeric, boolean headers, boolean octets) {
        this(numeric, headers, octets, Integer.MAX_VALUE, true);
    }

    /// Whether records must be at hand for it.
    public boolean needsRecords() {
        return headers || octets;
    }
}
