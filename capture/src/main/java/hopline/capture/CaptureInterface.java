package hopline.capture;

/// One interface description of a capture file: where its records were logged.
///
/// @param index counts from 0 over the whole file, sections included
/// @param section which section describes it, from 0; pcap files have one
/// @param name `if_name`, else `if_description`, else empty: a pcap file names no interface
/// @param linkType the registry number of what its records begin with, see [LinkType]
/// @param snapLength the longest record it would log, in octets; 0 when unlimited
public record CaptureInterface(int index, int section, String name, int linkType, long snapLength) {}
