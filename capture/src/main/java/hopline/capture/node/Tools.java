package hopline.capture.node;

import hopline.capture.node.plan.Backend;
import hopline.capture.node.process.SystemPrograms;
import hopline.capture.node.windows.NetshTrace;
import hopline.capture.node.windows.Pktmon;
import java.util.Optional;

/// Which tool a plan is carried out with.
public final class Tools {

    private Tools() {}

    /// The tool that commands drive; empty for libpcap, which is driven from here.
    static Optional<Tool> of(Backend backend) {
        return switch (backend) {
            case PKTMON -> Optional.of(new Pktmon());
            case NETSH -> Optional.of(new NetshTrace());
            case PCAP, AUTO -> Optional.empty();
        };
    }

    /// What `auto` means on `node`.
    ///
    /// @throws RefusedException when the backend is one that the node cannot have
    public static Backend chosen(Backend backend, NodeFacts node) throws RefusedException {
        boolean isOfWindows = backend == Backend.PKTMON || backend == Backend.NETSH;
        if (isOfWindows && !node.isWindows()) {
            throw new RefusedException(backend.word() + " is a tool of Windows, and this node runs "
                    + node.description() + ": take --backend pcap");
        }
        if (backend != Backend.AUTO) {
            return backend;
        }
        if (!node.isWindows()) {
            return Backend.PCAP;
        }
        boolean hasPktmon = node.build() >= NodeFacts.SERVER_2019 && SystemPrograms.isInstalled("pktmon.exe");
        return hasPktmon ? Backend.PKTMON : Backend.NETSH;
    }
}
