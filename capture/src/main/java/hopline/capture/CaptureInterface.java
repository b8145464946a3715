package hopline.capture;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// One interface description of a capture file: where its records were logged.
///
/// @param index counts from 0 over the whole file, sections included
/// @param section which section describes it, from 0; pcap files have one
/// @param name `if_name`, else `if_description`, else empty: a pcap file names no interface
/// @param linkType the registry number of what its records begin with, see [LinkType]
/// @param snapLength the longest record it would log, in octets; 0 when unlimited
/// @param options all that the file says of it, the name included
public record CaptureInterface(
        int index, int section, String name, int linkType, long snapLength, CaptureOptions options) {

    private static final int FILTER_KIND_LENGTH = 1;

    /// An interface of which nothing more is known.
    public CaptureInterface(int index, int section, String name, int linkType, long snapLength) {
        this(index, section, name, linkType, snapLength, CaptureOptions.NONE);
    }

    /// What people call it, beside its name.
    public Optional<String> description() {
        return options.text(CaptureOptions.INTERFACE_DESCRIPTION);
    }

    /// The capture filter as text; empty when there was none or it is given as instructions.
    public Optional<String> filter() {
        return options.octets(CaptureOptions.INTERFACE_FILTER).stream()
                .filter(value -> value.length() > FILTER_KIND_LENGTH && value.u8(0) == 0)
                .map(value -> new String(
                        value.from(FILTER_KIND_LENGTH).toByteArray(), java.nio.charset.StandardCharsets.UTF_8))
                .findFirst();
    }

    /// Its MAC address, 6 octets.
    public Optional<Octets> mac() {
        return octets(CaptureOptions.INTERFACE_MAC, 6);
    }

    /// Its EUI-64, 8 octets.
    public Optional<Octets> eui() {
        return octets(CaptureOptions.INTERFACE_EUI, 8);
    }

    /// Its IPv4 addresses, each 4 octets and 4 of the mask.
    public List<Octets> ipv4() {
        return options.octets(CaptureOptions.INTERFACE_IPV4).stream()
                .filter(value -> value.length() == 8)
                .toList();
    }

    /// Its IPv6 addresses, each 16 octets and one with the prefix length.
    public List<Octets> ipv6() {
        return options.octets(CaptureOptions.INTERFACE_IPV6).stream()
                .filter(value -> value.length() == 17)
                .toList();
    }

    /// In bits per second; both ways unless [#transmitSpeed] or [#receiveSpeed] say otherwise.
    public OptionalLong speed() {
        return options.number(CaptureOptions.INTERFACE_SPEED);
    }

    /// In bits per second.
    public OptionalLong transmitSpeed() {
        return options.number(CaptureOptions.INTERFACE_TRANSMIT_SPEED);
    }

    /// In bits per second.
    public OptionalLong receiveSpeed() {
        return options.number(CaptureOptions.INTERFACE_RECEIVE_SPEED);
    }

    /// Octets of the frame check sequence at the end of each record.
    public OptionalLong frameCheckLength() {
        return options.number(CaptureOptions.INTERFACE_FCS_LENGTH);
    }

    /// `if_tzone`: a number that the specification leaves undefined, seconds east of UTC where writers agree.
    public OptionalLong timeZone() {
        return options.number(CaptureOptions.INTERFACE_TIME_ZONE);
    }

    /// The operating system it belongs to.
    public Optional<String> os() {
        return options.text(CaptureOptions.INTERFACE_OS);
    }

    /// What it is made of.
    public Optional<String> hardware() {
        return options.text(CaptureOptions.INTERFACE_HARDWARE);
    }

    /// In file order.
    public List<String> comments() {
        return options.comments();
    }

    private Optional<Octets> octets(int code, int length) {
        return options.octets(code).stream()
                .filter(value -> value.length() == length)
                .findFirst();
    }
}
