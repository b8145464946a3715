package hopline.capture.node.live;

import java.nio.file.Path;
import java.time.Duration;

/// How a live capture is made.
///
/// @param folder where its files are written
/// @param node the node's name, told in each file
/// @param application what writes them
/// @param filter in the language of tcpdump; blank for every packet
/// @param snapLength octets kept of each packet
/// @param rotation octets after which another file is begun
/// @param buffer octets that the kernel holds for each interface
/// @param most octets of all files together
/// @param ring remove the oldest files when that is reached, instead of writing no more
/// @param keep how long files are kept while nothing is waited for any more; zero for ever
public record LiveSettings(
        Path folder,
        String node,
        String application,
        String filter,
        int snapLength,
        long rotation,
        int buffer,
        long most,
        boolean ring,
        Duration keep) {

    /// What is kept of a packet when nothing is said: all of it.
    public static final int WHOLE = 262_144;
}
