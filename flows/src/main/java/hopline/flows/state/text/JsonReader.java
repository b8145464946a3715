package hopline.flows.state.text;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Reads JSON as people hand it over: back to back, cut from a longer text, with trailing commas, blanks that
/// are none, placeholders of templates, and `...` where something was left out. What is not as it should be
/// is noted.
///
/// A top-level list, and the list `items` of a top-level object, are handed out element by element, so that
/// memory does not grow with the file.
public final class JsonReader {

    /// Takes one top-level object, or one element of a top-level list.
    public interface Target {
        /// Takes one object, of a list only if the text does not end inside it.
        ///
        /// @param value an object; anything else at the top is passed over
        /// @param parent the fields read so far of the object whose `items` it is in; empty otherwise
        void accept(JsonObject value, JsonObject parent) throws IOException;
    }

    /// Deepest nesting.
    public static final int MAX_DEPTH = 200;

    private static final int MAX_VALUES = 1 << 20;
    private static final int MAX_CHARACTERS = 1 << 25;
    private static final int MAX_TEXT = 1 << 22;
    private static final int CHUNK = 1 << 12;
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?([eE][+-]?\\d+)?");
    private static final String ITEMS = "items";

    private final TextInput in;
    private final Damage damage;
    private final Target target;
    private final StringBuilder text = new StringBuilder();
    private int values;
    private long characters;
    private boolean isCut;
    private String field = "";

    /// Reads from where `in` is.
    public JsonReader(TextInput in, Damage damage, Target target) {
        this.in = in;
        this.damage = damage;
        this.target = target;
    }

    /// Reads one value, which must begin here, and hands it out.
    ///
    /// @throws MalformedTextException when it is broken beyond what is forgiven; what precedes was handed out
    public void read() throws IOException {
        skipBlanks();
        JsonObject none = new JsonObject(in.line());
        switch (in.peek()) {
            case '[' -> elements(none);
            case '{' -> {
                JsonObject object = new JsonObject(in.line());
                in.read();
                fields(object, 1, '}');
                target.accept(object, none);
            }
            case '"' -> fragment();
            default -> throw unexpected("a value");
        }
    }

    /// The field of the outermost object that was read last, be it not to its end; empty when there was none.
    public String field() {
        return field;
    }

    /// Fields without the brace before them: cut out of an object.
    private void fragment() throws IOException {
        JsonObject object = new JsonObject(in.line());
        damage.note(in.line(), "fields without the brace before them");
        fields(object, 1, '}');
        target.accept(object, new JsonObject(object.line()));
    }

    private void elements(JsonObject parent) throws IOException {
        in.read();
        while (nextElement(']')) {
            values = 0;
            characters = 0;
            JsonValue value = value(2);
            if (value instanceof JsonObject object && !isCut) {
                target.accept(object, parent);
            }
        }
    }

    private void fields(JsonObject object, int depth, int end) throws IOException {
        while (nextElement(end)) {
            if (in.peek() != '"') {
                throw unexpected("a field's name");
            }
            String name = string();
            skipBlanks();
            if (in.peek() != ':') {
                throw unexpected("a colon after \"" + shown(name) + "\"");
            }
            in.read();
            skipBlanks();
            field = depth == 1 ? name : field;
            if (depth == 1 && name.equals(ITEMS) && in.peek() == '[') {
                elements(object);
            } else {
                JsonValue value = value(depth + 1);
                if (!isCut || value instanceof JsonObject) {
                    object.put(name, value);
                }
            }
        }
        if (isCut) {
            object.cut();
        }
    }

    /// Moves on to the next element; false when the object or list has ended, be it because the text has.
    private boolean nextElement(int end) throws IOException {
        boolean comma = false;
        while (true) {
            skipBlanks();
            int c = in.peek();
            if (c == ',') {
                in.read();
                comma = true;
            } else if (c == '.') {
                skipEllipsis();
            } else if (c == end) {
                if (comma) {
                    damage.note(in.line(), "trailing comma");
                }
                in.read();
                return false;
            } else if (c == TextInput.END) {
                cut(in.line());
                return false;
            } else if (c == '}' || c == ']') {
                throw unexpected("'" + (char) end + "'");
            } else {
                return true;
            }
        }
    }

    private void cut(int line) {
        isCut = true;
        damage.noteEnd(line, "the JSON");
    }

    private JsonValue value(int depth) throws IOException {
        if (depth > MAX_DEPTH) {
            throw new MalformedTextException(in.line(), "JSON nested deeper than " + MAX_DEPTH);
        }
        if (++values > MAX_VALUES) {
            throw new MalformedTextException(in.line(), "more than " + MAX_VALUES + " values in one object");
        }
        int line = in.line();
        return switch (in.peek()) {
            case '{' -> {
                JsonObject object = new JsonObject(line);
                in.read();
                fields(object, depth, '}');
                yield object;
            }
            case '[' -> list(depth);
            case '"' -> new JsonValue.JsonText(line, string());
            case TextInput.END -> {
                cut(line);
                yield new JsonValue.JsonWord(line, "null");
            }
            default -> {
                String word = word();
                if (in.peek() == TextInput.END) {
                    cut(line);
                }
                yield new JsonValue.JsonWord(line, word);
            }
        };
    }

