package hopline.flows.check;

import static org.assertj.core.api.Assertions.assertThat;

import hopline.flows.check.StateFolder.Change;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// What looks like an entry of the failure catalogue and is none: the rule that is about the entry stays silent.
class StateNearMissesTest {

    private static final String BRIDGE = StateFolder.BRIDGE;
    private static final String OVERLAY = StateFolder.OVERLAY;
    private static final String ENDPOINT = "win-a/endpoint.txt";
    private static final String POLICY = "win-a/policy.txt";
    private static final String NODES = "cluster/nodes.json";
    private static final String PODS = "cluster/pods.json";
    private static final String ROUTES = "win-a/routes.txt";
    private static final String VFP = "win-a/vfpOutput.txt";
    private static final String LOG = "win-a/kube-proxy.log";

    private static final String IPTABLES = "linux-a/iptables-save.txt";
    private static final String ROUTED_POD =
            "9: cali0123456789a@if2: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1450 state UP\n"
                    + "    link/ether ee:ee:ee:ee:ee:ee brd ff:ff:ff:ff:ff:ff\n";

    private static final String OTHER_PROXY = "\"labels\":{\"service.kubernetes.io/service-proxy-name\":\"multus\"}";

    private static final String WEB =
            "\"5a3f044d-144d-4e4d-9f4d-00abcdef044d\",\"5a3f0450-1450-4e50-9f50-00abcdef0450\"";
    private static final String MAIL = "5a3f006a-106a-4a6a-9b6a-00abcdef006a";

    private static final String AWS = "\"providerID\": \"aws:///us-east-1a/i-0abc\", \"podCIDR\": \"10.244.1.0/24\"";

    /// What a service of the overlay was translated to, with the line after it.
    static final String OLD_ENDPOINT =
            "-A KUBE-SEP-OLD -p tcp -m comment --comment \"shop/web:http\" -m tcp -j DNAT --to-destination 10.244.2.29:80\n";

    /// @param entry of the failure catalogue, or blank
    /// @param what it is instead
    record NearMiss(String entry, String rule, String what, String folder, List<Change> changes) {
        @Override
        public String toString() {
            return entry + " " + rule + ": " + what;
        }
    }

