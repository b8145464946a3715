package hopline.capture.node.process;

import java.nio.file.Path;

/// Runs programs of the system. What drives `pktmon`, `netsh` and all others goes through here, so that tests can
/// let recorded outputs answer.
@FunctionalInterface
public interface Programs {

    /// Runs `command` and waits for it, no longer than it may take. Never throws because of what the
    /// program does.
    ///
    /// @param folder where [Command#output] is put
    Result run(Command command, Path folder);
}
