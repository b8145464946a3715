package hopline.capture.etl;

import hopline.capture.CaptureBytes;
import java.nio.charset.StandardCharsets;

/// What an event logs, written field by field, little-endian, without any alignment.
public final class Payload {

    private final CaptureBytes out = CaptureBytes.littleEndian();

    public static Payload of() {
        return new Payload();
    }

    public Payload u8(int value) {
        out.octets(new byte[] {(byte) value});
        return this;
    }

    public Payload u16(int value) {
        out.u16(value);
        return this;
    }

    public Payload u32(long value) {
        out.u32(value);
        return this;
    }

    public Payload i64(long value) {
        out.i64(value);
        return this;
    }

    public Payload pointer(int size, long value) {
        return size == 8 ? i64(value) : u32(value);
    }

    public Payload guid(String guid) {
        Guid value = Guid.of(guid);
        return i64(value.low()).i64(value.high());
    }

    public Payload octets(byte[] octets) {
        out.octets(octets);
        return this;
    }

    public Payload hex(String hex) {
        out.hex(hex);
        return this;
    }

    /// UTF-16 and a NUL.
    public Payload text(String text) {
        return bare(text).u16(0);
    }

    /// UTF-16 without a NUL.
    public Payload bare(String text) {
        return octets(text.getBytes(StandardCharsets.UTF_16LE));
    }

    /// UTF-8 and a NUL.
    public Payload utf8(String text) {
        return octets(text.getBytes(StandardCharsets.UTF_8)).u8(0);
    }

    /// Zeros up to a multiple of `unit`.
    public Payload align(int unit) {
        return octets(new byte[Math.floorMod(-out.size(), unit)]);
    }

    public int size() {
        return out.size();
    }

    public byte[] toByteArray() {
        return out.toByteArray();
    }
}
