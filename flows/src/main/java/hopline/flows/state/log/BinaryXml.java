package hopline.flows.state.log;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/// The binary XML of one Windows event: walks its template and fills in the values, keeping only what a log
/// line needs.
final class BinaryXml {

    private static final int MAX_DEPTH = 32;
    private static final int MAX_VALUES = 512;
    private static final int MAX_MESSAGE = 2000;
    private static final int MAX_STEPS = 20_000;
    private static final int STRING = 0x01;
    private static final int BINARY_XML = 0x21;

    private final ByteBuffer chunk;
    private final Deque<String> elements = new ArrayDeque<>();
    private final StringBuilder message = new StringBuilder();
    private String attribute = "";
    private String provider = "";
    private String eventId = "";
    private String level = "";
    private int steps;

    /// Where the values of a template are.
    private static final class Values {

        private static final Values NONE = new Values(0);

        private final int[] offsets;
        private final int[] sizes;
        private final int[] types;

        Values(int count) {
            offsets = new int[count];
            sizes = new int[count];
            types = new int[count];
        }
    }

    BinaryXml(ByteBuffer chunk) {
        this.chunk = chunk.duplicate().order(chunk.order());
    }

    String provider() {
        return provider;
    }

    String eventId() {
        return eventId;
    }

    String level() {
        return level;
    }

    /// The texts of its data.
    String message() {
        return message.toString().strip();
    }

    void read(int start, int end) {
        fragment(start, end, Values.NONE, true, 0);
    }

    /// Walks the tokens from `start`.
    ///
    /// @param hasDependency elements carry two octets more inside templates
    /// @return where they end
    private int fragment(int start, int end, Values values, boolean hasDependency, int depth) {
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException("nested too deeply");
        }
        int at = start;
        while (at < end) {
            if (++steps > MAX_STEPS) {
                throw new IllegalArgumentException("too many tokens");
            }
            int token = chunk.get(at) & 0xff;
            switch (token & 0x3f) {
                case 0x00 -> {
                    return at + 1;
                }
                case 0x01 -> at = element(at, (token & 0x40) != 0, hasDependency);
                case 0x02 -> {
                    attribute = "";
                    at++;
                }
                case 0x03, 0x04 -> {
                    attribute = "";
                    elements.poll();
                    at++;
                }
                case 0x05 -> at = text(at);
                case 0x06 -> {
                    attribute = name(chunk.getInt(at + 1));
                    at = afterName(at + 1);
                }
                case 0x08 -> at += 3;
                case 0x09 -> at = afterName(at + 1);
                case 0x0c -> at = template(at, depth);
                case 0x0d, 0x0e -> {
                    substitute(chunk.getShort(at + 1) & 0xffff, values, depth);
                    at += 4;
                }
                case 0x0f -> at += 4;
                default -> throw new IllegalArgumentException("unknown token " + token);
            }
        }
        return at;
    }

    private int element(int at, boolean hasAttributes, boolean hasDependency) {
        int name = at + 1 + (hasDependency ? 2 : 0) + 4;
        elements.push(name(chunk.getInt(name)));
        return afterName(name) + (hasAttributes ? 4 : 0);
    }

    /// Names are kept once in a chunk; where one is used first it stands inline.
    private int afterName(int reference) {
        int offset = chunk.getInt(reference);
        int after = reference + 4;
        return offset == after ? after + 8 + 2 * (chunk.getShort(after + 6) & 0xffff) + 2 : after;
    }

    private String name(int offset) {
        return utf16(offset + 8, 2 * (chunk.getShort(offset + 6) & 0xffff));
    }

    private String utf16(int offset, int length) {
        byte[] octets = new byte[length];
        chunk.get(offset, octets);
        return new String(octets, StandardCharsets.UTF_16LE).replace("\0", "");
    }

    private int text(int at) {
        int length = 2 * (chunk.getShort(at + 2) & 0xffff);
        if ((chunk.get(at + 1) & 0xff) != STRING) {
            throw new IllegalArgumentException("a value that is no text");
        }
        value(utf16(at + 4, length));
        return at + 4 + length;
    }

    private int template(int at, int depth) {
        int definition = chunk.getInt(at + 6);
        int after = at + 10;
        int length = chunk.getInt(definition + 20);
        if (definition == after) {
            after += 24 + length;
        }
        int count = chunk.getInt(after);
        if (count < 0 || count > MAX_VALUES) {
            throw new IllegalArgumentException(count + " values");
        }
        Values values = new Values(count);
        int data = after + 4 + 4 * count;
        for (int i = 0; i < count; i++) {
            values.offsets[i] = data;
            values.sizes[i] = chunk.getShort(after + 4 + 4 * i) & 0xffff;
            values.types[i] = chunk.get(after + 6 + 4 * i) & 0xff;
            data += values.sizes[i];
        }
        fragment(definition + 24, definition + 24 + length, values, true, depth + 1);
        return data;
    }

    private void substitute(int index, Values values, int depth) {
        if (index >= values.offsets.length) {
            return;
        }
        int offset = values.offsets[index];
        int size = values.sizes[index];
        if (values.types[index] == BINARY_XML) {
            fragment(offset, offset + size, Values.NONE, false, depth + 1);
        } else {
            value(rendered(values.types[index], offset, size));
        }
    }

    private String rendered(int type, int offset, int size) {
        return switch (type) {
            case STRING, 0x81 -> utf16(offset, size & ~1);
            case 0x04 -> size < 1 ? "" : String.valueOf(chunk.get(offset) & 0xff);
            case 0x06 -> size < 2 ? "" : String.valueOf(chunk.getShort(offset) & 0xffff);
            case 0x07 -> size < 4 ? "" : String.valueOf(chunk.getInt(offset));
            case 0x08 -> size < 4 ? "" : Integer.toUnsignedString(chunk.getInt(offset));
            case 0x09, 0x0a -> size < 8 ? "" : Long.toUnsignedString(chunk.getLong(offset));
            case 0x14 -> size < 4 ? "" : String.format("0x%08x", chunk.getInt(offset));
            case 0x15 -> size < 8 ? "" : String.format("0x%016x", chunk.getLong(offset));
            default -> "";
        };
    }

    private void value(String text) {
        String element = elements.isEmpty() ? "" : elements.peek();
        if (element.equals("Provider") && attribute.equals("Name")) {
            provider = text;
        } else if (element.equals("EventID") && attribute.isEmpty()) {
            eventId = text;
        } else if (element.equals("Level")) {
            level = text;
        } else if (isData() && attribute.isEmpty() && !text.isBlank() && message.length() < MAX_MESSAGE) {
            message.append(text.strip()).append(' ');
        }
    }

    private boolean isData() {
        return elements.contains("EventData") || elements.contains("UserData");
    }
}
