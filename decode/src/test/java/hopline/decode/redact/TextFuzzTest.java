package hopline.decode.redact;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import hopline.decode.Address;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Whatever a text holds, none of its addresses that have a pseudonym stands in what is made of it, unless it is the
/// pseudonym of another.
///
/// The seeds beside the test's resources, and what fuzzing found, are run with all tests; `JAZZER_FUZZ=1` fuzzes.
class TextFuzzTest {

    /// A word of its own, so that nothing else can be meant.
    private static final Pattern ADDRESS =
            Pattern.compile("(?<=^|[ \\n,;\"'])(?:\\d{1,3}\\.){3}\\d{1,3}(?=[ \\n,;\"']|$)");

    private final Map<Address, Address> replaced = new HashMap<>();
    private final Redaction redaction = new Redaction(RedactionKey.of("fuzz"), false, false, Set.of());

    TextFuzzTest() {
        redaction.listen(new Replaced(replaced));
    }

    @FuzzTest(maxDuration = "60s")
    void redact(@NotNull String text) {
        replaced.clear();
        Set<Address> left = addresses(redaction.text().redact(text));
        left.removeAll(replaced.values());

        for (Address original : addresses(text)) {
            if (!redaction.addresses().address(original).equals(original)) {
                assertThat(left).doesNotContain(original);
            }
        }
    }

    private static Set<Address> addresses(String text) {
        Set<Address> found = new HashSet<>();
        for (Matcher matcher = ADDRESS.matcher(text); matcher.find(); ) {
            try {
                found.add(Address.of(matcher.group()));
            } catch (IllegalArgumentException e) {
                continue; // a number above 255
            }
        }
        return found;
    }

    private record Replaced(Map<Address, Address> addresses) implements Replacements {

        @Override
        public void address(Address original, Address made) {
            addresses.put(original, made);
        }

        @Override
        public void mac(long original, long made) {}

        @Override
        public void name(String original, String made) {}

        @Override
        public void payload() {}

        @Override
        public void text(String written) {}

        @Override
        public void secret() {}
    }
}
