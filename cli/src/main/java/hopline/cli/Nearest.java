package hopline.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/// Guesses what somebody meant who mistyped a word.
final class Nearest {

    /// One letter in so many may be wrong, missing or too many; beyond that a guess would be no help.
    private static final int LETTERS_PER_SLIP = 3;

    /// A shorter word is part of too many others.
    private static final int MIN_PART = 3;

    private Nearest() {}

    /// The word of `known` that is most like `typed`: one that contains it, else one with few letters changed.
    static Optional<String> to(String typed, Collection<String> known) {
        String word = typed.toLowerCase(Locale.ROOT);
        return containing(word, known).or(() -> known.stream()
                .filter(candidate -> distance(word, candidate) <= candidate.length() / LETTERS_PER_SLIP)
                .min(Comparator.comparingInt(candidate -> distance(word, candidate))));
    }

    private static Optional<String> containing(String word, Collection<String> known) {
        return word.length() < MIN_PART
                ? Optional.empty()
                : known.stream()
                        .filter(candidate -> candidate.contains(word))
                        .min(Comparator.comparing(String::length));
    }

    /// How many letters must be changed, added or taken away to make one word of the other (Levenshtein).
    static int distance(String a, String b) {
        int[] before = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            before[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            before = nextRow(before, a.charAt(i - 1), i, b);
        }
        return before[b.length()];
    }

    private static int[] nextRow(int[] before, char letter, int i, String b) {
        int[] row = new int[before.length];
        row[0] = i;
        for (int j = 1; j < row.length; j++) {
            int changed = before[j - 1] + (letter == b.charAt(j - 1) ? 0 : 1);
            row[j] = Math.min(changed, 1 + Math.min(before[j], row[j - 1]));
        }
        return row;
    }
}
