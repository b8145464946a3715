package hopline.capture.etl.ndis;

import hopline.capture.LinkType;
import hopline.capture.etl.EventData;
import hopline.capture.etl.TraceEvent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One event with octets of a packet: 1001 at a network card, 1003 at the virtual switch.
///
/// ```
/// 1001: u32 MiniportIfIndex, u32 LowerIfIndex, u32 FragmentSize, fragment, since 1809 u64 flow entry, u64 offload
/// 1003: u32 MiniportIfIndex, u32 LowerIfIndex, u32 SourcePortId, 3 texts (port, NIC, NIC type),
///       u32 DestinationCount, each u32 port and 3 texts, u32 FragmentSize, fragment, u32 OOBDataSize, data
/// ```
///
/// @param source the port of the virtual switch it came from; null at a network card
/// @param destinations the ports it goes to
/// @param outOfBand pointer-sized slots of `NET_BUFFER_LIST` information
record Fragment(
        long miniport,
        long lower,
        long keyword,
        @Nullable Port source,
        List<Port> destinations,
        EventData octets,
        EventData outOfBand,
        int pointerSize) {

    private static final int MAX_DESTINATIONS = 1024;
    private static final int SLOT_VLAN = 4;
    private static final int VLAN_SHIFT = 4;
    private static final int VLAN_MASK = 0xfff;

    /// A port of the virtual switch and the network card at it.
    record Port(long id, String name, String nic, String nicType) {

        static Port read(EventData data) {
            return new Port(data.u32(), data.utf16(), data.utf16(), data.utf16());
        }

        @Override
        public String toString() {
            return nic.isBlank() ? name.isBlank() ? "port " + id : name : nic;
        }
    }

    /// What an event 1001 or 1003 tells, or null when it is shorter than its layout.
    static @Nullable Fragment of(TraceEvent event) {
        EventData data = event.payload();
        long miniport = data.u32();
        long lower = data.u32();
        Port source = null;
        List<Port> destinations = new ArrayList<>();
        if (event.id() == Ndis.SWITCH_FRAGMENT) {
            source = Port.read(data);
            long count = data.u32();
            for (long i = 0; i < Math.min(count, MAX_DESTINATIONS) && data.remaining() > 0; i++) {
                destinations.add(Port.read(data));
            }
        }
        EventData octets = data.slice(data.u32());
        if (data.isExceeded()) {
            return null;
        }
        EventData outOfBand = source == null ? data.slice(0) : data.slice(Math.min(data.u32(), data.remaining()));
        return new Fragment(
                miniport, lower, event.keyword(), source, destinations, octets, outOfBand, event.pointerSize());
    }

    int linkType() {
        if ((keyword & Ndis.KEYWORD_WIFI) != 0) {
            return LinkType.IEEE802_11;
        }
        return (keyword & Ndis.KEYWORD_MOBILE) != 0 ? LinkType.RAW : LinkType.ETHERNET;
    }

    /// The VLAN that the virtual switch noted beside the packet: 16 bits of priority, CFI and id in slot 4. 0 when
    /// there is none.
    int vlan() {
        int at = SLOT_VLAN * pointerSize;
        if (outOfBand.remaining() < at + pointerSize) {
            return 0;
        }
        outOfBand.seek(at);
        int vlan = (int) (outOfBand.pointer(pointerSize) >>> VLAN_SHIFT) & VLAN_MASK;
        outOfBand.seek(0);
        return vlan;
    }
}
