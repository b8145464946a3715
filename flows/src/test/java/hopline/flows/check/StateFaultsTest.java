package hopline.flows.check;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.flows.check.StateFolder.Change;
import hopline.flows.rule.Severity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Each fault is one change to a healthy folder: the rule that is about it fires and cites the place, and
/// without the change no rule does. The folders are made by hand from the published schemas.
class StateFaultsTest {

    private static final String BRIDGE = StateFolder.BRIDGE;
    private static final String OVERLAY = StateFolder.OVERLAY;

    /// The Linux node of the overlay with a range of IPv6 addresses for its pods as well.
    private static final Change IPV6_PODS =
            new Change("cluster/nodes.json", "\"10.244.0.0/24\"\n", "\"10.244.0.0/24\", \"fd00:244::/64\"\n");

    private static final Change IPV6_POD =
            new Change("cluster/pods.json", "+", StateFolder.pod("six", "linux-a", "fd00:244::5", false, "six"));

    private static final String KUBE_PROXY = "kube-proxy.exe --v=4 --proxy-mode=kernelspace";

    /// A service that selects nothing, and its slice.
    private static final String LOST =
            "{\"apiVersion\":\"v1\",\"kind\":\"Service\",\"metadata\":{\"name\":\"lost\",\"namespace\":\"shop\"},"
                    + "\"spec\":{\"clusterIP\":\"10.96.8.8\",\"ports\":[{\"port\":80}],\"selector\":{\"app\":\"lost\"}}}\n"
                    + "{\"apiVersion\":\"discovery.k8s.io/v1\",\"kind\":\"EndpointSlice\",\"addressType\":\"IPv4\",\"metadata\":"
                    + "{\"name\":\"lost-1\",\"namespace\":\"shop\",\"labels\":{\"kubernetes.io/service-name\":\"lost\"}},\"endpoints\":[],\"ports\":[]}\n";

    /// @param entry of the failure catalogue, or blank
    record Fault(String entry, String rule, String folder, List<Change> changes) {

        Fault(String entry, String rule, String folder, String file, String from, String to) {
            this(entry, rule, folder, List.of(new Change(file, from, to)));
        }
    }