    static final List<NearMiss> NEAR_MISSES = List.of(
            miss(
                    "",
                    "ip-forwarding-off",
                    "IPv6 that no pod has",
                    OVERLAY,
                    change(
                            "linux-a/sysctl.txt",
                            "+",
                            "net.ipv6.conf.all.forwarding = 0\nnet.bridge.bridge-nf-call-ip6tables = 0\n")),
            miss(
                    "",
                    "ip-forwarding-off",
                    "a range of IPv6 that no pod has an address of",
                    OVERLAY,
                    change(NODES, "\"10.244.0.0/24\"\n", "\"10.244.0.0/24\", \"fd00:244::/64\"\n"),
                    change("linux-a/sysctl.txt", "+", "net.ipv6.conf.all.forwarding = 0\n")),
            miss(
                    "",
                    "ip-forwarding-off",
                    "pods that are routed one by one, behind no bridge",
                    OVERLAY,
                    change("linux-a/bridge-link.txt", "master cni0 ", ""),
                    change("linux-a/ip-address.txt", "+", ROUTED_POD),
                    change("linux-a/sysctl.txt", "iptables = 1", "iptables = 0")),
            miss(
                    "",
                    "load-balancer-stale-backend",
                    "a chain of kube-proxy's that is not removed yet",
                    OVERLAY,
                    change(IPTABLES, "-A KUBE-SVC-API", OLD_ENDPOINT + "-A KUBE-SVC-API")),
            miss(
                    "",
                    "load-balancer-stale-backend",
                    "chains of kube-proxy's that no service leads to",
                    OVERLAY,
                    change(
                            IPTABLES,
                            "-A KUBE-SVC-API",
                            OLD_ENDPOINT + "-A KUBE-SVC-OLD -j KUBE-SEP-OLD\n-A KUBE-SVC-API")),
            miss(
                    "",
                    "load-balancer-missing",
                    "IPVS, which has a chain of the same name",
                    OVERLAY,
                    change(IPTABLES, "-A KUBE-SERVICES -d", "-A KUBE-OLD -d"),
                    change(
                            IPTABLES,
                            ":KUBE-SERVICES - [0:0]\n",
                            ":KUBE-SERVICES - [0:0]\n"
                                    + "-A KUBE-SERVICES -m set --match-set KUBE-CLUSTER-IP dst,dst -j ACCEPT\n")),
            miss(
                    "",
                    "load-balancer-missing",
                    "rules that somebody picked out of their table",
                    OVERLAY,
                    change(IPTABLES, "-A KUBE-SERVICES -d 10.96.0.1/32", "-A KUBE-OLD -d 10.96.0.1/32"),
                    change(IPTABLES, ":KUBE-SERVICES - [0:0]\n", "")),
            miss(
                    "",
                    "load-balancer-missing",
                    "an address of IPv4 where all endpoints have one of IPv6",
                    OVERLAY,
                    change("cluster/services.json", "+", service("six", "10.96.8.9")),
                    change("cluster/endpointslices.json", "+", slice("six", "[{\"addresses\":[\"fd00:244::5\"]}]"))),
            miss(
                    "F01",
                    "nat-exception-invalid",
                    "as wide as a private range is",
                    BRIDGE,
                    change(ENDPOINT, "10.244.0.0/16", "10.0.0.0/8")),
            miss(
                    "F01",
                    "nat-exception-invalid",
                    "a template that was not filled in",
                    BRIDGE,
                    change("win-a/cni.conf", "10.244.0.0/16", "__K8S_POD_CIDR__")),
            miss(
                    "F03",
                    "nat-exception-missing",
                    "one wider range for pods",
                    BRIDGE,
                    change(ENDPOINT, "10.244.0.0/16", "10.240.0.0/12")),
            miss(
                    "F03",
                    "nat-exception-missing",
                    "the placeholder that makes the virtual switch, as Azure calls it",
                    BRIDGE,
                    change(
                            "win-a/network.txt",
                            "+",
                            "\n{\"ID\":\"a1\",\"Name\":\"ext\",\"Type\":\"L2Bridge\",\"ManagementIP\":\"10.127.130.36\","
                                    + "\"Subnets\":[{\"AddressPrefix\":\"192.168.255.0/30\"}]}\n")),
            miss(
                    "F03",
                    "nat-exception-missing",
                    "the range of a node to which Calico gives others",
                    BRIDGE,
                    change(
                            "cluster/nodes.json",
                            "+",
                            """
                            {"apiVersion":"v1","kind":"Node","metadata":{"name":"linux-c","annotations":
                            {"projectcalico.org/IPv4VXLANTunnelAddr":"10.244.77.0"}},"spec":{"podCIDR":"172.16.5.0/24"}}
                            """)),
            miss(
                    "F47",
                    "route-missing",
                    "a default route by several next hops",
                    OVERLAY,
                    change(
                            "linux-a/ip-route.txt",
                            "default via 10.20.0.1 dev eth0 proto static",
                            "default proto static \n\tnexthop via 10.20.0.1 dev eth0 weight 1 \n"
                                    + "\tnexthop via 10.20.0.2 dev eth0 weight 1 ")),
            miss(
                    "F05",
                    "route-missing",
                    "where the cloud routes to pods",
                    BRIDGE,
                    change(NODES, "backend-type", "another"),
                    change("win-a/flanneld.log", "Subnet added", "Subnet seen"),
                    change(ROUTES, "10.244.0.0/24", "10.99.0.0/24"),
                    change(ROUTES, "10.244.2.0/24", "10.99.2.0/24")),
            miss(
                    "F04",
                    "l2-rewrite-rule-missing",
                    "the same MAC address in small letters with colons",
                    BRIDGE,
                    change(VFP, "Source MAC : 00-15-5D-AA-BF-32", "Source MAC : 00:15:5d:aa:bf:32")),
            miss(
                    "F05",
                    "route-missing",
                    "a wider route through the right node",
                    BRIDGE,
                    change(ROUTES, "10.244.2.0/24", "10.244.2.0/23")),
            miss(
                    "F05",
                    "route-missing",
                    "the range of a node that left",
                    BRIDGE,
                    change(
                            "win-a/flanneld.log",
                            "+",
                            "I0301 10:00:00.000000 2920 route_network_windows.go:94] Subnet added: 10.244.8.0/24 via"
                                    + " 10.127.130.99\nI0301 10:01:00.000000 2920 route_network_windows.go:120] Subnet"
                                    + " removed: 10.244.8.0/24\n")),
            miss(
                    "F08",
                    "remote-subnet-route-missing",
                    "one wider route",
                    OVERLAY,
                    change(
                            "win-a/network.txt",
                            "\"DestinationPrefix\": \"10.244.2.0/24\"",
                            "\"DestinationPrefix\": \"10.244.2.0/23\"")),
            miss(
                    "F08",
                    "vfp-rule-missing",
                    "the layers of routes were not printed",
                    OVERLAY,
                    change(VFP, "VNET_PA_ROUTE_LAYER", "OTHER_LAYER"),
                    change(VFP, "Type : routeencap", "Type : allow"),
                    change(VFP, "Encap Type: VXLAN", ""),
                    change(VFP, "Encap Source IP", "Other IP"),
                    change(VFP, "{ IP address", "{ Other address")),
            miss(
                    "F09",
                    "vfp-rule-missing",
                    "the rule under another name",
                    OVERLAY,
                    change(VFP, "REMOTESUBNETROUTE_ENCAP_", "ROUTE_")),
            miss(
                    "F10",
                    "management-ip-invalid",
                    "another address of the same node",
                    BRIDGE,
                    change("win-a/hnsdiag.txt", "10.127.130.36\"", "192.0.2.36\""),
                    change(
                            NODES,
                            "\"address\": \"10.127.130.36\"",
                            "\"address\": \"10.127.130.36\" }, { \"type\": \"ExternalIP\", \"address\": \"192.0.2.36\"")),
            miss(
                    "F11",
                    "remote-subnet-route-wrong",
                    "the second address of the right node",
                    OVERLAY,
                    change("win-a/network.txt", "\"10.20.0.12\"", "\"10.30.0.12\""),
                    change(VFP, "IP address=10.20.0.12", "IP address=10.30.0.12"),
                    change(
                            NODES,
                            "\"address\": \"10.20.0.12\"",
                            "\"address\": \"10.20.0.12\" }, { \"type\": \"InternalIP\", \"address\": \"10.30.0.12\"")),
            miss(
                    "F12",
                    "vxlan-config-mismatch",
                    "a network without tunnels has no VNI",
                    OVERLAY,
                    change("linux-a/net-conf.json", "\"vxlan\"", "\"host-gw\""),
                    change("linux-a/net-conf.json", "4096", "1")),
            miss(
                    "F13",
                    "vxlan-config-mismatch",
                    "port 8472 where no tunnel is",
                    OVERLAY,
                    change("linux-a/net-conf.json", "\"vxlan\"", "\"wireguard\""),
                    change("linux-a/net-conf.json", "4789", "8472")),
            miss(
                    "F14",
                    "essential-traffic-blocked",
                    "a blocking rule that is disabled, one for what goes out, one for another port",
                    OVERLAY,
                    change("win-a/ip.txt", "+", firewall("No", "In", "UDP", "4789")),
                    change("win-a/ip.txt", "+", firewall("Yes", "Out", "UDP", "4789")),
                    change("win-a/ip.txt", "+", firewall("Yes", "In", "UDP", "4790-5000"))),
            miss(
                    "F14",
                    "essential-traffic-blocked",
                    "blocking rules for other addresses, one profile, one program",
                    OVERLAY,
                    change("win-a/ip.txt", "+", narrow("RemoteIP:   203.0.113.0/24")),
                    change("win-a/ip.txt", "+", narrow("RemoteIP:   LocalSubnet")),
                    change("win-a/ip.txt", "+", narrow("LocalIP:   192.0.2.1/32")),
                    change("win-a/ip.txt", "+", narrow("Profiles:   Public")),
                    change("win-a/ip.txt", "+", narrow("Program:   C:\\tools\\agent.exe"))),
            miss(
                    "F15",
                    "vxlan-config-mismatch",
                    "the same MAC address with colons",
                    OVERLAY,
                    change("win-a/network.txt", "00-15-5D-B9-70-8B", "00:15:5d:b9:70:8b"),
                    change(
                            "linux-a/ip-route.txt",
                            "+",
                            "10.244.1.0 dev flannel.4096 lladdr 00:15:5d:b9:70:8a PERMANENT\n")),
            miss(
                    "F17",
                    "load-balancer-missing",
                    "a headless service has no load balancer, nor has one without endpoints",
                    OVERLAY,
                    change("cluster/services.json", "+", service("headless", "None")),
                    change("cluster/endpointslices.json", "+", slice("headless", endpoints(1))),
                    change("cluster/services.json", "+", service("idle", "10.96.44.44")),
                    change("cluster/endpointslices.json", "+", slice("idle", "[]"))),
            miss(
                    "F18",
                    "vfp-rule-missing",
                    "no port's load balancing was printed",
                    BRIDGE,
                    change(VFP, "Type : lbnat", "Type : allow")),
            miss(
                    "F19",
                    "load-balancer-stale-backend",
                    "services that share an address, each at ports of its own",
                    OVERLAY,
                    change(
                            "cluster/services.json",
                            "\"clusterIP\": \"10.102.220.146\"",
                            "\"externalIPs\": [\"192.0.2.80\"], \"clusterIP\": \"10.102.220.146\""),
                    change(
                            "cluster/services.json",
                            "+",
                            service("mail", "10.96.8.9")
                                    .replace("\"port\":80", "\"port\":25")
                                    .replace("\"ports\"", "\"externalIPs\":[\"192.0.2.80\"],\"ports\"")),
                    change("cluster/endpointslices.json", "+", slice("mail", endpoints(1))),
                    change("win-a/endpoint.txt", "+", StateFolder.remoteEndpoint("10.245.0.1", MAIL)),
                    change(POLICY, "\n]", "," + shared(80, WEB) + "," + shared(25, '"' + MAIL + '"') + "\n]"),
                    change(
                            "win-a/vfpOutput.txt",
                            "+",
                            sharedDsr(80, "10.244.1.21").concat(sharedDsr(25, "10.245.0.1")))),
            miss(
                    "F19",
                    "load-balancer-stale-backend",
                    "a backend that ends, and still serves",
                    BRIDGE,
                    change(
                            "cluster/endpointslices.json",
                            "\"ready\": true,\n            \"serving\": true,\n            \"terminating\": false\n"
                                    + "          },\n          \"nodeName\": \"win-b\"",
                            "\"ready\": false,\n            \"serving\": true,\n            \"terminating\": true\n"
                                    + "          },\n          \"nodeName\": \"win-b\"")),
            miss(
                    "F20",
                    "duplicate-endpoint",
                    "one endpoint, listed in two files",
                    BRIDGE,
                    change(
                            "win-a/hnsdiag.txt",
                            "+",
                            StateFolder.remoteEndpoint("10.244.2.21", "5A3F006A-106A-4A6A-9B6A-00ABCDEF006A"))),
            miss(
                    "F21",
                    "load-balancer-wrong-port",
                    "the pods' port is the other one, too",
                    BRIDGE,
                    change(POLICY, "\"InternalPort\": 80", "\"InternalPort\": 8080"),
                    change("cluster/endpointslices.json", "\"port\": 80,", "\"port\": 8080,")),
            miss(
                    "F22",
                    "load-balancer-missing",
                    "one load balancer for both protocols",
                    OVERLAY,
                    change(
                            POLICY,
                            "\"PortMappings\": [\n      {\n        \"Protocol\": 17,",
                            "\"PortMappings\": [\n      {\"Protocol\": 6, \"InternalPort\": 53, \"ExternalPort\": 53},"
                                    + "\n      {\n        \"Protocol\": 17,")),
            miss(
                    "F23",
                    "dns-server-wrong",
                    "a DNS cache on every node",
                    BRIDGE,
                    change("win-a/cni.conf", "10.96.0.10\"", "169.254.20.10\"")),
            miss(
                    "F23",
                    "dns-server-wrong",
                    "the node itself asks its own server",
                    BRIDGE,
                    change("win-a/ip.txt", "10.127.130.7", "10.127.130.8")),
            miss(
                    "F24",
                    "source-vip-wrong",
                    "the node's own address",
                    OVERLAY,
                    change(POLICY, "\"SourceVIP\": \"10.244.1.2\"", "\"SourceVIP\": \"10.20.0.11\"")),
            miss(
                    "F25",
                    "source-vip-wrong",
                    "no source at all",
                    OVERLAY,
                    change(POLICY, "\"SourceVIP\": \"10.20.0.11\"", "\"SourceVIP\": \"\"")),
            miss(
                    "F26",
                    "duplicate-endpoint",
                    "many backends elsewhere have one name",
                    BRIDGE,
                    change(ENDPOINT, "\"cbr0_ep\"", "\"Calico_ep\"")),
            miss(
                    "F27",
                    "hairpin-mode-off",
                    "loopbackDSR is on",
                    BRIDGE,
                    change(
                            "win-a/cni.conf",
                            "\"cniVersion\"",
                            "\"optionalFlags\": {\"loopbackDSR\": true}, \"cniVersion\"")),
            miss(
                    "F32",
                    "snat-port-exhausted",
                    "few ranges, but more than ten",
                    BRIDGE,
                    change("win-a/reservedports.txt", "up to 171", "up to 11")),
            miss(
                    "F35",
                    "essential-traffic-blocked",
                    "DNS is let through first",
                    BRIDGE,
                    change(
                            ENDPOINT,
                            "\"Policies\": [",
                            "\"Policies\": ["
                                    + StateFaultsTest.acl("Allow", "Out", 17, "RemotePorts", "53", 100)
                                    + StateFaultsTest.acl("Block", "Out", 256, "RemotePorts", "", 1000))),
            miss(
                    "F36",
                    "known-build-defect",
                    "the revision with the update",
                    BRIDGE,
                    change("win-a/winver.txt", "20348.3091", "17763.5696")),
            miss(
                    "F37",
                    "known-build-defect",
                    "the revision that cured it",
                    BRIDGE,
                    change("win-a/winver.txt", "20348.3091", "20348.2762")),
            miss(
                    "F39",
                    "known-build-defect",
                    "the revision that cured it",
                    BRIDGE,
                    change("win-a/winver.txt", "20348.3091", "17763.1518")),
            miss(
                    "F39",
                    "vfp-rule-missing",
                    "the layer's older name",
                    OVERLAY,
                    change(VFP, "SLB_DECAP_LAYER_STATEFUL", "SLB_DECAP_LAYER")),
            miss(
                    "F40",
                    "endpoint-missing",
                    "a pod with the node's address, and one that has ended",
                    BRIDGE,
                    change(PODS, "+", StateFolder.pod("agent", "win-a", "10.127.130.36", true, "agent")),
                    change(
                            PODS,
                            "+",
                            StateFolder.pod("job", "win-a", "10.244.1.77", false, "job")
                                    .replace("Running", "Succeeded"))),
            miss(
                    "F41",
                    "sandbox-failed",
                    "a sandbox that was made",
                    BRIDGE,
                    change(
                            LOG,
                            "+",
                            "I0301 10:21:50.000000    2204 kuberuntime_sandbox.go:72] \"Created sandbox for pod\" pod=\"shop/web-1\"\n")),
            miss(
                    "F42",
                    "gateway-address-wrong",
                    "the node's own gateway is another",
                    BRIDGE,
                    change("win-a/ip.txt", "10.127.130.1\r", "10.127.130.254\r")),
            miss(
                    "F42",
                    "gateway-address-wrong",
                    "an endpoint that does not say its gateway",
                    BRIDGE,
                    change(ENDPOINT, "\"GatewayAddress\": \"10.244.1.2\"", "\"GatewayAddress\": \"\"")),
            miss(
                    "F43",
                    "port-blocked",
                    "another setting of the port is on",
                    BRIDGE,
                    change(VFP, "    Blocked : FALSE", "    Preserving Vlan : TRUE\n    Blocked : FALSE")),
            miss(
                    "F44",
                    "mtu-config-wrong",
                    "an adapter of pods that leaves room for the tunnel",
                    OVERLAY,
                    change(
                            ROUTES,
                            "+",
                            "12      vEthernet (Ethernet) IPv4 1500 25 Enabled Connected ActiveStore\n"
                                    + "44      vEthernet (a85b1b1b99600bf5_flannel) IPv4 1450 25 Disabled Connected ActiveStore\n")),
            miss(
                    "F45",
                    "management-ip-invalid",
                    "an address of its own besides that of the link",
                    BRIDGE,
                    change("win-a/ip.txt", "10.127.130.36(Preferred)", "169.254.12.7(Preferred)")),
            miss(
                    "F46",
                    "route-missing",
                    "the route to the metadata server is there",
                    BRIDGE,
                    change(NODES, "\"podCIDR\": \"10.244.1.0/24\"", AWS),
                    change(ROUTES, "+", "24      169.254.169.254/32   10.127.130.1     256 15 ActiveStore\r\n")),
            miss(
                    "F47",
                    "route-missing",
                    "the default route of IPv6 is there",
                    OVERLAY,
                    StateFolder.IPV6_NODE,
                    change(
                            ROUTES,
                            "+",
                            StateFolder.IPV6_ROUTES
                                    + "12      ::/0                 fe80::1          256 25 ActiveStore\n")),
            miss("F47", "route-missing", "only routes of IPv4 were listed", OVERLAY, StateFolder.IPV6_NODE),
            miss(
                    "F49",
                    "load-balancer-stale-backend",
                    "the endpoint's id in small letters",
                    BRIDGE,
                    change(
                            POLICY,
                            "/endpoints/5A3F0066-1066-4A66-9B66-00ABCDEF0066",
                            "/endpoints/5a3f0066-1066-4a66-9b66-00abcdef0066")),
            miss(
                    "F50",
                    "load-balancer-stale-backend",
                    "an address of a node, for health checks",
                    OVERLAY,
                    change(
                            POLICY,
                            "\"FrontendVIPs\": [\n      \"10.96.0.1\"",
                            "\"FrontendVIPs\": [\n      \"10.96.0.1\", \"10.20.0.11\"")),
            miss(
                    "F51",
                    "known-build-defect",
                    "the words in another log line",
                    BRIDGE,
                    change(LOG, "+", "I0301 10:21:50.000000    3112 proxier.go:900] \"Hashing endpoints\" count=3\n")),
            miss(
                    "F52",
                    "component-not-running",
                    "the name is told, in its command, in its file or by a variable",
                    BRIDGE,
                    change("win-a/processes.txt", "+", "C:\\k\\kube-proxy.exe --v=4 --hostname-override=win-a\n"),
                    change(PODS, "+", kubeProxy("1", "kube-proxy.exe --config=c:/k/kube-proxy.conf")),
                    change(PODS, "+", kubeProxy("2", "kube-proxy.exe --hostname-override=win-a")),
                    change(PODS, "+", kubeProxy("3", "pwsh start.ps1 kube-proxy.exe $env:ARGUMENTS"))),
            miss(
                    "F52",
                    "component-not-running",
                    "a Linux node needs no such option",
                    BRIDGE,
                    change(PODS, "+", kubeProxy("4", "kube-proxy --v=2").replace("\"win-a\"", "\"linux-a\""))),
            miss(
                    "F53",
                    "forward-policy-drop",
                    "pods' packets are accepted before",
                    OVERLAY,
                    change("linux-a/iptables-save.txt", ":FORWARD ACCEPT", ":FORWARD DROP"),
                    change(
                            "linux-a/iptables-save.txt",
                            "-A FORWARD -m comment",
                            "-A FORWARD -s 10.244.0.0/16 -j ACCEPT\n-A FORWARD -m comment")),
            miss(
                    "F53",
                    "forward-policy-drop",
                    "a plugin's own chain accepts them",
                    OVERLAY,
                    change("linux-a/iptables-save.txt", ":FORWARD ACCEPT", ":FORWARD DROP"),
                    change(
                            "linux-a/iptables-save.txt",
                            "-A FORWARD -m comment",
                            "-A ANTREA-FORWARD -i antrea-gw0 -j ACCEPT\n-A FORWARD -j ANTREA-FORWARD\n-A FORWARD -m comment")),
            miss(
                    "F53",
                    "load-balancer-missing",
                    "a service that another proxy is for",
                    OVERLAY,
                    change(
                            "cluster/services.json",
                            "+",
                            service("far", "10.96.8.9").replace("\"shop\"}", "\"shop\"," + OTHER_PROXY + "}")),
                    change("cluster/endpointslices.json", "+", slice("far", endpoints(1)))),
            miss(
                    "F54",
                    "hairpin-mode-off",
                    "a bridge port that is no pod's",
                    OVERLAY,
                    change(
                            "linux-a/bridge-link.txt",
                            "+",
                            "7: eth1: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 master cni0 state forwarding priority 32 cost 2\n"
                                    + "    hairpin off guard off\n")),
            miss(
                    "F54",
                    "hairpin-mode-off",
                    "containers of Docker's own beside the cluster",
                    OVERLAY,
                    change(
                            "linux-a/bridge-link.txt",
                            "+",
                            """
                            7: veth77@if6: <BROADCAST,UP> mtu 1500 master docker0 state forwarding priority 32 cost 2
                                hairpin off guard off
                            8: veth88@if6: <BROADCAST,UP> mtu 1500 master br-0123456789ab state forwarding priority 32 cost 2
                                hairpin off guard off
                            """)),
            miss(
                    "F59",
                    "service-over-limit",
                    "many endpoints, not too many",
                    OVERLAY,
                    change("cluster/services.json", "+", service("large", "10.96.55.55")),
                    change("cluster/endpointslices.json", "+", slice("large", endpoints(1000)))),
            miss(
                    "F60",
                    "vfp-extension-disabled",
                    "the extension's id of Windows Server 2019",
                    BRIDGE,
                    change(
                            "win-a/hnsdiag.txt",
                            "F74F241B-440F-4433-BB28-00F89EAD20D8",
                            "E9B59CFA-2BE1-4B21-828F-B6FBDBDDC017")),
            miss(
                    "",
                    "load-balancer-not-applied",
                    "node ports and external addresses have no DSR by design",
                    OVERLAY,
                    change(
                            "cluster/services.json",
                            "\"clusterIP\": \"10.102.220.146\"",
                            "\"externalIPs\": [\"192.0.2.80\"], \"clusterIP\": \"10.102.220.146\""),
                    change(
                            POLICY,
                            "\n]",
                            ",{\"ID\":\"x\",\"HostComputeEndpoints\":[\"5a3f044d-144d-4e4d-9f4d-00abcdef044d\"],\"Flags\":0,"
                                    + "\"FrontendVIPs\":[\"192.0.2.80\"],\"PortMappings\":[{\"Protocol\":6,\"InternalPort\":80,"
                                    + "\"ExternalPort\":80}]}\n]")),
            miss(
                    "",
                    "load-balancer-not-applied",
                    "no service has DSR",
                    OVERLAY,
                    change(POLICY, "\"Flags\": 1", "\"Flags\": 0")),
            miss(
                    "",
                    "endpoint-not-attached",
                    "a backend that a load balancer names",
                    BRIDGE,
                    change(
                            "win-a/hnsdiag.txt",
                            "+",
                            StateFolder.remoteEndpoint("10.244.2.21", "5A3F006A-106A-4A6A-9B6A-00ABCDEF006A"))),
            miss(
                    "",
                    "endpoint-not-attached",
                    "what kube-proxy makes in an overlay for its source and for a service's address",
                    OVERLAY,
                    change("win-a/endpoint.txt", "\"Name\": \"source-vip\"", "\"Name\": \"Ethernet\""),
                    change(
                            "win-a/endpoint.txt",
                            "\"State\": 3\n  },\n  {\n    \"ID\": \"5A3F044F",
                            "\"State\": 1\n  },\n  {\n    \"ID\": \"5A3F044F"),
                    change("win-a/endpoint.txt", "+", StateFolder.remoteEndpoint("10.102.220.146", MAIL))),
            miss(
                    "",
                    "image-build-mismatch",
                    "the node's build, or several",
                    BRIDGE,
                    change(
                            "win-a/processes.txt",
                            "+",
                            "C:\\k\\kubelet.exe --pod-infra-container-image=mcr.example/oss/pause:ltsc2022 --v=4\n"),
                    change(LOG, "+", "    sandbox_image = \"mcr.example/oss/pause:3.9\"\n")),
            miss(
                    "",
                    "image-build-mismatch",
                    "Server 2025 runs images of Server 2022",
                    BRIDGE,
                    change("win-a/winver.txt", "10.0.20348.3091", "10.0.26100.1742"),
                    change(
                            "win-a/processes.txt",
                            "+",
                            "C:\\k\\kubelet.exe --pod-infra-container-image=mcr.example/oss/pause:ltsc2022 --v=4\n")),
            miss(
                    "",
                    "component-not-running",
                    "a short list of processes may leave some out",
                    BRIDGE,
                    change("win-a/processes.txt", "svchost.exe", "lsass.exe"),
                    change("win-a/processes.txt", "kubelet.exe", "other.exe")));

