package hopline.flows.state.collection;

import hopline.capture.bundle.Manifest;
import hopline.capture.bundle.ManifestFacts;
import hopline.flows.state.Timestamps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// What of a bundle is state: neither the manifest nor what was captured, and of a state that was collected twice
/// only the later, because one node cannot be in two states at once.
final class BundleState {

    private static final String BEFORE = "state/before/";
    private static final String AFTER = "state/after/";

    private BundleState() {}

    /// What the manifest in `folder` says; empty when it is no bundle.
    static Optional<ManifestFacts> manifest(Path folder) {
        Path manifest = folder.resolve(Manifest.NAME);
        if (!Files.isRegularFile(manifest)) {
            return Optional.empty();
        }
        try {
            return ManifestFacts.read(Files.newInputStream(manifest));
        } catch (IOException e) {
            return Optional.empty(); // told when the file itself is read
        }
    }

    /// When the file of that name in a bundle was collected, nanoseconds since 1970.
    static OptionalLong collectedAt(ManifestFacts manifest, String name) {
        Optional<Instant> time = name.startsWith(BEFORE) ? manifest.started() : manifest.ended();
        return time.map(at -> OptionalLong.of(Timestamps.epochNanos(at))).orElse(OptionalLong.empty());
    }

    /// Those of the names in a bundle that are state.
    static List<String> names(List<String> names) {
        boolean hasLater = names.stream().anyMatch(name -> name.startsWith(AFTER));
        return names.stream()
                .filter(name -> !name.equals(Manifest.NAME) && !name.startsWith("trace") && !name.startsWith("probes/"))
                .filter(name -> !hasLater || !name.startsWith(BEFORE))
                .toList();
    }

    /// The same for the files of a bundle that was unpacked.
    static List<Path> files(Path folder, Collection<Path> files) {
        List<String> names = files.stream()
                .map(file -> folder.relativize(file).toString().replace('\\', '/'))
                .toList();
        List<String> state = names(names);
        return files.stream()
                .filter(file ->
                        state.contains(folder.relativize(file).toString().replace('\\', '/')))
                .toList();
    }
}