    static final List<Fault> FAULTS = List.of(
            new Fault("F01", "nat-exception-invalid", BRIDGE, "win-a/cni.conf", "10.244.0.0/16", "10.244.0.0/0"),
            new Fault("F01", "nat-exception-invalid", BRIDGE, "win-a/endpoint.txt", "10.244.0.0/16", "10.244.0.0/0"),
            new Fault(
                    "F01",
                    "nat-exception-invalid",
                    BRIDGE,
                    "win-a/vfpOutput.txt",
                    "10.244.0.0-10.244.255.255",
                    "0.0.0.0-255.255.255.255"),
            new Fault("F03", "nat-exception-missing", BRIDGE, "win-a/endpoint.txt", "10.244.0.0/16", "10.245.0.0/16"),
            new Fault("F03", "nat-exception-missing", OVERLAY, "win-b/cni.conf", "10.96.0.0/12", "10.200.0.0/16"),
            new Fault(
                    "F04",
                    "l2-rewrite-rule-missing",
                    BRIDGE,
                    "win-a/vfpOutput.txt",
                    "Source MAC : 00-15-5D-AA-BF-32",
                    "Source MAC : 00-15-5D-AA-BF-99"),
            new Fault("F05", "route-missing", BRIDGE, "win-a/routes.txt", "10.244.2.0/24", "10.244.9.0/24"),
            new Fault("F05", "route-missing", BRIDGE, "win-a/routes.txt", "10.127.130.35", "10.127.130.99"),
            new Fault(
                    "F08",
                    "remote-subnet-route-missing",
                    OVERLAY,
                    "win-a/network.txt",
                    "\"DestinationPrefix\": \"10.244.2.0/24\"",
                    "\"DestinationPrefix\": \"10.244.9.0/24\""),
            new Fault(
                    "F08",
                    "vfp-rule-missing",
                    OVERLAY,
                    "win-a/vfpOutput.txt",
                    "10.244.2.0-10.244.2.255",
                    "10.244.9.0-10.244.9.255"),
            new Fault("F09", "vfp-rule-missing", OVERLAY, "win-b/vfpOutput.txt", "Type : routeencap", "Type : allow"),
            new Fault("F10", "management-ip-invalid", BRIDGE, "win-a/hnsdiag.txt", "10.127.130.36\"", "10.0.2.15\""),
            new Fault(
                    "F11",
                    "remote-subnet-route-wrong",
                    OVERLAY,
                    "win-a/network.txt",
                    "\"ProviderAddress\": \"10.20.0.12\"",
                    "\"ProviderAddress\": \"10.20.0.99\""),
            new Fault(
                    "F11",
                    "remote-subnet-route-wrong",
                    OVERLAY,
                    "win-a/vfpOutput.txt",
                    "IP address=10.20.0.12",
                    "IP address=10.20.0.99"),
            new Fault("F12", "vxlan-config-mismatch", OVERLAY, "linux-a/net-conf.json", "4096", "1"),
            new Fault(
                    "F12",
                    "vxlan-config-mismatch",
                    OVERLAY,
                    "cluster/nodes.json",
                    "\\\"VNI\\\": 4096",
                    "\\\"VNI\\\": 1"),
            new Fault("F13", "vxlan-config-mismatch", OVERLAY, "linux-a/net-conf.json", "4789", "8472"),
            new Fault(
                    "F15",
                    "vxlan-config-mismatch",
                    OVERLAY,
                    "win-a/network.txt",
                    "00-15-5D-B9-70-8B",
                    "00-15-5D-00-00-01"),
            new Fault("F17", "load-balancer-missing", BRIDGE, "win-a/policy.txt", "10.102.220.146", "10.102.220.147"),
            new Fault(
                    "F17",
                    "load-balancer-missing",
                    OVERLAY,
                    "win-a/policy.txt",
                    "\"ExternalPort\": 31486",
                    "\"ExternalPort\": 31487"),
            new Fault(
                    "F18",
                    "vfp-rule-missing",
                    BRIDGE,
                    "win-a/vfpOutput.txt",
                    "Destination IP : 10.102.220.146",
                    "Destination IP : 10.102.220.1"),
            new Fault("F19", "load-balancer-stale-backend", BRIDGE, "win-a/endpoint.txt", "10.244.2.21", "10.244.2.29"),
            new Fault(
                    "F19",
                    "load-balancer-stale-backend",
                    BRIDGE,
                    "win-a/vfpOutput.txt",
                    "{ 10.244.2.21 : 80 }",
                    "{ 10.244.2.29 : 80 }"),
            new Fault("F20", "duplicate-endpoint", BRIDGE, "win-a/endpoint.txt", "10.244.2.21", "10.244.1.32"),
            new Fault(
                    "F21",
                    "load-balancer-wrong-port",
                    BRIDGE,
                    "win-a/policy.txt",
                    "\"InternalPort\": 80",
                    "\"InternalPort\": 8080"),
            new Fault(
                    "F22", "load-balancer-missing", BRIDGE, "win-a/policy.txt", "\"Protocol\": 17", "\"Protocol\": 6"),
            new Fault("F23", "dns-server-wrong", BRIDGE, "win-a/cni.conf", "10.96.0.10\"", "10.69.0.10\""),
            new Fault("F23", "dns-server-wrong", BRIDGE, "win-a/ip.txt", "10.96.0.10", "10.69.0.10"),
            new Fault("F24", "source-vip-wrong", OVERLAY, "win-a/policy.txt", "10.244.1.2\"", "10.244.7.2\""),
            new Fault(
                    "F25",
                    "source-vip-wrong",
                    OVERLAY,
                    "win-a/policy.txt",
                    "\"SourceVIP\": \"10.20.0.11\"",
                    "\"SourceVIP\": \"10.244.1.2\""),
            new Fault("F26", "duplicate-endpoint", BRIDGE, "win-a/endpoint.txt", "\"Ethernet\"", "\"Calico_ep\""),
            new Fault("F32", "snat-port-exhausted", BRIDGE, "win-a/reservedports.txt", "up to 171", "up to 7"),
            new Fault(
                    "F32",
                    "snat-port-exhausted",
                    BRIDGE,
                    "win-a/reservedports.txt",
                    "Rough",
                    "ERROR: Running out of ephemeral ports. Rough"),
            new Fault("F37", "known-build-defect", BRIDGE, "win-a/winver.txt", "20348.3091", "20348.2655"),
            new Fault("F39", "known-build-defect", BRIDGE, "win-a/winver.txt", "20348.3091", "17763.1457"),
            new Fault(
                    "F39",
                    "vfp-rule-missing",
                    OVERLAY,
                    "win-a/vfpOutput.txt",
                    "SLB_DECAP_LAYER_STATEFUL",
                    "OTHER_LAYER"),
            new Fault("F40", "endpoint-missing", BRIDGE, "win-a/endpoint.txt", "10.244.1.32", "10.244.1.99"),
            new Fault(
                    "F40",
                    "endpoint-missing",
                    BRIDGE,
                    List.of(
                            new Change("win-a/endpoint.txt", "\"State\": 3,", "\"IsRemoteEndpoint\": true,"),
                            new Change("win-a/hnsdiag.txt", "\"State\": 3,", "\"IsRemoteEndpoint\": true,"))),
            new Fault(
                    "F41",
                    "sandbox-failed",
                    BRIDGE,
                    "win-a/kube-proxy.log",
                    "+",
                    "E0301 10:21:50.000000    2204 kuberuntime_sandbox.go:72] \"Failed to create sandbox for pod\" err=\"hcnCreateEndpoint failed in Win32: (0x803b000d)\"\n"),
            new Fault(
                    "F42",
                    "gateway-address-wrong",
                    BRIDGE,
                    "win-a/endpoint.txt",
                    "\"GatewayAddress\": \"10.244.1.2\"",
                    "\"GatewayAddress\": \"10.244.1.1\""),
            new Fault("F42", "gateway-address-wrong", OVERLAY, "win-b/endpoint.txt", "10.244.2.1\"", "10.244.2.2\""),
            new Fault(
                    "F35",
                    "essential-traffic-blocked",
                    BRIDGE,
                    "win-a/endpoint.txt",
                    "\"Policies\": [",
                    "\"Policies\": [" + acl("Block", "Out", 17, "RemotePorts", "53", 1000)),
            new Fault(
                    "F35",
                    "essential-traffic-blocked",
                    OVERLAY,
                    "win-a/endpoint.txt",
                    "\"Policies\": [",
                    "\"Policies\": [" + acl("Block", "In", 6, "LocalPorts", "1-65535", 1000)),
            new Fault(
                    "F35",
                    "essential-traffic-blocked",
                    BRIDGE,
                    "win-a/vfpOutput.txt",
                    "Priority : 15",
                    "Priority : 15\n  GROUP : ACL_ENDPOINT_GROUP_IPV4_OUT\n    RULE : a\n      Priority : 1000\n"
                            + "      Type : block\n      Conditions:\n        Protocols : 17\n        Destination ports : 53\n"),
            new Fault(
                    "F35",
                    "essential-traffic-blocked",
                    OVERLAY,
                    "cluster/pods.json",
                    "+",
                    NetworkPolicyTest.policy("\"policyTypes\":[\"Egress\"],\"podSelector\":{}") + "\n"),
            new Fault(
                    "F43", "port-blocked", BRIDGE, "win-a/vfpOutput.txt", "    Blocked : FALSE", "    Blocked : TRUE"),
            new Fault(
                    "F43",
                    "port-blocked",
                    OVERLAY,
                    "win-a/vfp/5A3F0515-1515-4F15-A015-00ABCDEF0515-get-port-state.txt",
                    "+",
                    "\n    Enabled : TRUE\n    Blocked : TRUE\n\nCommand get-port-state succeeded!\n"),
            new Fault("F44", "mtu-config-wrong", OVERLAY, "win-a/endpoint.txt", "\"Overhead\": 50", "\"Overhead\": 0"),
            new Fault(
                    "F44",
                    "mtu-config-wrong",
                    OVERLAY,
                    "win-a/routes.txt",
                    "+",
                    "12      vEthernet (Ethernet) IPv4 1500 25 Enabled Connected ActiveStore\n"
                            + "44      vEthernet (a85b1b1b99600bf5_flannel) IPv4 1500 25 Disabled Connected ActiveStore\n"),
            new Fault("F45", "management-ip-invalid", BRIDGE, "win-a/hnsdiag.txt", "10.127.130.36\"", "169.254.12.7\""),
            new Fault(
                    "F46",
                    "route-missing",
                    BRIDGE,
                    "cluster/nodes.json",
                    "\"podCIDR\": \"10.244.1.0/24\"",
                    "\"providerID\": \"aws:///us-east-1a/i-0abc\", \"podCIDR\": \"10.244.1.0/24\""),
            new Fault("F47", "route-missing", BRIDGE, "win-a/routes.txt", "0.0.0.0/0", "0.0.0.0/1"),
            new Fault(
                    "F49",
                    "load-balancer-stale-backend",
                    BRIDGE,
                    "win-a/policy.txt",
                    "/endpoints/5A3F0066-1066-4A66-9B66-00ABCDEF0066",
                    "/endpoints/00000000-0000-0000-0000-000000000001"),
            new Fault("F50", "load-balancer-stale-backend", BRIDGE, "win-a/policy.txt", "10.96.0.1\"", "10.96.77.1\""),
            new Fault(
                    "F51",
                    "known-build-defect",
                    BRIDGE,
                    "win-a/kube-proxy.log",
                    "+",
                    "E0301 10:21:50.000000    3112 proxier.go:900] \"Error hashing endpoints\" err=\"nil\"\n"),
            new Fault(
                    "F52",
                    "component-not-running",
                    BRIDGE,
                    "win-a/processes.txt",
                    "+",
                    "C:\\k\\kube-proxy.exe --v=4 --proxy-mode=kernelspace\n"),
            new Fault(
                    "F53",
                    "forward-policy-drop",
                    OVERLAY,
                    "linux-a/iptables-save.txt",
                    ":FORWARD ACCEPT",
                    ":FORWARD DROP"),
            new Fault(
                    "F53",
                    "load-balancer-missing",
                    OVERLAY,
                    "linux-a/iptables-save.txt",
                    "-d 10.102.220.146/32",
                    "-d 10.102.220.147/32"),
            new Fault("F54", "hairpin-mode-off", OVERLAY, "linux-a/bridge-link.txt", "hairpin on", "hairpin off"),
            new Fault(
                    "F60",
                    "vfp-extension-disabled",
                    BRIDGE,
                    "win-a/hnsdiag.txt",
                    "F74F241B-440F-4433-BB28-00F89EAD20D8",
                    "00000000-440F-4433-BB28-00F89EAD20D8"),
            new Fault(
                    "",
                    "load-balancer-stale-backend",
                    OVERLAY,
                    "linux-a/iptables-save.txt",
                    "10.244.2.21:80",
                    "10.244.2.29:80"),
            new Fault(
                    "",
                    "load-balancer-stale-backend",
                    OVERLAY,
                    "linux-a/iptables-save.txt",
                    "-A KUBE-SVC-API",
                    StateNearMissesTest.OLD_ENDPOINT + "-A KUBE-SVC-WEB -j KUBE-SEP-OLD\n-A KUBE-SVC-API"),
            new Fault(
                    "",
                    "load-balancer-stale-backend",
                    OVERLAY,
                    "linux-a/iptables-save.txt",
                    "-A KUBE-SVC-API",
                    StateNearMissesTest.OLD_ENDPOINT
                            + "-A KUBE-SERVICES -m addrtype --dst-type LOCAL -j KUBE-NODEPORTS\n"
                            + "-A KUBE-NODEPORTS -p tcp -m tcp --dport 31486 -j KUBE-EXT-WEB\n"
                            + "-A KUBE-EXT-WEB -j KUBE-SVL-WEB\n-A KUBE-SVL-WEB -j KUBE-SEP-OLD\n-A KUBE-SVC-API"),
            new Fault(
                    "",
                    "load-balancer-wrong-port",
                    OVERLAY,
                    "linux-a/iptables-save.txt",
                    "10.244.2.21:80",
                    "10.244.2.21:8080"),
            new Fault("F14", "essential-traffic-blocked", OVERLAY, "win-a/ip.txt", "+", firewall("UDP", "4789,4790")),
            new Fault("F35", "essential-traffic-blocked", BRIDGE, "win-a/ip.txt", "+", firewall("TCP", "Any")),
            new Fault(
                    "F14",
                    "essential-traffic-blocked",
                    OVERLAY,
                    "win-a/ip.txt",
                    "+",
                    firewall("UDP", "4789\r\nRemoteIP:   10.20.0.0/24\r\nProfiles:   Domain,Private,Public")),
            new Fault(
                    "F15",
                    "vxlan-config-mismatch",
                    OVERLAY,
                    "linux-a/ip-route.txt",
                    "+",
                    "10.244.1.0 dev flannel.4096 lladdr 00:15:5d:00:00:01 PERMANENT\n"),
            new Fault(
                    "F18",
                    "vfp-rule-missing",
                    OVERLAY,
                    "win-a/vfpOutput.txt",
                    "+",
                    StateFolder.dsrPort("5A3F0999-1515-4F15-A015-00ABCDEF0999", "10.96.0.10", "10.244.0.3")),
            new Fault("F42", "gateway-address-wrong", BRIDGE, "win-a/ip.txt", "10.244.1.2\r", "10.244.1.1\r"),
            new Fault(
                    "F47",
                    "route-missing",
                    OVERLAY,
                    List.of(StateFolder.IPV6_NODE, new Change("win-a/routes.txt", "+", StateFolder.IPV6_ROUTES))),
            new Fault(
                    "F52",
                    "component-not-running",
                    BRIDGE,
                    "cluster/pods.json",
                    "+",
                    StateFolder.pod("kube-proxy-windows-x", "win-a", "10.127.130.36", true, KUBE_PROXY)),
            new Fault("", "component-not-running", BRIDGE, "win-a/processes.txt", "kubelet.exe", "other.exe"),
            new Fault(
                    "",
                    "load-balancer-not-applied",
                    OVERLAY,
                    "win-a/policy.txt",
                    StateFolder.dsr("10.102.220.146", 1),
                    StateFolder.dsr("10.102.220.146", 0)),
            new Fault(
                    "",
                    "endpoint-not-attached",
                    BRIDGE,
                    "win-a/hnsdiag.txt",
                    "+",
                    StateFolder.remoteEndpoint("10.244.2.77", "5A3F0777-1066-4A66-9B66-00ABCDEF0777")),
            new Fault(
                    "",
                    "image-build-mismatch",
                    BRIDGE,
                    "win-a/processes.txt",
                    "+",
                    "C:\\k\\kubelet.exe --pod-infra-container-image=mcr.example/oss/pause:1809 --v=4\n"),
            new Fault(
                    "",
                    "image-build-mismatch",
                    BRIDGE,
                    "win-a/processes.txt",
                    "+",
                    "C:\\k\\kubelet.exe --pod-infra-container-image=mcr.example/oss/pause:ltsc2025 --v=4\n"),
            new Fault(
                    "",
                    "image-build-mismatch",
                    BRIDGE,
                    "win-a/kube-proxy.log",
                    "+",
                    "    sandbox_image = \"mcr.example/oss/pause-windows-ltsc2019\"\n"),
            new Fault("", "load-balancer-not-applied", BRIDGE, "win-a/policy.txt", "\"State\": 2", "\"State\": 1"),
            new Fault("", "endpoint-not-attached", BRIDGE, "win-a/endpoint.txt", "\"State\": 3", "\"State\": 4"),
            new Fault("", "ip-forwarding-off", OVERLAY, "linux-a/sysctl.txt", "ip_forward = 1", "ip_forward = 0"),
            new Fault("", "ip-forwarding-off", OVERLAY, "linux-a/sysctl.txt", "iptables = 1", "iptables = 0"),
            new Fault(
                    "",
                    "ip-forwarding-off",
                    OVERLAY,
                    List.of(
                            IPV6_PODS,
                            IPV6_POD,
                            new Change("linux-a/sysctl.txt", "+", "net.ipv6.conf.all.forwarding = 0\n"))),
            new Fault(
                    "",
                    "ip-forwarding-off",
                    OVERLAY,
                    List.of(
                            IPV6_PODS,
                            IPV6_POD,
                            new Change("linux-a/sysctl.txt", "+", "net.bridge.bridge-nf-call-ip6tables = 0\n"))),
            new Fault("", "service-without-endpoints", OVERLAY, "cluster/endpointslices.json", "true", "false"),
            new Fault("", "service-selector-mismatch", OVERLAY, "cluster/endpointslices.json", "+", LOST),
            new Fault("", "component-not-running", BRIDGE, "win-a/windowsServices.txt", "Running  hns", "Stopped  hns"),
            new Fault("", "component-not-running", BRIDGE, "win-a/processes.txt", "kube-proxy.exe", "other.exe"),
            new Fault("", "component-not-running", BRIDGE, "win-a/kube-proxy.log", "+", "HNS threads: 300\n"),
            new Fault(
                    "",
                    "component-not-running",
                    BRIDGE,
                    "win-a/kube-proxy.log",
                    "+",
                    "-a----        3/1/2026  10:00 AM        3891200 flannel.exe\n"),
            new Fault("", "component-not-running", BRIDGE, "win-a/flanneld.log", "10:20:40", "09:20:40"),
            new Fault(
                    "",
                    "component-not-running",
                    BRIDGE,
                    "win-a/kube-proxy.log",
                    "+",
                    "03/01/2026 10:15:00 AM 7031 Error The Host Network Service service terminated unexpectedly.\n"),
            new Fault(
                    "",
                    "cni-config-invalid",
                    BRIDGE,
                    "win-a/cni.conf",
                    "\"svc.cluster.local\"",
                    "\"svc.cluster.local\","),
            new Fault("", "cni-config-invalid", BRIDGE, "win-a/cni.conf", "\"win-bridge\"", "\"__CNI_TYPE__\""),
            new Fault(
                    "",
                    "ipam-exhausted",
                    BRIDGE,
                    "win-a/kube-proxy.log",
                    "+",
                    "E0301 10:21:50.000000    2204 cni.go:300] no IP addresses available in range set: 10.244.1.1-10.244.1.254\n"),
            new Fault(
                    "",
                    "image-build-mismatch",
                    BRIDGE,
                    "cluster/pods.json",
                    "registry.example/web:1",
                    "mcr.microsoft.com/windows/nanoserver:ltsc2019"),
            new Fault(
                    "",
                    "dns-negative-cache",
                    BRIDGE,
                    "win-a/kube-proxy.log",
                    "+",
                    "W0301 10:21:50.000000    3112 reflector.go:1] lookup web.shop: no such host\n"),
            new Fault(
                    "",
                    "health-probe-port-wrong",
                    BRIDGE,
                    "cluster/services.json",
                    "\"name\": \"web\",",
                    "\"name\": \"web\", \"annotations\": {\"service.beta.kubernetes.io/port_80_health-probe_port\": \"30001\"},"),
            new Fault(
                    "",
                    "dns-deployment-duplicate",
                    BRIDGE,
                    "cluster/pods.json",
                    "+",
                    deployment("coredns") + deployment("kube-dns")));

