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
    public record Note(String what, Source first, int count) {

        @Override
        public String toString() {
            return "line " + first.line() + ": " + what + (count > 1 ? " (" + count + " times)" : "");
        }
    }

    /// Of the file of that name.
    public Damage(String file) {
        this.file = file;
    }

    /// Remembers that `what` is wrong at `line`.
    public void note(int line, String what) {
        if (notes.size() < MAX_KINDS || notes.containsKey(what)) {
            notes.merge(
                    what,
                    new Note(what, new Source(file, line), 1),
                    (old, one) -> new Note(what, old.first(), old.count() + 1));
        }
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
