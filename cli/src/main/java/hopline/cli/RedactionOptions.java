package hopline.cli;

import hopline.decode.redact.Redaction;
import hopline.decode.redact.RedactionKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/// The options that say how to redact.
final class RedactionOptions {

    private static final int MAX_KEY = 4_096;

    private RedactionOptions() {}

    static Options options() {
        return new Options()
                .addOption(
                        Values.option("key", "TEXT", "what pseudonyms follow from; without one they are new each time"))
                .addOption(Values.option("key-file", "FILE", "the same, read from a file"))
                .addOption(flag("keep-payload", "leave what packets carry, with all that it may hold"))
                .addOption(flag("keep-oui", "leave the half of MAC addresses that names the network card's maker"))
                .addOption(Inputs.vxlanPort());
    }

    private static Option flag(String name, String description) {
        return Option.builder().longOpt(name).desc(description).get();
    }

    static Redaction of(CommandLine line) throws UsageException, IOException {
        return new Redaction(
                key(line), line.hasOption("keep-oui"), line.hasOption("keep-payload"), Inputs.vxlanPorts(line));
    }

    private static RedactionKey key(CommandLine line) throws UsageException, IOException {
        if (line.hasOption("key") && line.hasOption("key-file")) {
            throw new UsageException("--key and --key-file exclude each other");
        }
        String passphrase = line.getOptionValue("key");
        if (line.hasOption("key-file")) {
            Path file = Path.of(line.getOptionValue("key-file"));
            if (!Files.isRegularFile(file) || Files.size(file) > MAX_KEY) {
                throw new UsageException("--key-file " + file + ": no file, or longer than a key");
            }
            passphrase = Files.readString(file).strip();
        }
        if (passphrase == null) {
            return RedactionKey.random();
        }
        if (passphrase.isEmpty()) {
            throw new UsageException("the key is empty");
        }
        return RedactionKey.of(passphrase);
    }
}
