package hopline.decode.header;

import hopline.capture.Octets;

/// TCP header, [RFC 9293 §3.1](https://www.rfc-editor.org/rfc/rfc9293#section-3.1).
///
/// ```
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |          Source Port          |       Destination Port        |
/// |                        Sequence Number                        |
/// |                    Acknowledgment Number                      |
/// | Offset| Rsrvd |C E U A P R S F|            Window             |
/// |           Checksum            |         Urgent Pointer        |
/// |                           Options                             |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// ```
public record TcpHeader(Octets octets) implements Header {

    /// Without options.
    public static final int LENGTH = 20;

    public static final int FIN = 0x01;
    public static final int SYN = 0x02;
    public static final int RST = 0x04;
    public static final int PSH = 0x08;
    public static final int ACK = 0x10;

    private static final int SOURCE_PORT = 0;
    private static final int DESTINATION_PORT = 2;
    private static final int SEQUENCE = 4;
    private static final int ACKNOWLEDGMENT = 8;
    private static final int DATA_OFFSET = 12;
    private static final int FLAGS = 13;
    private static final int WINDOW = 14;
    private static final int CHECKSUM = 16;

    private static final int OPTION_END = 0;
    private static final int OPTION_NO_OPERATION = 1;
    private static final int OPTION_MAXIMUM_SEGMENT_SIZE = 2;
    private static final int OPTION_TIMESTAMPS = 8;
    private static final int TIMESTAMPS_LENGTH = 10;

    /// Two no-operations and timestamps: what nearly every established connection carries.
    private static final int USUAL_TIMESTAMPS = 0x0101080a;

    public TcpHeader {
        Header.require(octets, LENGTH, "TCP header");
    }

    public int sourcePort() {
        return octets.u16(SOURCE_PORT);
    }

    public int destinationPort() {
        return octets.u16(DESTINATION_PORT);
    }

    public int sequenceNumber() {
        return octets.i32(SEQUENCE);
    }

    public int acknowledgmentNumber() {
        return octets.i32(ACKNOWLEDGMENT);
    }

    /// Octets of the header as it states them, 0 to 60; below 20 it lies.
    public int headerLength() {
        return (octets.u8(DATA_OFFSET) >>> 4) * 4;
    }

    /// The eight flag bits, CWR to FIN.
    public int flags() {
        return octets.u8(FLAGS);
    }

    public int window() {
        return octets.u16(WINDOW);
    }

    public int checksum() {
        return octets.u16(CHECKSUM);
    }

    /// Value and echo of the timestamps option ([RFC 7323 §3](https://www.rfc-editor.org/rfc/rfc7323#section-3)) in
    /// the upper and lower half; 0 when there is none or it was not captured.
    public long timestamps() {
        int end = Math.min(headerLength(), octets.length());
        if (end >= LENGTH + 12 && octets.i32(LENGTH) == USUAL_TIMESTAMPS) {
            return octets.i64(LENGTH + 4);
        }
        int at = option(OPTION_TIMESTAMPS, TIMESTAMPS_LENGTH, end);
        return at < 0 ? 0 : octets.i64(at + 2);
    }

    /// The maximum segment size option, or 0.
    public int maximumSegmentSize() {
        int at = option(OPTION_MAXIMUM_SEGMENT_SIZE, 4, Math.min(headerLength(), octets.length()));
        return at < 0 ? 0 : octets.u16(at + 2);
    }

    /// Where the first option of `kind` and `length` starts, or -1. Ends at an option that breaks its format.
    private int option(int kind, int length, int end) {
        int at = LENGTH;
        while (at < end) {
            int found = octets.u8(at);
            if (found == OPTION_END) {
                return -1;
            }
            if (found == OPTION_NO_OPERATION) {
                at++;
                continue;
            }
            int size = at + 1 < end ? octets.u8(at + 1) : 0;
            if (size < 2 || at + size > end) {
                return -1;
            }
            if (found == kind && size == length) {
                return at;
            }
            at += size;
        }
        return -1;
    }
}
