package hopline.decode.stage;

/// How a [Stage] is packed into words, for [StageBlock] and [StageRows]: all but what it refers to, which lies beside.
final class StageWords {

    /// Words of a stage.
    static final int LENGTH = 17;

    /// Which of them is the record's number.
    static final int RECORD = 1;

    /// Which of them has the payload's length, in its upper half.
    static final int PAYLOAD_LENGTH = 10;

    /// The last word: where it was seen, and what is set of these.
    static final int MARKS = LENGTH - 1;

    static final int LIKELY = 8;
    private static final int MORE_FRAGMENTS = 1 << 9;

    /// Whether there is something of the stage beside the words.
    static final int DETAIL = 1 << 10;

    static final int TUNNEL = 1 << 11;
    static final int SIGHTING = 1 << 19;
    static final int BESIDE = DETAIL | TUNNEL | SIGHTING;

    private static final int HEAD_LENGTH_MASK = 0x1f;
    private static final long LOW_32 = 0xffff_ffffL;

    private StageWords() {}

    /// The number of the capture point that the last word names.
    static int point(long marks) {
        return (int) (marks >>> 40);
    }

    /// The number of the input that the last word names.
    static int file(long marks) {
        return (int) (marks >>> 20) & 0xf_ffff;
    }

    /// Fills the words from `at` on.
    static void pack(Stage stage, long[] row, int at) {
        row[at] = stage.epochNanos;
        row[at + RECORD] = stage.record;
        row[at + 2] = stage.sourceMac << 16 | (stage.vlan & 0xffffL);
        row[at + 3] = stage.destinationMac << 16 | stage.sourcePort;
        row[at + 4] = stage.sourceHigh;
        row[at + 5] = stage.sourceLow;
        row[at + 6] = stage.destinationHigh;
        row[at + 7] = stage.destinationLow;
        row[at + 8] = pair(stage.sequence, stage.acknowledgment);
        row[at + 9] = pair(stage.identification, stage.length);
        row[at + PAYLOAD_LENGTH] = pair(stage.payloadLength, stage.fragmentOffset << 16 | stage.window);
        row[at + 11] = stage.head0;
        row[at + 12] = stage.head1;
        row[at + 13] = stage.timestamps;
        row[at + 14] = pair(
                stage.destinationPort << 16 | stage.maximumSegmentSize,
                stage.protocol << 16 | stage.timeToLive << 8 | (stage.flags & 0xff));
        row[at + 15] = stage.conversationHash();
        row[at + MARKS] = (long) stage.point.id() << 40
                | (stage.file & 0xf_ffffL) << 20
                | stage.tcpOctets << 12
                | stage.headLength << 4
                | (stage.ipv6 ? 1 : 0)
                | (stage.fragment ? 2 : 0)
                | (stage.portsKnown ? 4 : 0)
                | (stage.moreFragments ? MORE_FRAGMENTS : 0)
                | (stage.likely ? LIKELY : 0)
                | (stage.detail != null ? DETAIL : 0)
                | (stage.outer != null ? TUNNEL : 0)
                | (stage.sighting != null ? SIGHTING : 0);
    }

    private static long pair(int high, int low) {
        return (long) high << 32 | (low & LOW_32);
    }

    /// Sets what the words from `at` on tell of `stage`.
    static void unpack(long[] from, int at, Stage stage) {
        stage.epochNanos = from[at];
        stage.record = from[at + RECORD];
        stage.sourceMac = from[at + 2] >>> 16;
        stage.vlan = (short) from[at + 2];
        stage.destinationMac = from[at + 3] >>> 16;
        stage.sourcePort = (char) from[at + 3];
        stage.sourceHigh = from[at + 4];
        stage.sourceLow = from[at + 5];
        stage.destinationHigh = from[at + 6];
        stage.destinationLow = from[at + 7];
        stage.sequence = (int) (from[at + 8] >> 32);
        stage.acknowledgment = (int) from[at + 8];
        stage.identification = (int) (from[at + 9] >> 32);
        stage.length = (int) from[at + 9];
        stage.payloadLength = (int) (from[at + PAYLOAD_LENGTH] >> 32);
        stage.fragmentOffset = (int) from[at + PAYLOAD_LENGTH] >>> 16;
        stage.window = (char) from[at + PAYLOAD_LENGTH];
        stage.head0 = from[at + 11];
        stage.head1 = from[at + 12];
        stage.timestamps = from[at + 13];
        stage.conversation = from[at + 15];
        unpackSmall(from[at + 14], from[at + MARKS], stage);
    }

    private static void unpackSmall(long transport, long marks, Stage stage) {
        stage.destinationPort = (char) (transport >>> 48);
        stage.maximumSegmentSize = (char) (transport >>> 32);
        stage.protocol = (char) (transport >>> 16);
        stage.timeToLive = (short) (transport >>> 8 & 0xff);
        stage.flags = (byte) transport;
        stage.file = file(marks);
        stage.tcpOctets = (byte) (marks >>> 12 & 0x7f);
        stage.headLength = (byte) (marks >>> 4 & HEAD_LENGTH_MASK);
        stage.ipv6 = (marks & 1) != 0;
        stage.fragment = (marks & 2) != 0;
        stage.portsKnown = (marks & 4) != 0;
        stage.moreFragments = (marks & MORE_FRAGMENTS) != 0;
        stage.likely = (marks & LIKELY) != 0;
    }
}
