package hopline.cli.packet;

import hopline.decode.header.TcpHeader;
import java.util.ArrayList;
import java.util.List;

/// TCP's flags in words.
final class TcpFlags {

    private static final int URG = 0x20;
    private static final int ECE = 0x40;
    private static final int CWR = 0x80;

    private record Flag(int bit, String name) {}

    private static final List<Flag> FLAGS = List.of(
            new Flag(TcpHeader.SYN, "SYN"),
            new Flag(TcpHeader.FIN, "FIN"),
            new Flag(TcpHeader.RST, "RST"),
            new Flag(TcpHeader.PSH, "PSH"),
            new Flag(TcpHeader.ACK, "ACK"),
            new Flag(URG, "URG"),
            new Flag(ECE, "ECE"),
            new Flag(CWR, "CWR"));

    private TcpFlags() {}

    /// Such as `SYN ACK`; `no flags` when none is set.
    static String text(int flags) {
        List<String> names = new ArrayList<>();
        for (Flag flag : FLAGS) {
            if ((flags & flag.bit) != 0) {
                names.add(flag.name);
            }
        }
        return names.isEmpty() ? "no flags" : String.join(" ", names);
    }
}
