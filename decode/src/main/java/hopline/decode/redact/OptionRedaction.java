package hopline.decode.redact;

import hopline.capture.CaptureOptions;
import hopline.capture.EventFacts;
import hopline.capture.Fact;
import hopline.capture.Octets;
import hopline.capture.OptionBuffer;
import hopline.capture.OptionCursor;
import hopline.capture.OptionLayout;
import hopline.decode.Address;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/// What a capture says in options. Texts and addresses are rewritten, numbers stay; what is of unknown
/// form, custom options and checksums over the original octets go.
final class OptionRedaction {

    private static final int IPV4_AND_MASK = 8;
    private static final int IPV6_AND_LENGTH = 17;
    private static final int MAC_LENGTH = 6;
    private static final int TEXT_FILTER = 0;
    private static final int MAX_NAMED = 1_024;

    private final AddressPseudonyms addresses;
    private final TextRedaction text;
    private final EventFacts parsed = new EventFacts();
    private final EventFacts written = new EventFacts();
    private final EventFacts ofRecord = new EventFacts();
    private final Map<String, String> named = new HashMap<>();

    OptionRedaction(AddressPseudonyms addresses, TextRedaction text) {
        this.addresses = addresses;
        this.text = text;
    }

    CaptureOptions section(CaptureOptions options) {
        OptionBuffer made = new OptionBuffer(options.order());
        for (OptionCursor option = options.cursor(); option.next(); ) {
            switch (option.code()) {
                case CaptureOptions.COMMENT,
                        CaptureOptions.SECTION_HARDWARE,
                        CaptureOptions.SECTION_OS,
                        CaptureOptions.SECTION_APPLICATION -> text(option, made);
                default -> {} // unknown
            }
        }
        return made.toOptions();
    }

    CaptureOptions ofInterface(CaptureOptions options) {
        OptionBuffer made = new OptionBuffer(options.order());
        for (OptionCursor option = options.cursor(); option.next(); ) {
            switch (option.code()) {
                case CaptureOptions.COMMENT,
                        CaptureOptions.INTERFACE_NAME,
                        CaptureOptions.INTERFACE_DESCRIPTION,
                        CaptureOptions.INTERFACE_OS,
                        CaptureOptions.INTERFACE_HARDWARE -> text(option, made);
                case CaptureOptions.INTERFACE_SPEED,
                        CaptureOptions.INTERFACE_TIME_RESOLUTION,
                        CaptureOptions.INTERFACE_FCS_LENGTH,
                        CaptureOptions.INTERFACE_TIME_OFFSET,
                        CaptureOptions.INTERFACE_TRANSMIT_SPEED,
                        CaptureOptions.INTERFACE_RECEIVE_SPEED -> made.add(option, OptionLayout.INTERFACE);
                default -> address(option, made);
            }
        }
        return made.toOptions();
    }

    private void address(OptionCursor option, OptionBuffer made) {
        Octets value = option.octets(0);
        int code = option.code();
        if (code == CaptureOptions.INTERFACE_IPV4 && value.length() == IPV4_AND_MASK) {
            byte[] octets = value.toByteArray();
            byte[] address = AddressOctets.of(addresses.address(Address.ofIpv4(value.i32(0))));
            System.arraycopy(address, 0, octets, 0, address.length);
            made.octets(code, octets);
        } else if (code == CaptureOptions.INTERFACE_IPV6 && value.length() == IPV6_AND_LENGTH) {
            byte[] octets = value.toByteArray();
            byte[] address = AddressOctets.ofIpv6(addresses.address(new Address(value.i64(0), value.i64(8))));
            System.arraycopy(address, 0, octets, 0, address.length);
            made.octets(code, octets);
        } else if (code == CaptureOptions.INTERFACE_MAC && value.length() == MAC_LENGTH) {
            made.octets(code, AddressOctets.ofNumber(addresses.mac(value.u48(0)), MAC_LENGTH));
        } else if (code == CaptureOptions.INTERFACE_FILTER && value.length() > 0 && value.u8(0) == TEXT_FILTER) {
            made.octets(code, ("\0" + text.redact(option.text(1))).getBytes(StandardCharsets.UTF_8));
        }
    }

    /// The options of a record; `made` is filled anew.
    void record(OptionCursor option, OptionBuffer made) {
        made.clear();
        while (option.next()) {
            switch (option.code()) {
                case CaptureOptions.COMMENT -> text(option, made);
                case CaptureOptions.RECORD_FLAGS,
                        CaptureOptions.RECORD_DROP_COUNT,
                        CaptureOptions.RECORD_PACKET_ID,
                        CaptureOptions.RECORD_QUEUE,
                        CaptureOptions.RECORD_VERDICT,
                        CaptureOptions.RECORD_PROCESS_THREAD -> made.add(option, OptionLayout.RECORD);
                default -> {} // unknown, or over the original octets
            }
        }
    }

    /// The options of statistics, which are numbers beside comments.
    void statistics(OptionCursor option, OptionBuffer made) {
        while (option.next()) {
            int code = option.code();
            if (code == CaptureOptions.COMMENT) {
                text(option, made);
            } else if (code >= CaptureOptions.STATISTICS_START && code <= CaptureOptions.STATISTICS_DELIVERED) {
                made.add(option, OptionLayout.STATISTICS);
            }
        }
    }

    private void text(OptionCursor option, OptionBuffer made) {
        made.text(option.code(), comment(option.text()));
    }

    private String comment(String comment) {
        return parsed.parse(comment) ? rewrite(parsed, written).format() : text.redact(comment);
    }

    /// What a system said of a record: its own words stay, what people named is rewritten. The result is the same
    /// object each time, and nothing but the next record's changes it.
    EventFacts facts(EventFacts said) {
        return rewrite(said, ofRecord);
    }

    private EventFacts rewrite(EventFacts said, EventFacts made) {
        made.set(said);
        for (Fact fact : Fact.values()) {
            switch (fact) {
                case SWITCH, PORT, NIC, DESTINATIONS, LAYER, RULE_GROUP, RULE -> {
                    if (!said.text(fact).isEmpty()) {
                        made.put(fact, named(said.text(fact)));
                    }
                }
                default -> {} // numbers, and words of the system
            }
        }
        return made;
    }

    /// A trace says the same of each record: names of its switches, ports and rules.
    private String named(String name) {
        if (named.size() == MAX_NAMED) {
            named.clear();
        }
        return named.computeIfAbsent(name, text::redact);
    }
}
