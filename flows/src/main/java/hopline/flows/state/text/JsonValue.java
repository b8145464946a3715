package hopline.flows.state.text;

import java.util.List;
import java.util.Optional;

/// A value of JSON that knows its line. Asked for what it is not, it answers with nothing: state files are
/// written by many hands.
public sealed interface JsonValue permits JsonObject, JsonValue.JsonText, JsonValue.JsonWord, JsonValue.JsonList {

    /// The line on which it begins, from 1.
    int line();

    /// As text: that of a text, number, true or false; empty for anything else.
    String text();

    /// Its elements when it is a list. A single object stands for a list of one, as PowerShell writes it;
    /// null for none.
    List<JsonValue> elements();

    /// The object that it is.
    default Optional<JsonObject> object() {
        return this instanceof JsonObject object ? Optional.of(object) : Optional.empty();
    }

    /// A text.
    record JsonText(int line, String value) implements JsonValue {

        @Override
        public String text() {
            return value;
        }

        @Override
        public List<JsonValue> elements() {
            return value.isEmpty() ? List.of() : List.of(this);
        }
    }

    /// A number, `true`, `false`, `null`, or a word that is no JSON and stands in a template.
    record JsonWord(int line, String word) implements JsonValue {

        @Override
        public String text() {
            return isNull() ? "" : word;
        }

        @Override
        public List<JsonValue> elements() {
            return isNull() ? List.of() : List.of(this);
        }

        private boolean isNull() {
            return word.equals("null");
        }
    }

    /// A list.
    record JsonList(int line, List<JsonValue> values) implements JsonValue {

        @Override
        public String text() {
            return "";
        }

        @Override
        public List<JsonValue> elements() {
            return values;
        }
    }
}
