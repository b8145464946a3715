package hopline.cli.redact;

import hopline.decode.Address;
import hopline.decode.MacAddress;
import hopline.decode.redact.AddressPseudonyms;
import hopline.decode.redact.Replacements;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// What is private in files: whatever a redaction of them would take away, unless it is known to stand for something
/// else already.
public final class PrivateData implements Replacements {

    /// Of one kind; there may be more, which are counted as one.
    private static final int MAX = 100_000;

    private static final String MORE = "more";

    /// The kinds of what is private, in the order in which they are told.
    public enum Kind {
        ADDRESS("addresses"),
        NAME("names"),
        /// Told by where they are, and not themselves.
        TOKEN("tokens"),
        PAYLOAD("payload");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        /// As it is told, such as `addresses`.
        public String label() {
            return label;
        }
    }

    private Pseudonyms known = new Pseudonyms();
    private final Map<Kind, Map<String, Set<String>>> found = new TreeMap<>();
    private final Set<String> names = new TreeSet<>();
    private final AddressPseudonyms addresses;
    private String file = "";
    private boolean isSecret;

    /// @param addresses tells of those that are not special, here, too
    PrivateData(AddressPseudonyms addresses) {
        this.addresses = addresses;
    }

    /// What is found, each with the files it is in.
    public Map<Kind, Map<String, Set<String>>> found() {
        return found;
    }

    /// Takes what follows for that of a file of this name, in which `pseudonyms` stand for something else.
    void begin(String name, Pseudonyms pseudonyms) {
        file = name;
        known = pseudonyms;
    }

    @Override
    public void address(Address original, Address made) {
        String text = original.toString();
        if (!known.has(text)) {
            found(Kind.ADDRESS, text);
        }
    }

    @Override
    public void mac(long original, long made) {
        String text = MacAddress.text(original);
        if (!known.has(text)) {
            found(Kind.ADDRESS, text);
        }
    }

    @Override
    public void name(String original, String made) {
        if (!known.hasName(original)) {
            names.add(original.toLowerCase(Locale.ROOT));
        }
    }

    @Override
    public void payload() {
        found(Kind.PAYLOAD, "of packets");
    }

    /// What redaction may fail to see for one is looked for as well.
    @Override
    public void text(String written) {
        PlainAddresses.in(written).forEach(addresses::address);
        PlainAddresses.macsIn(written).forEach(addresses::mac);
    }

    @Override
    public void secret() {
        isSecret = true;
    }

    /// Whether there was a secret since the last time this was asked, which is told of by whoever asks.
    boolean takeSecret() {
        boolean taken = isSecret;
        isSecret = false;
        return taken;
    }

    /// Names that were found since the last time this was asked, which are told of by whoever asks.
    Set<String> takeNames() {
        Set<String> taken = new TreeSet<>(names);
        names.clear();
        return taken;
    }

    void found(Kind kind, String what) {
        Map<String, Set<String>> all = found.computeIfAbsent(kind, key -> new TreeMap<>());
        all.computeIfAbsent(all.size() < MAX ? what : MORE, key -> new TreeSet<>())
                .add(file);
    }
}
