package hopline.flows.state.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class JsonReaderTest {

    /// @param damage what is noted, blank when nothing is
    record Case(String what, String text, int objects, String damage) {}

    static final List<Case> CASES = List.of(
            new Case("an object", "{\"a\": 1}", 1, ""),
            new Case("a list", "[{\"a\": 1}, {\"a\": 2}]", 2, ""),
            new Case("items of a list", "{\"items\": [{\"a\": 1}, {\"a\": 2}], \"kind\": \"List\"}", 3, ""),
            new Case("a trailing comma", "{\"a\": [1, 2,],\n}", 1, "line 1: trailing comma (2 times)"),
            new Case("no-break spaces", "{\u00a0\"a\": 1}", 1, "line 1: blanks that are no-break spaces"),
            new Case("something left out", "{\"a\": 1,\n...\n\"b\": [1,\n...\n]}", 1, "line 2: something left out"),
            new Case("a placeholder", "{\"a\": __VNI__}", 1, "line 1: a placeholder that was never filled in: __VNI__"),
            new Case("no outer brace", "\"a\": 1,\n\"b\": 2\n}", 1, "line 1: fields without the brace"),
            new Case("cut off", "{\"a\": [{\"b\": \"c", 1, "the text ends inside the JSON"),
            new Case("a lone backslash", "{\"a\": \"C:\\k\"}", 1, "a backslash that is not doubled"),
            new Case("words in capitals", "{\"a\": True}", 1, "a word in capitals"));

    private static List<JsonObject> read(String text, Charset charset, Damage damage) throws IOException {
        List<JsonObject> objects = new ArrayList<>();
        try (TextInput in = TextInput.of(new ByteArrayInputStream(text.getBytes(charset)))) {
            new JsonReader(in, damage, (object, parent) -> objects.add(object)).read();
        }
        return objects;
    }

    @ParameterizedTest
    @FieldSource("CASES")
    void readsWhatPeoplePaste(Case one) throws IOException {
        Damage damage = new Damage("f");
        assertThat(read(one.text(), StandardCharsets.UTF_8, damage)).hasSize(one.objects());
        if (one.damage().isEmpty()) {
            assertThat(damage.notes()).isEmpty();
        } else {
            assertThat(damage.notes().toString()).contains(one.damage());
        }
    }

    @Test
    void everyValueKnowsItsLine() throws IOException {
        JsonObject object = read("{\r\n \"a\": {\r\n  \"b\": [\r\n   \"x\"]}}", StandardCharsets.UTF_8, new Damage("f"))
                .getFirst();
        assertThat(object.object("a").line()).isEqualTo(2);
        assertThat(object.object("A").get("b").elements().getFirst().line()).isEqualTo(4);
    }

    @Test
    void everyEncodingThatPowerShellWritesIsRead() throws IOException {
        for (Charset charset : List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
            for (String mark : List.of("", "\ufeff")) {
                JsonObject object = read(mark + "{\"Name\": \"cbr0\"}", charset, new Damage("f"))
                        .getFirst();
                assertThat(object.text("name")).as(charset + mark).isEqualTo("cbr0");
            }
        }
    }

    @Test
    void whatIsNoJsonSaysWhereAndWhatWasExpected() {
        assertThatThrownBy(() -> read("{\"a\" 1}", StandardCharsets.UTF_8, new Damage("f")))
                .isInstanceOf(MalformedTextException.class)
                .hasMessage("line 1: expected a colon after \"a\", found '1'");
        assertThatThrownBy(() -> read("{\n\"a\": nonsense}", StandardCharsets.UTF_8, new Damage("f")))
                .hasMessage("line 2: expected a value, found \"nonsense\"");
        assertThatThrownBy(() -> read("[".repeat(300), StandardCharsets.UTF_8, new Damage("f")))
                .hasMessageContaining("deeper than 200");
    }

    @Property(tries = 300, seed = "1")
    void anyTextIsReadOrRefused(@ForAll @StringLength(max = 60) @CharRange(from = ' ', to = '~') String text)
            throws IOException {
        Damage damage = new Damage("f");
        try {
            read("{" + text, StandardCharsets.UTF_8, damage);
        } catch (MalformedTextException e) {
            assertThat(e).hasMessageStartingWith("line 1: ");
        }
    }

    @Test
    void linesEndInEveryWay() throws IOException {
        List<String> lines = new ArrayList<>();
        try (TextInput in = TextInput.of(new ByteArrayInputStream("a\rb\r\nc\nd".getBytes(StandardCharsets.UTF_8)))) {
            for (String line = in.peekLine(); line != null; line = in.peekLine()) {
                lines.add(in.line() + line);
                in.skipLine();
            }
        }
        assertThat(lines).containsExactly("1a", "2b", "3c", "4d");
    }
}
