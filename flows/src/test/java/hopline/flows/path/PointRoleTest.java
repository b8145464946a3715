package hopline.flows.path;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.capture.CapturePoint;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PointRoleTest {

    @ParameterizedTest
    @CsvSource({
        "eth0, NIC",
        "eth0.100, NIC",
        "enp0s31f6, NIC",
        "ens192, NIC",
        "enx001122aabbcc, NIC",
        "bond0, NIC",
        "cni0, BRIDGE",
        "cbr0, BRIDGE",
        "docker0, BRIDGE",
        "br-0a1b2c3d4e5f, BRIDGE",
        "br-int, BRIDGE",
        "kube-bridge, BRIDGE",
        "flannel.1, TUNNEL",
        "vxlan.calico, TUNNEL",
        "vx0, TUNNEL",
        "tunl0, TUNNEL",
        "cilium_vxlan, TUNNEL",
        "genev_sys_6081, TUNNEL",
        "veth1a2b3c4d, VNIC",
        "cali0123456789a, VNIC",
        "lxc0a1b2c, VNIC",
        "tap0a1b2c3d-4e, VNIC",
        "azvd3f1a2b3c4d, VNIC"
    })
    void linuxNamesTell(String name, PointRole role) {
        assertThat(PointRole.of(new CapturePoint(0, "n", name))).isEqualTo(role);
        assertThat(PointRole.isInterface(name)).isTrue();
    }

    /// A capture that names no interface has a point that is called like its file.
    @ParameterizedTest
    @CsvSource({
        "broken", "browser", "bridge-loop", "docker-pull", "vxlan-host1", "vxlan", "geneve", "greeting", "tunnel",
        "wg-server", "flannel-node1", "calico-node-1", "tape", "ensemble", "ethernet", "bondage", "vfp-drop", "incident"
    })
    void otherNamesTellNothing(String name) {
        assertThat(PointRole.isInterface(name)).isFalse();
    }
}