    @TempDir
    Path folder;

    private static NearMiss miss(String entry, String rule, String what, String folder, Change... changes) {
        return new NearMiss(entry, rule, what, folder, Arrays.asList(changes));
    }

    private static Change change(String file, String from, String to) {
        return new Change(file, from, to);
    }

    private static String firewall(String enabled, String direction, String protocol, String ports) {
        return "\r\nRule Name:   Hardening\r\nEnabled:   " + enabled + "\r\nDirection:   " + direction
                + "\r\nProtocol:   " + protocol + "\r\nLocalPort:   " + ports + "\r\nAction:   Block\r\n";
    }

    private static String narrow(String field) {
        return firewall("Yes", "In", "Any", "Any").replace("\r\nAction", "\r\n" + field + "\r\nAction");
    }

    /// A load balancer of an address that several services have.
    private static String shared(int port, String endpoints) {
        return "{\"ID\":\"shared-" + port + "\",\"HostComputeEndpoints\":[" + endpoints
                + "],\"Flags\":0,\"FrontendVIPs\":[\"192.0.2.80\"],\"PortMappings\":[{\"Protocol\":6,\"InternalPort\":80,"
                + "\"ExternalPort\":" + port + "}]}";
    }

    private static String sharedDsr(int port, String backend) {
        return StateFolder.dsrPort("5A3F0999-1999-4999-9999-00ABCDEF0999", "192.0.2.80", backend)
                .replace("53", String.valueOf(port))
                .replace("Protocols : 17", "Protocols : 6");
    }

