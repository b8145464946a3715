package hopline.flows.state.text;

import hopline.flows.state.Source;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What was wrong in one file, and where first: each kind of damage once, with a count.
public final class Damage {

    private static final int MAX_KINDS = 100;

    private final String file;
    private final Map<String, Note> notes = new LinkedHashMap<>();

    /// One kind of damage.
    ///
    /// @param what in words, such as `trailing comma`
    /// @param first where it was met first
    /// @param count how often it was met
    /// @param isLoss whether something is missing because of it
    public record Note(String what, Source first, int count, boolean isLoss) {

        @Override
        public String toString() {
            return "line " + first.line() + ": " + what + (count > 1 ? " (" + count + " times)" : "");
        }
    }

    /// Of the file of that name.
    public Damage(String file) {
        this.file = file;
    }

    /// Remembers that `what` is wrong at `line`, and was repaired.
    public void note(int line, String what) {
        note(new Note(what, new Source(file, line), 1, false));
    }

    /// Remembers that the text ends at `line`, inside `what`: the rest of it is not there.
    public void noteEnd(int line, String what) {
        note(new Note("the text ends inside " + what, new Source(file, line), 1, true));
    }

    /// Remembers that `what` is at `line`, and could not be read.
    public void noteUnread(int line, String what) {
        note(new Note(what, new Source(file, line), 1, true));
    }

    private void note(Note note) {
        if (notes.size() < MAX_KINDS || notes.containsKey(note.what())) {
            notes.merge(
                    note.what(), note, (old, one) -> new Note(old.what(), old.first(), old.count() + 1, old.isLoss()));
        }
    }

    /// Whether something is missing of what the file held once.
    public boolean isLoss() {
        return notes.values().stream().anyMatch(Note::isLoss);
    }

    /// The file.
    public String file() {
        return file;
    }

    /// What was noted, in the order in which it was met.
    public List<Note> notes() {
        return new ArrayList<>(notes.values());
    }
}
