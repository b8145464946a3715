package hopline.cli.report;

import hopline.cli.packet.Packet;
import java.io.IOException;

/// Shows packets, one after the other.
public interface PacketPrinter {

    /// Shows one; afterwards the packet is not needed any more.
    void print(Packet packet) throws IOException;

    /// After the last.
    void end() throws IOException;
}
