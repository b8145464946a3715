package hopline.capture.node;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;

/// What is known of the node before anything is run.
///
/// @param name as the cluster most likely calls it
/// @param system which commands it has
/// @param description name and version of the operating system
/// @param build of Windows, 17763 for Server 2019, for example; 0 elsewhere
/// @param architecture of the processor
public record NodeFacts(String name, Family system, String description, int build, String architecture) {

    /// Families of operating systems.
    public enum Family {
        LINUX,
        WINDOWS,
        OTHER
    }

    /// Windows Server 2019; earlier builds have no Packet Monitor.
    public static final int SERVER_2019 = 17763;

    /// Version 2004: from then on Packet Monitor has the options of today.
    public static final int VERSION_2004 = 19041;

    /// This machine.
    ///
    /// @param build of Windows; 0 elsewhere
    public static NodeFacts ofThisMachine(Optional<String> name, int build) {
        String os = System.getProperty("os.name", "");
        String lower = os.toLowerCase(Locale.ROOT);
        Family system =
                lower.startsWith("linux") ? Family.LINUX : lower.startsWith("windows") ? Family.WINDOWS : Family.OTHER;
        return new NodeFacts(
                name.orElseGet(NodeFacts::hostName),
                system,
                os + " " + System.getProperty("os.version", ""),
                build,
                System.getProperty("os.arch", ""));
    }

    /// Kubernetes takes host names in lower case.
    private static String hostName() {
        String windows = System.getenv("COMPUTERNAME");
        String name = windows != null ? windows : local();
        return name.isBlank() ? "node" : name.toLowerCase(Locale.ROOT);
    }

    private static String local() {
        try {
            return java.nio.file.Files.readString(java.nio.file.Path.of("/proc/sys/kernel/hostname"))
                    .strip();
        } catch (java.io.IOException e) {
            try {
                return InetAddress.getLocalHost().getHostName();
            } catch (UnknownHostException unknown) {
                return "";
            }
        }
    }

    /// True on Windows.
    public boolean isWindows() {
        return system == Family.WINDOWS;
    }
}