    @TempDir
    Path folder;

    /// In the old form, with a comma after it.
    static String acl(String action, String direction, int protocol, String ports, String numbers, int priority) {
        return "{\"Type\":\"ACL\",\"Action\":\"%s\",\"Direction\":\"%s\",\"Protocol\":%d,\"%s\":\"%s\",\"Priority\":%d},"
                .formatted(action, direction, protocol, ports, numbers, priority);
    }

    private static String deployment(String name) {
        return "{\"apiVersion\":\"apps/v1\",\"kind\":\"Deployment\",\"metadata\":{\"name\":\"" + name
                + "\",\"namespace\":\"kube-system\",\"labels\":{\"k8s-app\":\"kube-dns\"}},\"spec\":{\"replicas\":2}}\n";
    }

    private static String firewall(String protocol, String ports) {
        return "\r\nRule Name:   Hardening\r\nEnabled:   Yes\r\nDirection:   In\r\nProtocol:   " + protocol
                + "\r\nLocalPort:   " + ports + "\r\nAction:   Block\r\n";
    }

    @ParameterizedTest
    @FieldSource("FAULTS")
    void isFoundAndCited(Fault fault) throws IOException {
        StateFolder changed = StateFolder.copyOf(fault.folder(), folder).with(fault.changes());
        List<StateFinding> findings = changed.check().stream()
                .filter(finding -> finding.rule().id().equals(fault.rule()))
                .toList();
        assertThat(findings).isNotEmpty();
        assertThat(findings.stream().flatMap(finding -> finding.evidence().stream()))
                .anySatisfy(source -> {
                    assertThat(source.file()).startsWith(folder.getFileName() + "/");
                    assertThat(source.line()).isPositive();
                });
        assertThat(findings).allSatisfy(finding -> {
            assertThat(finding.claim().title()).isNotBlank().doesNotEndWith(".");
            assertThat(finding.claim().advice()).endsWith(".");
        });
    }

