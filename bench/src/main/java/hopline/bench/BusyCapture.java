package hopline.bench;

import hopline.capture.CaptureOptions;
import hopline.capture.CaptureRecord;
import hopline.capture.LinkType;
import hopline.capture.OptionBuffer;
import hopline.capture.pcapng.PcapngWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// A capture of a node, made anew for each run: pods ask services on other nodes, and each packet is seen three times,
/// before and after its destination is translated, and in the tunnel; so are the answers.
final class BusyCapture {

    /// Points of the node: the pod's interface, the bridge, the wire.
    static final int POINTS = 3;

    /// Packets of each conversation: a handshake, then questions and answers.
    private static final int PACKETS = 20;

    static final int FLOWS = 500;

    /// All records.
    static final int RECORDS = FLOWS * PACKETS * POINTS;

    private static final int PAYLOAD = 400;
    private static final int ETHERNET = 14;
    private static final int IPV4 = 20;
    private static final int TCP = 20;
    private static final int TUNNEL = ETHERNET + IPV4 + 8 + 8;

    private static final int SERVICE = 0x0a600000;
    private static final int PODS = 0x0a0a0000;
    private static final int BACKENDS = 0x0a0b0000;
    private static final int NODE = 0xc0a80001;
    private static final int OTHER_NODE = 0xc0a80002;

    private static final int SYN = 2;
    private static final int SYN_ACK = 0x12;
    private static final int ACK = 0x10;

    private static final long START_NANOS = 1_700_000_000_000_000_000L;
    private static final long STEP_NANOS = 50_000;

    private final ByteBuffer frame = ByteBuffer.allocate(1_514);

    private BusyCapture() {}

    /// The capture as pcapng.
    static byte[] pcapng() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(RECORDS * 600);
        try (PcapngWriter writer = new PcapngWriter(out, ByteOrder.LITTLE_ENDIAN)) {
            writer.section(CaptureOptions.NONE);
            for (String name : new String[] {"veth", "bridge", "eth0"}) {
                writer.addInterface(LinkType.ETHERNET, 0, options(name));
            }
            new BusyCapture().write(writer);
        }
        return out.toByteArray();
    }

    private static CaptureOptions options(String name) {
        OptionBuffer options = new OptionBuffer(ByteOrder.LITTLE_ENDIAN);
        options.text(CaptureOptions.INTERFACE_NAME, name);
        options.octets(CaptureOptions.INTERFACE_TIME_RESOLUTION, new byte[] {9});
        return options.toOptions();
    }

    /// Conversations side by side, a packet of each in turn.
    private void write(PcapngWriter writer) throws IOException {
        CaptureRecord record = new CaptureRecord();
        for (int packet = 0; packet < PACKETS; packet++) {
            for (int flow = 0; flow < FLOWS; flow++) {
                for (int point = 0; point < POINTS; point++) {
                    int number = (packet * FLOWS + flow) * POINTS + point;
                    int at = packet % 2 == 0 ? point : POINTS - 1 - point;
                    fill(flow, packet, at);
                    record.set(number + 1L, at, START_NANOS + number * STEP_NANOS, frame.position());
                    record.setOctets(frame.array(), 0, frame.position());
                    writer.packet(at, record);
                }
            }
        }
    }

    private void fill(int flow, int packet, int point) {
        boolean isForward = packet % 2 == 0;
        int payload = packet < 3 ? 0 : PAYLOAD;
        int pod = PODS + 10 + flow % 200;
        int other = (point == 0 ? SERVICE : BACKENDS) + 10 + flow % 50;
        frame.clear();
        if (point == 2) {
            tunnel(flow, isForward, ETHERNET + IPV4 + TCP + payload);
        }
        ethernet(isForward ? 1 : 2);
        ipv4(6, IPV4 + TCP + payload, flow * PACKETS + packet, isForward ? pod : other, isForward ? other : pod);
        int port = 20_000 + flow;
        frame.putShort((short) (isForward ? port : 80)).putShort((short) (isForward ? 80 : port));
        int turn = packet / 2;
        frame.putInt(flow * 7919 + turn * PAYLOAD).putInt(packet == 0 ? 0 : flow * 104_729 + turn * PAYLOAD);
        frame.putShort((short) (0x5000 | (packet == 0 ? SYN : packet == 1 ? SYN_ACK : ACK)));
        frame.putShort((short) 64_000).putInt(0);
        frame.put("x".repeat(payload).getBytes(StandardCharsets.US_ASCII));
    }

    private void tunnel(int flow, boolean isForward, int inner) {
        ethernet(3);
        int length = TUNNEL - ETHERNET + inner;
        ipv4(17, length, flow, isForward ? NODE : OTHER_NODE, isForward ? OTHER_NODE : NODE);
        frame.putShort((short) 40_000)
                .putShort((short) 4789)
                .putShort((short) (length - IPV4))
                .putShort((short) 0);
        frame.putInt(0x08000000).putInt(4096 << 8);
    }

    private void ethernet(int host) {
        frame.putInt(0x02000000).putShort((short) host).putInt(0x02000001).putShort((short) host);
        frame.putShort((short) 0x0800);
    }

    private void ipv4(int protocol, int length, int identification, int source, int destination) {
        frame.putShort((short) 0x4500).putShort((short) length).putShort((short) identification);
        frame.putShort((short) 0x4000).put((byte) 64).put((byte) protocol).putShort((short) 0);
        frame.putInt(source).putInt(destination);
    }
}