    private static String service(String name, String address) {
        return "{\"apiVersion\":\"v1\",\"kind\":\"Service\",\"metadata\":{\"name\":\"" + name
                + "\",\"namespace\":\"shop\"},\"spec\":{\"clusterIP\":\"" + address
                + "\",\"ports\":[{\"port\":80}],\"selector\":{\"app\":\"web\"}}}\n";
    }

    private static String slice(String service, String endpoints) {
        return "{\"apiVersion\":\"discovery.k8s.io/v1\",\"kind\":\"EndpointSlice\",\"addressType\":\"IPv4\",\"metadata\":"
                + "{\"name\":\"" + service + "-1\",\"namespace\":\"shop\",\"labels\":{\"kubernetes.io/service-name\":\""
                + service + "\"}},\"endpoints\":" + endpoints + ",\"ports\":[{\"port\":8080}]}\n";
    }

    private static String endpoints(int count) {
        StringBuilder endpoints = new StringBuilder("[");
        for (int i = 0; i < count; i++) {
            endpoints
                    .append(i == 0 ? "" : ",")
                    .append("{\"addresses\":[\"10.245.%d.%d\"]}".formatted(i / 250, i % 250 + 1));
        }
        return endpoints.append(']').toString();
    }

    private static String kubeProxy(String name, String command) {
        return StateFolder.pod("kube-proxy-" + name, "win-a", "10.127.130.36", true, command);
    }

    @ParameterizedTest
    @FieldSource("NEAR_MISSES")
    void isNoFault(NearMiss miss) throws IOException {
        assertThat(StateFolder.copyOf(miss.folder(), folder)
                        .with(miss.changes())
                        .check())
                .filteredOn(finding -> finding.rule().id().equals(miss.rule()))
                .isEmpty();
    }

    /// Each entry that a rule about state shows has a near miss of that rule.
    @Test
    void everyEntryThatStateShowsHasOne() {
        Set<String> ofState = StateRules.all().stream().map(StateRule::id).collect(Collectors.toSet());
        Set<String> wanted = Catalogue.entries().stream()
                .filter(entry -> Catalogue.rules(entry).stream().anyMatch(ofState::contains))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> shown = NEAR_MISSES.stream().map(NearMiss::entry).collect(Collectors.toCollection(TreeSet::new));
        assertThat(shown).containsAll(wanted);
        assertThat(NEAR_MISSES).allSatisfy(miss -> assertThat(
                        miss.entry().isEmpty() || Catalogue.rules(miss.entry()).contains(miss.rule()))
                .as(miss.toString())
                .isTrue());
    }
}