    /// What a policy lets through first, or blocks elsewhere, keeps no pod from DNS and no kubelet from a pod.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Allow Out 17 RemotePorts 53 100",
                "Allow Out 256 RemotePorts 1-1023 100",
                "Block Out 17 RemotePorts 54-1000 2000",
                "Block In 6 LocalPorts 81 2000"
            })
    void whatAPolicyLetsThroughIsNoFault(String first) throws IOException {
        String[] acl = first.split(" ");
        String before = acl(acl[0], acl[1], Integer.parseInt(acl[2]), acl[3], acl[4], Integer.parseInt(acl[5]));
        String after = acl[0].equals("Allow") ? acl("Block", "Out", 256, "RemotePorts", "", 1000) : "";
        Change change = new Change("win-a/endpoint.txt", "\"Policies\": [", "\"Policies\": [" + after + before);
        assertThat(StateFolder.copyOf(BRIDGE, folder).with(List.of(change)).check())
                .filteredOn(finding -> finding.severity() != Severity.NOTE)
                .isEmpty();
    }

    /// HNS gave the pod another gateway than its network has; the pod has the right one.
    @Test
    void aPodWithTheRightGatewayIsNotBlamedForItsEndpoint() throws IOException {
        List<Change> changes = Stream.of("win-a/endpoint.txt", "win-a/hnsdiag.txt")
                .map(file ->
                        new Change(file, "\"GatewayAddress\": \"10.244.1.2\"", "\"GatewayAddress\": \"10.244.1.1\""))
                .toList();
        assertThat(StateFolder.copyOf(BRIDGE, folder).with(changes).check())
                .extracting(finding -> finding.claim().title())
                .anyMatch(title -> title.contains("has the gateway 10.244.1.1"))
                .noneMatch(title -> title.contains("has the gateway 10.244.1.2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {BRIDGE, OVERLAY})
    void aHealthyFolderIsSilent(String name) throws IOException {
        assertThat(StateFolder.copyOf(name, folder).check())
                .filteredOn(finding -> finding.severity() != Severity.NOTE)
                .isEmpty();
    }

    /// Each entry for which the catalogue names a rule about state, and each such rule, is shown here.
    @Test
    void everyEntryAndRuleAboutStateIsShown() {
        Set<String> ofState =
                StateRules.all().stream().map(StateRule::id).collect(Collectors.toCollection(TreeSet::new));
        Set<String> shownRules = FAULTS.stream().map(Fault::rule).collect(Collectors.toCollection(TreeSet::new));
        shownRules.add("service-over-limit"); // by NotesTest
        assertThat(shownRules).containsAll(ofState);
        Set<String> shown = FAULTS.stream().map(Fault::entry).collect(Collectors.toCollection(TreeSet::new));
        shown.addAll(Set.of("F27", "F36", "F59")); // by NotesTest
        assertThat(Catalogue.entries().stream()
                        .filter(entry -> Catalogue.rules(entry).stream().anyMatch(ofState::contains)))
                .isSubsetOf(shown);
    }
}
