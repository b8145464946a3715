package hopline.flows.state.cni;

import hopline.flows.state.Source;
import java.util.OptionalInt;

/// Flannel's `net-conf.json`.
///
/// @param network the range of all pods, as written
/// @param backend `vxlan`, `host-gw` …
/// @param vni absent means 1 on Linux, 4096 on Windows
/// @param port absent means 8472 on Linux, 4789 on Windows
public record FlannelNetwork(String network, String backend, OptionalInt vni, OptionalInt port, Source source) {}
