package hopline.capture.node.live;

import hopline.capture.node.plan.Where;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.pcap4j.core.PcapNativeException;
import org.pcap4j.core.PcapNetworkInterface;
import org.pcap4j.core.Pcaps;

/// Which interfaces there are, and which of them a plan wants. On Linux what the kernel lists for this network
/// namespace, elsewhere what libpcap lists.
public final class Interfaces {

    private static final Path DEVICES = Path.of("/proc/net/dev");
    private static final Path ROUTES = Path.of("/proc/net/route");
    private static final String LOOPBACK = "lo";

    private final Where where;

    /// Those that `where` wants; of a pod, its `names` must be interfaces already.
    public Interfaces(Where where) {
        this.where = where;
    }

    /// The names of those that are there now, sorted.
    public Set<String> present() throws IOException {
        Set<String> names = new TreeSet<>(Files.exists(DEVICES) ? listed() : found());
        switch (where.kind()) {
            case ALL -> names.remove(LOOPBACK);
            case INTERFACES, POD -> names.retainAll(new HashSet<>(where.names()));
            case NICS -> names.retainAll(outward(names));
        }
        return names;
    }

    /// Those that were named and are not there.
    public List<String> missing() throws IOException {
        Set<String> present = present();
        return where.names().stream().filter(name -> !present.contains(name)).toList();
    }

    private static List<String> listed() throws IOException {
        return Files.readAllLines(DEVICES).stream()
                .filter(line -> line.contains(":"))
                .map(line -> line.substring(0, line.indexOf(':')).strip())
                .toList();
    }

    private static List<String> found() throws IOException {
        try {
            return Pcaps.findAllDevs().stream()
                    .filter(device -> !device.isLoopBack())
                    .map(PcapNetworkInterface::getName)
                    .toList();
        } catch (PcapNativeException e) {
            throw new IOException("interfaces cannot be listed: " + e.getMessage(), e);
        } catch (LinkageError e) {
            throw new hopline.capture.MissingLibraryException(
                    "capturing needs libpcap, which is not installed (Windows: Npcap)", e);
        }
    }

    /// With hardware behind them, or leading to the default route.
    private static Set<String> outward(Set<String> names) throws IOException {
        Set<String> outward = new HashSet<>(defaultRoutes());
        names.stream()
                .filter(name -> Files.exists(Path.of("/sys/class/net", name, "device")))
                .forEach(outward::add);
        return outward;
    }

    private static List<String> defaultRoutes() throws IOException {
        List<String> names = new ArrayList<>();
        if (Files.exists(ROUTES)) {
            for (String line : Files.readAllLines(ROUTES)) {
                String[] columns = line.strip().split("\\s+", -1);
                if (columns.length > 7 && columns[1].equals("00000000") && columns[7].equals("00000000")) {
                    names.add(columns[0]);
                }
            }
        }
        return names;
    }
}
