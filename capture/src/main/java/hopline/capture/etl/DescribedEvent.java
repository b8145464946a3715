package hopline.capture.etl;

import hopline.capture.event.EventLayout;
import hopline.capture.event.Tuple;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// An event's fields as they were read by some layout, for those who know what they mean.
///
/// Whatever is not there reads as nothing: an event shorter than its layout is data, and newer builds append.
///
/// @param name what the trace or the tables call it; may be empty
/// @param level how grave it is, from 1, critical, to 5, verbose; 0 when it does not say
/// @param fields by name, in their order; numbers as numbers
public record DescribedEvent(int id, String name, int level, EventLayout layout, Map<String, String> fields) {

    /// The field's text; empty when it is not there.
    public String text(String field) {
        return fields.getOrDefault(field, "");
    }

    /// The first of these fields that holds something.
    public String first(String... names) {
        for (String name : names) {
            if (!text(name).isBlank()) {
                return text(name);
            }
        }
        return "";
    }

    /// The field's number, or `otherwise` when it is not there or is none.
    public long number(String field, long otherwise) {
        String text = text(field);
        try {
            return text.startsWith("0x") ? Long.parseUnsignedLong(text, 2, text.length(), 16) : Long.parseLong(text);
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }

    /// The address in a field: as such, or as the number of four octets that a layout takes it for when it does not
    /// say what it is.
    public String address(String field) {
        String text = text(field);
        if (text.isEmpty() || !text.chars().allMatch(Character::isDigit)) {
            return text;
        }
        long octets = number(field, 0);
        return (octets & 0xff) + "." + (octets >> 8 & 0xff) + "." + (octets >> 16 & 0xff) + "." + (octets >> 24 & 0xff);
    }

    /// Whose packets the fields of those names tell of; empty when they tell of none.
    public Optional<Tuple> tuple(
            int protocol, String source, String sourcePort, String destination, String destinationPort) {
        String from = address(source);
        String to = address(destination);
        return from.isEmpty() || to.isEmpty()
                ? Optional.empty()
                : Optional.of(new Tuple(protocol, from, port(sourcePort), to, port(destinationPort)));
    }

    private int port(String field) {
        return (int) number(field, Tuple.UNTOLD);
    }

    /// Whose packets two fields with socket addresses tell of; empty when they tell of none.
    public Optional<Tuple> sockets(int protocol, String source, String destination) {
        Socket from = Socket.of(text(source));
        Socket to = Socket.of(text(destination));
        return from.address().isEmpty() || to.address().isEmpty()
                ? Optional.empty()
                : Optional.of(new Tuple(protocol, from.address(), from.port(), to.address(), to.port()));
    }

    /// What the field of that name says went wrong, in the system's number; empty when nothing did.
    public String error(String field) {
        long status = number(field, 0);
        return status == 0 ? "" : String.format(Locale.ROOT, "error 0x%08x", status & 0xffff_ffffL);
    }

    /// `10.0.0.1:80` or `[fd00::1]:80`.
    private record Socket(String address, int port) {

        static Socket of(String text) {
            int colon = text.lastIndexOf(':');
            if (colon < 1 || !text.substring(colon + 1).matches("\\d{1,5}")) {
                return new Socket("", Tuple.UNTOLD);
            }
            String address = text.substring(0, colon).replace("[", "").replace("]", "");
            return new Socket(address, Integer.parseInt(text.substring(colon + 1)));
        }
    }
}
