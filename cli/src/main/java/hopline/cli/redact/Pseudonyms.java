package hopline.cli.redact;

import hopline.decode.Address;
import hopline.decode.MacAddress;
import hopline.decode.redact.Replacements;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// What was put in the place of addresses and names: a list that goes along with what was redacted, so that anybody
/// can tell what is left of the originals. It says nothing of them.
///
/// Of names, each run of letters and digits counts by itself, in lower case.
public final class Pseudonyms implements Replacements {

    /// Its name in a bundle.
    public static final String FILE = "pseudonyms.txt";

    /// More are not remembered; what is redacted with more is called private though it is not.
    private static final int MAX = 2_000_000;

    private static final Pattern BETWEEN = Pattern.compile("[^\\p{L}\\p{N}]+");

    private final Set<String> made = new TreeSet<>();

    /// None yet.
    public Pseudonyms() {}

    @Override
    public void address(Address original, Address instead) {
        add(instead.toString());
    }

    @Override
    public void mac(long original, long instead) {
        add(MacAddress.text(instead));
    }

    @Override
    public void name(String original, String instead) {
        for (String part : parts(instead)) {
            add(part);
        }
    }

    @Override
    public void payload() {
        // has no name
    }

    @Override
    public void text(String written) {
        // an original
    }

    @Override
    public void secret() {
        // nothing stands for it
    }

    /// What was made of pseudonyms, and says no more than they do.
    public void derived(String text) {
        name("", text);
    }

    /// Takes in one that was listed.
    void add(String pseudonym) {
        if (made.size() < MAX) {
            made.add(pseudonym);
        }
    }

    /// What a name consists of.
    private static String[] parts(String name) {
        return BETWEEN.split(name.toLowerCase(Locale.ROOT));
    }

    /// Whether an address stands for another.
    boolean has(String address) {
        return made.contains(address);
    }

    /// Whether all that a name consists of stands for something else, or is mere digits.
    boolean hasName(String name) {
        for (String part : parts(name)) {
            if (!made.contains(part) && part.chars().anyMatch(Character::isLetter)) {
                return false;
            }
        }
        return true;
    }

    /// All of them, sorted, a line each.
    public String list() {
        return made.isEmpty() ? "" : String.join("\n", made) + "\n";
    }
}
