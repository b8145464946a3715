package hopline.capture.etl;

import hopline.capture.etl.EventSchema.Property;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A payload for any layout, its values all different, and what must be read of it.
///
/// @param octets as the event holds them
/// @param fields by name, as text
record EventPayload(byte[] octets, Map<String, String> fields) {

    private static final int LENGTH_IS_PROPERTY = 2;
    private static final int COUNTED = 16;

    static EventPayload of(EventSchema layout) {
        Payload payload = Payload.of();
        Map<String, String> fields = new LinkedHashMap<>();
        List<Property> properties = layout.properties();
        for (int i = 0; i < properties.size(); i++) {
            fields.put(properties.get(i).name(), put(payload, properties, i));
        }
        return new EventPayload(payload.toByteArray(), fields);
    }

    private static String put(Payload payload, List<Property> properties, int index) {
        Property property = properties.get(index);
        int value = index + 1;
        switch (property.inType()) {
            case 1 -> {
                boolean counted = (property.flags() & LENGTH_IS_PROPERTY) != 0;
                String text = counted ? "counted text " + (char) ('a' + index % 26) + "xy" : "text " + index;
                payload.bare(text);
                if (!counted) {
                    payload.u16(0);
                }
                return text;
            }
            case 4 -> payload.u8(value);
            case 6 -> {
                if (property.outType() == 22) {
                    payload.u8(0x12).u8(value);
                    return String.valueOf(0x1200 + value);
                }
                payload.u16(value);
            }
            case 7 -> payload.u32(value);
            case 8 -> {
                if (isLength(properties, index)) {
                    payload.u32(COUNTED);
                    return String.valueOf(COUNTED);
                }
                if (property.outType() == 23) {
                    payload.u8(10).u8(0).u8(1).u8(value);
                    return "10.0.1." + value;
                }
                payload.u32(value);
            }
            case 9, 10 -> payload.i64(value);
            case 13 -> {
                payload.u32(1);
                return "true";
            }
            case 14 -> {
                return binary(payload, property, value);
            }
            case 15 -> {
                String guid = String.format("00000000-0000-0000-0000-%012x", value);
                payload.guid(guid);
                return guid;
            }
            case 16 -> {
                payload.i64(value);
                return "0x" + Integer.toHexString(value);
            }
            case 17 -> {
                payload.i64(TraceBytes.START);
                return "2026-01-01T00:00:00Z";
            }
            case 19 -> {
                payload.hex("010100000000000512000000");
                return "S-1-5-18";
            }
            case 20 -> {
                payload.u32(0xC000_0000L + value);
                return "0x" + Integer.toHexString(0xC000_0000 + value);
            }
            default -> throw new IllegalStateException(property.toString());
        }
        return String.valueOf(value);
    }

    private static String binary(Payload payload, Property property, int value) {
        if (property.outType() == 24) {
            payload.hex("fd00").octets(new byte[13]).u8(value);
            return "fd00:0:0:0:0:0:0:" + Integer.toHexString(value);
        }
        if (property.outType() == 25) {
            payload.octets(VfpEventBytes.socket("10.0.2." + value + ":8080"));
            return "10.0.2." + value + ":8080";
        }
        int length = (property.flags() & LENGTH_IS_PROPERTY) != 0 ? COUNTED : property.length();
        List<String> hex = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            payload.u8(value);
            hex.add(String.format("%02x", value));
        }
        return String.join("", hex);
    }

    private static boolean isLength(List<Property> properties, int index) {
        return properties.stream()
                .anyMatch(property -> (property.flags() & LENGTH_IS_PROPERTY) != 0 && property.length() == index);
    }
}
