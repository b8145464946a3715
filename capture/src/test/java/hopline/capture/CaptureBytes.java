package hopline.capture;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// Writes captures octet by octet in either byte order, so that a test can make any file, true or lying.
public final class CaptureBytes {

    private final ByteOrder order;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private CaptureBytes(ByteOrder order) {
        this.order = order;
    }

    public static CaptureBytes in(ByteOrder order) {
        return new CaptureBytes(order);
    }

    public static CaptureBytes littleEndian() {
        return in(ByteOrder.LITTLE_ENDIAN);
    }

    public static CaptureBytes bigEndian() {
        return in(ByteOrder.BIG_ENDIAN);
    }

    /// More octets in the same order, for what goes into a block.
    public CaptureBytes body() {
        return in(order);
    }

    public CaptureBytes u16(int value) {
        return octets(
                ByteBuffer.allocate(2).order(order).putShort((short) value).array());
    }

    public CaptureBytes u32(long value) {
        return octets(ByteBuffer.allocate(4).order(order).putInt((int) value).array());
    }

    public CaptureBytes i64(long value) {
        return octets(ByteBuffer.allocate(8).order(order).putLong(value).array());
    }

    public CaptureBytes octets(byte[] octets) {
        out.writeBytes(octets);
        return this;
    }

    /// Octets such as `"0800 4500"`; blanks are ignored.
    public CaptureBytes hex(String hex) {
        return octets(HexFormat.of().parseHex(hex.replaceAll("\\s", "")));
    }

    public CaptureBytes add(CaptureBytes more) {
        return octets(more.toByteArray());
    }

    /// Zeros up to the next multiple of four.
    public CaptureBytes padded() {
        return octets(new byte[-out.size() & 3]);
    }

    public int size() {
        return out.size();
    }

    public byte[] toByteArray() {
        return out.toByteArray();
    }

    /// A pcap file's header, version 2.4.
    public CaptureBytes pcapHeader(int magic, long snapLength, int linkType) {
        return u32(magic).u16(2).u16(4).u32(0).u32(0).u32(snapLength).u32(linkType);
    }

    /// A pcap record whose captured length is true.
    public CaptureBytes pcapRecord(long seconds, long fraction, long originalLength, String hex) {
        byte[] captured = body().hex(hex).toByteArray();
        return u32(seconds)
                .u32(fraction)
                .u32(captured.length)
                .u32(originalLength)
                .octets(captured);
    }

    /// A pcapng block around `body`, which is padded; both lengths are true.
    public CaptureBytes block(int type, CaptureBytes body) {
        body.padded();
        int length = body.size() + 12;
        return u32(type).u32(length).add(body).u32(length);
    }

    public CaptureBytes option(int code, byte[] value) {
        return u16(code).u16(value.length).octets(value).padded();
    }

    public CaptureBytes option(int code, String value) {
        return option(code, value.getBytes(StandardCharsets.UTF_8));
    }

    /// A Section Header Block of unknown length; `options` may be empty.
    public CaptureBytes section(CaptureBytes options) {
        return block(0x0A0D0D0A, body().u32(0x1A2B3C4D).u16(1).u16(0).i64(-1).add(options));
    }

    public CaptureBytes section() {
        return section(body());
    }

    /// An Interface Description Block.
    public CaptureBytes describe(int linkType, long snapLength, CaptureBytes options) {
        return block(1, body().u16(linkType).u16(0).u32(snapLength).add(options));
    }

    /// An Ethernet interface of that name, in microseconds.
    public CaptureBytes describe(String name) {
        return describe(1, 0, body().option(2, name));
    }

    /// An Enhanced Packet Block whose captured length is true.
    public CaptureBytes packet(int interfaceId, long ticks, long originalLength, String hex, CaptureBytes options) {
        byte[] captured = body().hex(hex).toByteArray();
        return block(
                6,
                body().u32(interfaceId)
                        .u32(ticks >>> 32)
                        .u32(ticks)
                        .u32(captured.length)
                        .u32(originalLength)
                        .octets(captured)
                        .padded()
                        .add(options));
    }

    public CaptureBytes packet(int interfaceId, long ticks, String hex) {
        return packet(interfaceId, ticks, body().hex(hex).size(), hex, body());
    }
}
