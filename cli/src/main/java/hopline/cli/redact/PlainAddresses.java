package hopline.cli.redact;

import hopline.decode.Address;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What reads as an address in a text, told by its characters alone: on purpose apart from the spellings by
/// which redaction finds them, so that a check does not share what these are blind to.
final class PlainAddresses {

    /// No part of a longer number, a version or an object identifier; a port may follow behind a dot.
    private static final Pattern IPV4 =
            Pattern.compile("(?<!\\d|\\d\\.)\\d{1,3}(?:\\.\\d{1,3}){3}(?!\\d|\\.\\d{1,5}\\.\\d|\\.\\d{6})");

    private static final Pattern IPV6 =
            Pattern.compile("(?<![0-9A-Za-z:.])(?:[0-9A-Fa-f]{0,4}:){2}[0-9A-Fa-f:]{1,32}(?![0-9A-Za-z.])");

    private static final Pattern MAC = Pattern.compile(
            "(?<![0-9A-Za-z:-])(?:[0-9A-Fa-f]{2}([:-]))(?:[0-9A-Fa-f]{2}\\1){4}[0-9A-Fa-f]{2}(?![0-9A-Za-z:-])");

    private PlainAddresses() {}

    static List<Address> in(String text) {
        return Stream.concat(IPV4.matcher(text).results(), IPV6.matcher(text).results())
                .map(MatchResult::group)
                .flatMap(found -> parsed(found).stream())
                .toList();
    }

    /// Of 48 bits.
    static List<Long> macsIn(String text) {
        return MAC.matcher(text)
                .results()
                .map(found -> Long.parseLong(found.group().replaceAll("[:-]", ""), 16))
                .toList();
    }

    private static Optional<Address> parsed(String text) {
        try {
            return Optional.of(Address.of(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
