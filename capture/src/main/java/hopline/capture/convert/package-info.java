/// From captures of any format to one pcapng or pcap file: merged by time, losing nothing that the format can hold, and
/// telling of the rest.
@org.jspecify.annotations.NullMarked
package hopline.capture.convert;
