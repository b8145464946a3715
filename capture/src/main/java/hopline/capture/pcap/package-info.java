/// The classic pcap file: one interface, a header, then records.
@org.jspecify.annotations.NullMarked
package hopline.capture.pcap;
