package hopline.cli.report;

/// How much of packets is shown.
///
/// @param numeric addresses only, no names
/// @param headers the fields of every header at every stage
/// @param octets the octets of every record, in hex
public record PacketStyle(boolean numeric, boolean headers, boolean octets) {

    /// Whether records must be at hand for it.
    public boolean needsRecords() {
        return headers || octets;
    }
}
