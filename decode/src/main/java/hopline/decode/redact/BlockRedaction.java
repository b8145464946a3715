package hopline.decode.redact;

import hopline.capture.CaptureBlock;
import hopline.capture.CaptureOptions;
import hopline.capture.Octets;
import hopline.capture.OptionBuffer;
import hopline.capture.OptionCursor;
import hopline.decode.Address;
import java.io.ByteArrayOutputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/// What a capture says between its records: names of addresses, statistics and the events of a trace that
/// was converted are rewritten, all else goes: secrets, journals of other programs, blocks of unknown form.
final class BlockRedaction {

    private static final int END = 0;
    private static final int IPV4_NAMES = 1;
    private static final int IPV6_NAMES = 2;
    private static final int EUI_48_NAMES = 3;
    private static final int HEADER = 4;
    private static final int DNS_NAME = 2;
    private static final int DNS_IPV4 = 3;
    private static final int DNS_IPV6 = 4;
    private static final int STATISTICS_FIXED = 12;

    private final AddressPseudonyms addresses;
    private final TextRedaction text;
    private final OptionRedaction options;
    private final EventRedaction events;

    BlockRedaction(AddressPseudonyms addresses, TextRedaction text, OptionRedaction options, EventRedaction events) {
        this.addresses = addresses;
        this.text = text;
        this.options = options;
        this.events = events;
    }

    /// What stands in the place of `block`; empty when nothing does.
    Optional<CaptureBlock> redact(CaptureBlock block) {
        return switch (block.type()) {
            case CaptureBlock.NAME_RESOLUTION -> Optional.of(with(block, names(block)));
            case CaptureBlock.INTERFACE_STATISTICS ->
                block.body().length() < STATISTICS_FIXED
                        ? Optional.empty()
                        : Optional.of(with(block, statistics(block)));
            case CaptureBlock.JOURNAL_EXPORT ->
                block.event().flatMap(events::redact).map(event -> CaptureBlock.of(event, block.section()));
            default -> Optional.empty();
        };
    }

    private static CaptureBlock with(CaptureBlock block, byte[] body) {
        return new CaptureBlock(block.type(), block.section(), block.order(), Octets.wrap(body));
    }

    private byte[] statistics(CaptureBlock block) {
        byte[] body = block.body().toByteArray();
        OptionBuffer made = new OptionBuffer(block.order());
        options.statistics(new OptionCursor().over(body, STATISTICS_FIXED, body.length, block.order()), made);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(body, 0, STATISTICS_FIXED);
        finish(out, made);
        return out.toByteArray();
    }

    private static void finish(ByteArrayOutputStream out, OptionBuffer made) {
        out.write(made.array(), 0, made.size());
        out.writeBytes(new byte[HEADER]); // end of options
    }

    /// Records have the shape of options: a kind, a length, a value.
    private byte[] names(CaptureBlock block) {
        byte[] body = block.body().toByteArray();
        ByteOrder order = block.order();
        OptionBuffer made = new OptionBuffer(order);
        OptionCursor record = new OptionCursor().over(body, 0, body.length, order);
        int end = 0;
        while (record.next()) {
            entry(record, made);
            end += HEADER + ((record.length() + 3) & ~3);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        finish(out, made);
        OptionBuffer about = new OptionBuffer(order);
        OptionCursor option = new OptionCursor().over(body, Math.min(end + HEADER, body.length), body.length, order);
        while (option.next()) {
            about(option, about);
        }
        finish(out, about);
        return out.toByteArray();
    }

    private void entry(OptionCursor record, OptionBuffer made) {
        int length = addressLength(record.code());
        if (length == END || record.length() < length) {
            return;
        }
        Octets value = record.octets(0);
        byte[] address = address(record.code(), value);
        byte[] names = redactNames(value.from(length));
        byte[] whole = Arrays.copyOf(address, address.length + names.length);
        System.arraycopy(names, 0, whole, address.length, names.length);
        made.octets(record.code(), whole);
    }

    private static int addressLength(int kind) {
        return switch (kind) {
            case IPV4_NAMES -> 4;
            case IPV6_NAMES -> 16;
            case EUI_48_NAMES -> 6;
            default -> END;
        };
    }

    private byte[] address(int kind, Octets value) {
        return switch (kind) {
            case IPV4_NAMES -> AddressOctets.of(addresses.address(Address.ofIpv4(value.i32(0))));
            case IPV6_NAMES -> AddressOctets.ofIpv6(addresses.address(new Address(value.i64(0), value.i64(8))));
            default -> AddressOctets.ofNumber(addresses.mac(value.u48(0)), 6);
        };
    }

    /// Each ends with a NUL.
    private byte[] redactNames(Octets names) {
        String all = new String(names.toByteArray(), StandardCharsets.UTF_8);
        return text.redact(all).getBytes(StandardCharsets.UTF_8);
    }

    private void about(OptionCursor option, OptionBuffer made) {
        Octets value = option.octets(0);
        switch (option.code()) {
            case CaptureOptions.COMMENT, DNS_NAME -> made.text(option.code(), text.redact(option.text()));
            case DNS_IPV4 -> {
                if (value.length() == 4) {
                    made.octets(DNS_IPV4, address(IPV4_NAMES, value));
                }
            }
            case DNS_IPV6 -> {
                if (value.length() == 16) {
                    made.octets(DNS_IPV6, address(IPV6_NAMES, value));
                }
            }
            default -> {} // unknown
        }
    }
}
