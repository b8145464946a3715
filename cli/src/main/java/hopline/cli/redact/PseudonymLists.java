package hopline.cli.redact;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The lists of pseudonyms that lie among files: each is for the folder it is in, and all that is below.
final class PseudonymLists {

    /// By the folder, with a slash behind it; empty for the topmost.
    private final Map<String, Pseudonyms> lists = new LinkedHashMap<>();

    private final boolean isAny;
    private final Pseudonyms otherwise;

    private PseudonymLists(Map<String, Content> found, Optional<Path> named) throws IOException {
        for (Map.Entry<String, Content> list : found.entrySet()) {
            Pseudonyms known = new Pseudonyms();
            addTo(known, Optional.of(list.getValue()));
            addTo(known, named.map(Content::of));
            lists.put(folder(list.getKey()), known);
        }
        otherwise = new Pseudonyms();
        addTo(otherwise, named.map(Content::of));
        isAny = !found.isEmpty() || named.isPresent();
    }

    /// Takes the lists out of `sources`.
    ///
    /// @param named a list that counts for all files
    static PseudonymLists takenFrom(Map<String, Content> sources, Optional<Path> named) throws IOException {
        Map<String, Content> found = new LinkedHashMap<>(sources);
        found.keySet().removeIf(name -> !name.equals(Pseudonyms.FILE) && !name.endsWith("/" + Pseudonyms.FILE));
        sources.keySet().removeAll(found.keySet());
        return new PseudonymLists(found, named);
    }

    private static void addTo(Pseudonyms known, Optional<Content> list) throws IOException {
        if (list.isPresent()) {
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(list.get().open(), StandardCharsets.UTF_8))) {
                lines.lines().forEach(known::add);
            } catch (java.io.UncheckedIOException e) {
                throw e.getCause();
            }
        }
    }

    private static String folder(String name) {
        return name.substring(0, name.lastIndexOf('/') + 1);
    }

    boolean isAny() {
        return isAny;
    }

    /// Whether a list lies in the same folder.
    boolean hasBeside(String name) {
        return lists.containsKey(folder(name));
    }

    /// The list for a file: that of the nearest folder around it.
    Pseudonyms of(String name) {
        for (String folder = folder(name); ; folder = folder(folder.substring(0, folder.length() - 1))) {
            Pseudonyms known = lists.get(folder);
            if (known != null || folder.isEmpty()) {
                return known == null ? otherwise : known;
            }
        }
    }
}
