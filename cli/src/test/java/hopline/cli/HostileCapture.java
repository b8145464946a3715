package hopline.cli;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// A capture of DNS questions whose names are meant to break out of whatever shows them.
final class HostileCapture {

    /// What has broken reports before: markup, attributes, scripts, templates, terminal and bidirectional marks.
    static final List<String> PAYLOADS = List.of(
            "<script>window.hostile=1</script>",
            "</script><script>hostile=1</script>",
            "<img src=x onerror=hostile=1>",
            "<svg onload=hostile=1>",
            "\"><img src=x onerror=hostile=1>",
            "' onmouseover='hostile=1",
            "javascript:hostile=1",
            "{{constructor.constructor('hostile=1')()}}",
            "${hostile=1}",
            "<iframe srcdoc='<script>top.hostile=1</script>'>",
            "<style>*{display:none}</style>",
            "--><b>bold</b><!--",
            "]]><b>bold</b>",
            "&lt;img src=x onerror=hostile=1&gt;",
            "\u001b[31mred\u0007",
            "\u202egnp.exe\u2066",
            "end\"]; x[\"a",
            "a; DROP #35; %%{init}%%");

    private static final int PCAP_MAGIC = 0xa1b2c3d4;
    private static final int MAX_LABEL = 63;

    private HostileCapture() {}

    /// A classic capture file with one question for each payload, unanswered.
    static byte[] pcap() {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(ByteBuffer.allocate(24)
                .putInt(PCAP_MAGIC)
                .putShort((short) 2)
                .putShort((short) 4)
                .putInt(0)
                .putInt(0)
                .putInt(65_535)
                .putInt(1)
                .array());
        for (int i = 0; i < PAYLOADS.size(); i++) {
            byte[] frame = frame(PAYLOADS.get(i), i);
            file.writeBytes(ByteBuffer.allocate(16)
                    .putInt(1_770_000_000 + i)
                    .putInt(0)
                    .putInt(frame.length)
                    .putInt(frame.length)
                    .array());
            file.writeBytes(frame);
        }
        return file.toByteArray();
    }

    private static byte[] frame(String name, int id) {
        byte[] raw = name.getBytes(StandardCharsets.UTF_8);
        int label = Math.min(MAX_LABEL, raw.length);
        int dns = 12 + 1 + label + 1 + 4;
        ByteBuffer frame = ByteBuffer.allocate(14 + 20 + 8 + dns).order(ByteOrder.BIG_ENDIAN);
        frame.put(new byte[] {2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1}).putShort((short) 0x0800);
        frame.put((byte) 0x45).put((byte) 0).putShort((short) (28 + dns)).putInt(id << 16);
        frame.put((byte) 64)
                .put((byte) 17)
                .putShort((short) 0)
                .putInt(0x0a2a010b)
                .putInt(0x0a2a0135);
        frame.putShort((short) (40_000 + id))
                .putShort((short) 53)
                .putShort((short) (8 + dns))
                .putShort((short) 0);
        frame.putShort((short) id)
                .putShort((short) 0x0100)
                .putShort((short) 1)
                .putShort((short) 0)
                .putInt(0);
        frame.put((byte) label)
                .put(raw, 0, label)
                .put((byte) 0)
                .putShort((short) 1)
                .putShort((short) 1);
        return frame.array();
    }
}
