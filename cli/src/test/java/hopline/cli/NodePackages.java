package hopline.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Programs for Node.js that check what is written, with the packages they need; kept below the build's folder.
///
/// @param folder where the packages are
/// @param packages each with its version; the first one's folder tells that they are there
record NodePackages(Path folder, List<String> packages) {

    private static final int PATIENCE_SECONDS = 180;

    static NodePackages of(String folder, String... packages) {
        return new NodePackages(Path.of("target", folder), List.of(packages));
    }

    /// False where node or npm is missing, or a package cannot be had.
    boolean areInstalled() throws InterruptedException {
        String first = packages.getFirst();
        Path module = folder.resolve("node_modules").resolve(first.substring(0, first.lastIndexOf('@')));
        try {
            Files.createDirectories(folder);
            if (!Files.isDirectory(module)) {
                Files.writeString(folder.resolve("package.json"), "{\"private\": true}");
                List<String> install =
                        new ArrayList<>(List.of("npm", "install", "--ignore-scripts", "--no-audit", "--no-fund"));
                install.addAll(packages);
                run(install);
            }
            return Files.isDirectory(module);
        } catch (IOException e) {
            return false;
        }
    }

    /// What `script`, a module, prints of `files`.
    List<String> check(String script, List<String> files) throws IOException, InterruptedException {
        Files.writeString(folder.resolve("check.mjs"), script);
        List<String> command = new ArrayList<>(List.of("node", "check.mjs"));
        command.addAll(files);
        return run(command).lines().toList();
    }

    private String run(List<String> command) throws IOException, InterruptedException {
        File output = File.createTempFile("hopline-", ".out");
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output)
                    .start();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroy();
            }
            return Files.readString(output.toPath());
        } finally {
            Files.delete(output.toPath());
        }
    }
}
