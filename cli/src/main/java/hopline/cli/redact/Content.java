package hopline.cli.redact;

import hopline.capture.CaptureReader;
import hopline.capture.Captures;
import hopline.capture.Compression;
import hopline.flows.state.collection.Archive;
import hopline.flows.state.text.TextInput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// What a file holds, be it on disk or in an archive.
public interface Content {

    /// Its octets, compressed or not.
    InputStream open() throws IOException;

    /// Where it is on disk; empty in an archive.
    default Optional<Path> path() {
        return Optional.empty();
    }

    /// The capture it is.
    default CaptureReader capture() throws IOException {
        return Captures.open(open());
    }

    /// The text it is, whatever its encoding.
    default TextInput text() throws IOException {
        return TextInput.of(Compression.unwrap(open()));
    }

    /// That of a file.
    static Content of(Path file) {
        return new Content() {
            @Override
            public InputStream open() throws IOException {
                return Files.newInputStream(file);
            }

            @Override
            public Optional<Path> path() {
                return Optional.of(file);
            }

            @Override
            public CaptureReader capture() throws IOException {
                return Captures.open(file);
            }
        };
    }

    /// That of an archive's file of that name.
    static Content of(Archive archive, String name) {
        return () -> archive.open(name);
    }
}
