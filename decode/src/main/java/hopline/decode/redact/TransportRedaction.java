package hopline.decode.redact;

import hopline.decode.header.SctpHeader;
import hopline.decode.header.TcpHeader;
import hopline.decode.header.UdpHeader;

/// TCP, UDP and SCTP. Every method returns where what it carries begins.
final class TransportRedaction {

    private static final int DATA_OFFSET = 12;
    private static final int OPTION_END = 0;
    private static final int OPTION_NO_OPERATION = 1;
    private static final int LAST_COMMON_OPTION = 5; // maximum segment size, window scale, selective acknowledgment
    private static final int TIMESTAMPS = 8;

    private static final int CHUNK_HEADER = 4;
    private static final int MAX_CHUNKS = 256;
    private static final int DATA_HEADER = 16;
    private static final int INIT_HEADER = 20;
    private static final int ACKNOWLEDGMENT_HEADER = 12;
    private static final int SELECTIVE_ACKNOWLEDGMENT = 3;
    private static final int SHUTDOWN_LENGTH = 8;

    private final Rewriting rewriting;

    TransportRedaction(Rewriting rewriting) {
        this.rewriting = rewriting;
    }

    int tcp(int start, int end) {
        int length = Math.max((rewriting.u8(start + DATA_OFFSET) >>> 4) * 4, TcpHeader.LENGTH);
        int headerEnd = Math.min(end, start + length);
        rewriting.keep(start, Math.min(end, start + TcpHeader.LENGTH));
        int at = start + TcpHeader.LENGTH;
        while (at < headerEnd && rewriting.u8(at) != OPTION_END) {
            int kind = rewriting.u8(at);
            int size = kind == OPTION_NO_OPERATION ? 1 : rewriting.u8(at + 1);
            if (size < 1 || at + size > headerEnd) {
                break;
            }
            boolean common = kind <= LAST_COMMON_OPTION || kind == TIMESTAMPS;
            rewriting.keep(at, at + (common ? size : Math.min(size, 2)));
            at += size;
        }
        return headerEnd;
    }

    int udp(int start, int end) {
        rewriting.keep(start, Math.min(end, start + UdpHeader.LENGTH));
        return Math.min(end, start + UdpHeader.LENGTH);
    }

    /// The common header and of each chunk what tells sequence from sequence; returns `end`, as nothing
    /// is left to do.
    int sctp(int start, int end) {
        rewriting.keep(start, start + SctpHeader.LENGTH);
        int at = start + SctpHeader.LENGTH;
        for (int i = 0; i < MAX_CHUNKS && at + CHUNK_HEADER <= end; i++) {
            int length = rewriting.u16(at + 2);
            int chunkEnd = Math.min(end, at + Math.max(length, CHUNK_HEADER));
            int header = Math.min(chunkEnd, at + chunkHeader(rewriting.u8(at), length));
            rewriting.keep(at, header);
            if (rewriting.u8(at) == SctpHeader.DATA) {
                rewriting.payload(header, chunkEnd);
            } else {
                rewriting.drop(header, chunkEnd);
            }
            at += Math.max((length + 3) / 4 * 4, CHUNK_HEADER);
        }
        return end;
    }

    /// Octets of a chunk that say nothing private.
    private static int chunkHeader(int type, int length) {
        return switch (type) {
            case SctpHeader.DATA -> DATA_HEADER;
            case SctpHeader.INIT, SctpHeader.INIT_ACK -> INIT_HEADER;
            case SELECTIVE_ACKNOWLEDGMENT -> Math.max(length, ACKNOWLEDGMENT_HEADER); // gaps and duplicates
            case SctpHeader.SHUTDOWN -> SHUTDOWN_LENGTH;
            default -> CHUNK_HEADER;
        };
    }
}
