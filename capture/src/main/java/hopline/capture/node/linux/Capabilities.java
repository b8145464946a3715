package hopline.capture.node.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What this process may do, as `/proc/self/status` says.
public final class Capabilities {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final int NET_RAW = 13;

    private Capabilities() {}

    /// Whether packets may be captured.
    public static boolean mayCapture() {
        try {
            return mayCapture(Files.readAllLines(STATUS));
        } catch (IOException e) {
            return true; // unknown: libpcap will say
        }
    }

    /// The same, told from the lines of `/proc/self/status`.
    static boolean mayCapture(List<String> status) {
        return status.stream()
                .filter(line -> line.startsWith("CapEff:"))
                .map(line -> line.substring("CapEff:".length()).strip())
                .allMatch(hex -> (Long.parseUnsignedLong(hex, 16) >>> NET_RAW & 1) == 1);
    }

    /// What to do about it.
    public static String remedy() {
        return "capturing needs the capability CAP_NET_RAW: run it with sudo, or in a pod with hostNetwork and"
                + " securityContext.capabilities.add [NET_RAW, NET_ADMIN]";
    }
}
