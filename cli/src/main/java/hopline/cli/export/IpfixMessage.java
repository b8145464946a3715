package hopline.cli.export;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// One IPFIX message as it is filled, [RFC 7011 §3](https://www.rfc-editor.org/rfc/rfc7011#section-3).
///
/// ```
/// +--------------+-------------+------------------+
/// | version (16) | length (16) | export time (32) |
/// | sequence (32)              | domain (32)      |
/// | sets: id (16), length (16), records …         |
/// +-----------------------------------------------+
/// ```
final class IpfixMessage {

    private static final int VERSION = 10;
    private static final int HEADER = 16;
    private static final int SET_HEADER = 4;
    private static final int TEMPLATE_SET = 2;
    private static final int ENTERPRISE = 0x8000;
    private static final int MAX_STRING = 254;
    private static final int NO_SET = -1;

    /// Fits into a datagram that no link has to take apart.
    private static final int MAX_LENGTH = 1_150;

    /// Room for the longest record beyond that, so that one always fits.
    private final ByteBuffer octets = ByteBuffer.allocate(2 * MAX_LENGTH + 8 * 256);

    private int setAt = NO_SET;
    private int setId = NO_SET;

    IpfixMessage() {
        octets.position(HEADER);
    }

    boolean isEmpty() {
        return octets.position() == HEADER;
    }

    /// Whether no more records should be put in.
    boolean isFull() {
        return octets.position() >= MAX_LENGTH;
    }

    void template(int id, List<IpfixField> fields) {
        begin(TEMPLATE_SET);
        octets.putShort((short) id).putShort((short) fields.size());
        for (IpfixField field : fields) {
            octets.putShort((short) (field.enterprise() == 0 ? field.id() : field.id() | ENTERPRISE));
            octets.putShort((short) field.length());
            if (field.enterprise() != 0) {
                octets.putInt(field.enterprise());
            }
        }
    }

    /// Begins a record of that template; its values follow.
    ByteBuffer record(int template) {
        begin(template);
        return octets;
    }

    /// A value that states its own length; cut at what one octet can state.
    void string(String value) {
        byte[] text = value.getBytes(StandardCharsets.UTF_8);
        int length = Math.min(text.length, MAX_STRING);
        while (length < text.length && (text[length] & 0xc0) == 0x80) {
            length--;
        }
        octets.put((byte) length).put(text, 0, length);
    }

    private void begin(int id) {
        if (setId != id) {
            end();
            setId = id;
            setAt = octets.position();
            octets.putShort((short) id).putShort((short) SET_HEADER);
        }
    }

    private void end() {
        if (setAt != NO_SET) {
            octets.putShort(setAt + 2, (short) (octets.position() - setAt));
        }
    }

    /// The finished message; this one is empty afterwards.
    byte[] finish(long exportSeconds, long sequence, int domain) {
        end();
        octets.putShort(0, (short) VERSION).putShort(2, (short) octets.position());
        octets.putInt(4, (int) exportSeconds).putInt(8, (int) sequence).putInt(12, domain);
        byte[] message = new byte[octets.position()];
        octets.get(0, message);
        octets.position(HEADER);
        setAt = NO_SET;
        setId = NO_SET;
        return message;
    }
}
