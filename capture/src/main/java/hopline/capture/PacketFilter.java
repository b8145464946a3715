package hopline.capture;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.pcap4j.core.BpfProgram;
import org.pcap4j.core.NotOpenException;
import org.pcap4j.core.PcapHandle;
import org.pcap4j.core.PcapNativeException;
import org.pcap4j.core.Pcaps;
import org.pcap4j.packet.namednumber.DataLinkType;

/// A filter in the language of tcpdump, [pcap-filter](https://www.tcpdump.org/manpages/pcap-filter.7.html),
/// compiled by the system's libpcap for each link type that occurs.
///
/// The library is loaded when the first filter is made, not before: that takes 0.2 s. Not safe for use by several
/// threads.
public final class PacketFilter {

    private static final int SNAP_LENGTH = 262_144;

    /// Of the few link types whose number in files is not libpcap's own (pcap-common.c, as on Linux and Windows).
    private static final Map<Integer, Integer> OWN_NUMBERS = Map.of(100, 11, 101, 12, 102, 15, 103, 16, 106, 19);

    /// An expression is right when it is for one of these: Ethernet, raw IP, 802.11 plain and with radiotap, PPP, null.
    private static final List<Integer> TRIED = List.of(LinkType.ETHERNET, 101, 105, 127, 9, 0);

    private final String expression;
    private final Map<Integer, BpfProgram> programs = new HashMap<>();

    private PacketFilter(String expression) {
        this.expression = expression;
    }

    /// The filter that `expression` says.
    ///
    /// @throws MissingLibraryException when libpcap is not installed
    /// @throws IllegalArgumentException when no link type knows such a filter; the message is libpcap's
    public static PacketFilter of(String expression) throws IOException {
        PacketFilter filter = new PacketFilter(expression);
        String reason = "";
        for (int linkType : TRIED) {
            try {
                filter.programs.put(linkType, filter.compile(linkType));
                return filter;
            } catch (PcapNativeException e) {
                reason = reason.isEmpty() ? String.valueOf(e.getMessage()) : reason;
            }
        }
        throw new IllegalArgumentException(reason);
    }

    private BpfProgram compile(int linkType) throws PcapNativeException, MissingLibraryException {
        DataLinkType type = DataLinkType.getInstance(OWN_NUMBERS.getOrDefault(linkType, linkType));
        try (PcapHandle handle = Pcaps.openDead(type, SNAP_LENGTH)) {
            return handle.compileFilter(
                    expression, BpfProgram.BpfCompileMode.OPTIMIZE, PcapHandle.PCAP_NETMASK_UNKNOWN);
        } catch (NotOpenException e) {
            throw new IllegalStateException("opened a line before", e);
        } catch (LinkageError e) {
            throw new MissingLibraryException(
                    "a filter needs libpcap, which is not installed (Debian: libpcap0.8, Red Hat: libpcap, Windows: Npcap)",
                    e);
        }
    }

    /// Whether `record`, which begins as `linkType` says, passes.
    ///
    /// @throws IOException when the filter makes no sense for that link type
    public boolean matches(CaptureRecord record, int linkType) throws IOException {
        BpfProgram program = programs.get(linkType);
        if (program == null) {
            program = compiled(linkType);
            programs.put(linkType, program);
        }
        byte[] octets = record.octets().toByteArray();
        return program.applyFilter(octets, (int) Math.min(record.originalLength(), Integer.MAX_VALUE), octets.length);
    }

    private BpfProgram compiled(int linkType) throws IOException {
        try {
            return compile(linkType);
        } catch (PcapNativeException e) {
            throw new IOException(
                    "the filter cannot be used for " + LinkType.phrase(linkType) + ": " + e.getMessage(), e);
        }
    }

    /// The records of `reader` that pass; closing it closes `reader`.
    public CaptureReader reading(CaptureReader reader) {
        return new WatchedReader(reader, (record, at) -> matches(record, at.linkType()));
    }
}