    private JsonValue list(int depth) throws IOException {
        int line = in.line();
        in.read();
        List<JsonValue> elements = new ArrayList<>(4);
        while (nextElement(']')) {
            JsonValue element = value(depth + 1);
            if (!isCut || element instanceof JsonObject) {
                elements.add(element);
            }
        }
        return new JsonValue.JsonList(line, elements);
    }

    private String string() throws IOException {
        text.setLength(0);
        int line = in.line();
        in.read();
        while (true) {
            in.takePlain(text, CHUNK);
            int c = in.peek();
            if (text.length() >= MAX_TEXT) {
                throw new MalformedTextException(line, "text of more than " + MAX_TEXT + " characters");
            }
            if (c == TextInput.END) {
                cut(line);
                break;
            }
            if (c == '"') {
                in.read();
                break;
            }
            if (c == '\\') {
                in.read();
                escape();
            } else if (c == '\n' || c == '\r') {
                text.append((char) in.read());
            }
        }
        return charged(text.toString(), line);
    }

    private void escape() throws IOException {
        int c = in.read();
        switch (c) {
            case 'n' -> text.append('\n');
            case 't' -> text.append('\t');
            case 'r' -> text.append('\r');
            case 'b' -> text.append('\b');
            case 'f' -> text.append('\f');
            case 'u' -> text.append(unicode());
            case '"', '\\', '/' -> text.append((char) c);
            case TextInput.END -> cut(in.line());
            default -> {
                damage.note(in.line(), "a backslash that is not doubled");
                text.append('\\').append((char) c);
            }
        }
    }

    private char unicode() throws IOException {
        int code = 0;
        for (int i = 0; i < 4; i++) {
            int digit = Character.digit(in.peek(), 16);
            if (digit < 0) {
                throw unexpected("four hexadecimal digits");
            }
            in.read();
            code = code << 4 | digit;
        }
        return (char) code;
    }

    /// A number, true, false, null, or a placeholder.
    private String word() throws IOException {
        text.setLength(0);
        int line = in.line();
        while (isWord(in.peek()) && text.length() < MAX_TEXT) {
            text.append((char) in.read());
        }
        if (text.isEmpty()) {
            throw unexpected("a value");
        }
        String word = charged(text.toString(), line);
        if (!isValue(word)) {
            if (word.toLowerCase(Locale.ROOT).matches("true|false|null")) {
                damage.note(line, "a word in capitals: " + word);
                return word.toLowerCase(Locale.ROOT);
            }
            if (word.startsWith("_")) {
                damage.note(line, "a placeholder that was never filled in: " + shown(word));
                return word;
            }
            throw new MalformedTextException(line, "expected a value, found \"" + shown(word) + "\"");
        }
        return word;
    }

    private static boolean isValue(String word) {
        return switch (word) {
            case "true", "false", "null" -> true;
            default -> Digits.only(word, MAX_TEXT) || NUMBER.matcher(word).matches();
        };
    }

    private static boolean isWord(int c) {
        return (c >= '0' && c <= '9')
                || (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || c == '-'
                || c == '+'
                || c == '.'
                || c == '_';
    }

    private void skipBlanks() throws IOException {
        int c = in.skipBlanks();
        while (c == '\u00a0' || c == '\ufeff') {
            damage.note(in.line(), "blanks that are no-break spaces (U+00A0)");
            in.read();
            c = in.skipBlanks();
        }
    }

    private void skipEllipsis() throws IOException {
        damage.note(in.line(), "something left out (...)");
        int dots = 0;
        while (in.peek() == '.') {
            in.read();
            dots++;
        }
        if (dots < 2) {
            throw unexpected("a value");
        }
    }

    private String charged(String value, int line) throws MalformedTextException {
        characters += value.length();
        if (characters > MAX_CHARACTERS) {
            throw new MalformedTextException(line, "more than " + MAX_CHARACTERS + " characters in one object");
        }
        return value;
    }

    private MalformedTextException unexpected(String expected) throws IOException {
        int c = in.peek();
        if (c == TextInput.END) {
            cut(in.line());
        }
        String found = c == TextInput.END ? "the end of the text" : "'" + shown(String.valueOf((char) c)) + "'";
        return new MalformedTextException(in.line(), "expected " + expected + ", found " + found);
    }

    private static String shown(String value) {
        return value.length() <= 40 ? value : value.substring(0, 40) + "…";
    }
}
