package hopline.flows.state.collection;

import hopline.flows.state.text.JsonObject;
import hopline.flows.state.text.JsonValue.JsonText;
import hopline.flows.state.text.TextSection;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Records of PowerShell's list format: `Key : value`, wrapped values indented, records apart by blank lines.
final class ListRecords implements TextSection {

    private static final Pattern FIELD = Pattern.compile("^([A-Za-z][A-Za-z0-9]*)\\s*:(?:\\s(.*))?$");
    private static final Pattern BEGIN = Pattern.compile("^(ActivityId|TimeCreated|TimeGenerated|DisplayName)\\s+:.*$");
    private static final int MAX_VALUE = 1 << 20;

    private final Consumer<JsonObject> records;
    private JsonObject record = new JsonObject(0);
    private String key = "";
    private int keyLine;
    private final StringBuilder value = new StringBuilder();

    /// Hands each record to `records`.
    ListRecords(Consumer<JsonObject> records) {
        this.records = records;
    }

    static boolean begins(String line) {
        return !line.isEmpty()
                && "ATD".indexOf(line.charAt(0)) >= 0
                && BEGIN.matcher(line).matches();
    }

    @Override
    public boolean line(String text, int number) {
        if (text.isBlank()) {
            end();
            return true;
        }
        Matcher field = FIELD.matcher(text);
        if (field.matches()) {
            if (begins(text)) {
                end();
            }
            endField();
            if (record.names().isEmpty()) {
                record = new JsonObject(number);
            }
            key = field.group(1);
            keyLine = number;
            value.append(field.group(2) == null ? "" : field.group(2).strip());
            return true;
        }
        if (key.isEmpty() || value.length() > MAX_VALUE) {
            return false;
        }
        value.append(' ').append(text.strip());
        return true;
    }

    private void endField() {
        if (!key.isEmpty()) {
            record.put(key, new JsonText(keyLine, value.toString().strip()));
        }
        key = "";
        value.setLength(0);
    }

    @Override
    public void end() {
        endField();
        if (!record.names().isEmpty()) {
            records.accept(record);
        }
        record = new JsonObject(0);
    }
}
