package hopline.capture.etl.pktmon;

import hopline.capture.Octets;
import java.util.Optional;
import java.util.OptionalLong;

/// One thing known of a component.
///
/// @param type a number of [PropertyType], or one that only newer builds know
/// @param text the value for people
/// @param number the value, where it is a number
/// @param octets the value, where it is an address
public record Property(int type, String text, OptionalLong number, Optional<Octets> octets) {

    static Property text(int type, String text) {
        return new Property(type, text, OptionalLong.empty(), Optional.empty());
    }

    static Property number(int type, long number) {
        return new Property(type, String.valueOf(number), OptionalLong.of(number), Optional.empty());
    }

    static Property hex(int type, long number) {
        return new Property(type, "0x" + Long.toHexString(number), OptionalLong.of(number), Optional.empty());
    }

    static Property octets(int type, Octets octets, String text) {
        return new Property(type, text, OptionalLong.empty(), Optional.of(octets));
    }

    /// What the value is, as Windows prints it, or the number of the type.
    public String name() {
        return PropertyType.of(type).map(PropertyType::label).orElse("property " + type);
    }
}
