package hopline.cli;

import hopline.flows.state.collection.FolderFiles;
import hopline.flows.state.collection.StateFinder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.cli.CommandLine;

/// The files that a command line has read. None of them may be written: they may be the only ones.
///
/// @param named files and folders, as they were named
/// @param everything whether all that lies in a folder is read, earlier results included
record InputFiles(List<String> named, boolean everything) {

    /// Those of a verb that passes over what is of no use in a folder, such as earlier results.
    static InputFiles of(List<String> operands, CommandLine line) throws UsageException {
        return of(operands, line, false);
    }

    /// Those of a verb that takes all that is in a folder.
    static InputFiles ofAnyKind(List<String> operands, CommandLine line) throws UsageException {
        return of(operands, line, true);
    }

    private static InputFiles of(List<String> operands, CommandLine line, boolean everything) throws UsageException {
        List<String> named = new ArrayList<>(operands);
        named.addAll(Values.of(line, "state"));
        named.addAll(Values.of(line, "key-file"));
        NodeAssignment.of(line, true).forEach(assignment -> named.add(assignment.file()));
        return new InputFiles(named, everything);
    }

    /// Refuses to have `out` written when it is one of them, by whatever name. A device or a pipe is none.
    void refuseAsOutput(String out) throws UsageException, IOException {
        Path file = Path.of(out);
        if (out.equals("-") || !Files.isRegularFile(file)) {
            return;
        }
        for (String name : named) {
            if (isRead(file, name)) {
                throw new UsageException(out + " is both input and output");
            }
        }
    }

    private boolean isRead(Path file, String name) throws IOException {
        if (name.equals("-") || !exists(name)) {
            return false;
        }
        Path input = Path.of(name);
        return Files.isDirectory(input) ? isReadOf(input, file) : Files.isSameFile(input, file);
    }

    private static boolean exists(String name) {
        try {
            return Files.exists(Path.of(name));
        } catch (InvalidPathException e) {
            return false; // told by whoever reads it
        }
    }

    private boolean isReadOf(Path folder, Path file) throws IOException {
        for (Path input : FolderFiles.in(folder).files()) {
            if (Files.isSameFile(input, file)) {
                return everything || isOfUse(input);
            }
        }
        return false;
    }

    /// Pages and pictures are no input. What cannot be read may be a capture all the same.
    private static boolean isOfUse(Path file) throws IOException {
        return switch (InputFinder.kind(file)) {
            case EMPTY, HTML, XML, PNG -> false;
            case TEXT -> StateFinder.tellsOfNode(file);
            default -> true;
        };
    }
}
