package hopline.decode.census;

import hopline.decode.Protocol;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a [Census] counted.
///
/// @param recordsOf how many records hold each protocol of [Census#PROTOCOLS] at least once, in that order
/// @param serviceTaggedRecords how many hold a service tag (802.1ad), which does not count as a VLAN tag (802.1Q)
/// @param vnis how many records hold each VXLAN network identifier
/// @param geneveVnis how many records hold each network identifier of Geneve
/// @param dnsResponseCodes how many DNS responses gave each code; see [hopline.decode.dns.DnsNames#responseCode]
/// @param tcpConversations distinct pairs of endpoints; a connection that reuses the ports of another counts anew
/// @param udpConversations distinct pairs of endpoints
/// @param malformedRecords records in which a header breaks its format
/// @param cutHeaderRecords records that were cut short within a header
/// @param undecodedRecords records of link types that are not decoded, by link type
/// @param limits which of the counts are lower bounds only, and why; a sentence each
public record Counts(
        Map<Protocol, Long> recordsOf,
        long serviceTaggedRecords,
        SortedMap<Integer, Long> vnis,
        SortedMap<Integer, Long> geneveVnis,
        SortedMap<Integer, Long> dnsResponseCodes,
        long tcpConversations,
        long udpConversations,
        long malformedRecords,
        long cutHeaderRecords,
        SortedMap<Integer, Long> undecodedRecords,
        List<String> limits) {

    public Counts {
        recordsOf = Collections.unmodifiableMap(recordsOf);
        vnis = Collections.unmodifiableSortedMap(new TreeMap<>(vnis));
        geneveVnis = Collections.unmodifiableSortedMap(new TreeMap<>(geneveVnis));
        dnsResponseCodes = Collections.unmodifiableSortedMap(new TreeMap<>(dnsResponseCodes));
        undecodedRecords = Collections.unmodifiableSortedMap(new TreeMap<>(undecodedRecords));
        limits = List.copyOf(limits);
    }

    /// Records that hold `protocol`.
    public long of(Protocol protocol) {
        return recordsOf.getOrDefault(protocol, 0L);
    }
}
