package hopline.flows.state.collection;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;

/// Writes the state of a large node and of a large cluster, healthy both, from the published schemas: to try
/// how they are read, and how fast. From the command line,
///
/// ```
/// java flows/src/test/java/hopline/flows/state/collection/LargeState.java FOLDER
/// ```
///
/// writes `FOLDER/node` and `FOLDER/cluster`; then compare `hopline state check FOLDER/node` with `jq . FILE` on
/// the same files.
final class LargeState {

    static final int LOAD_BALANCERS = 600;
    static final int RULES = 1_300;
    static final int SERVICES = 10_000;
    static final int BACKENDS = 5;

    private static final int VIPS = 10 << 24 | 96 << 16;
    private static final int PODS = 10 << 24 | 128 << 16;

    private LargeState() {}

    /// Writes both below the folder that is named.
    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        writeNode(Files.createDirectories(folder.resolve("node")));
        writeCluster(Files.createDirectories(folder.resolve("cluster")));
    }

    /// Endpoints, load balancers, and VFP's rules as text and as JSON.
    static void writeNode(Path folder) throws IOException {
        try (PrintWriter out = open(folder, "endpoint.txt")) {
            list(out, 2 * LOAD_BALANCERS, LargeState::endpoint);
        }
        try (PrintWriter out = open(folder, "policy.txt")) {
            list(out, LOAD_BALANCERS, LargeState::loadBalancer);
        }
        try (PrintWriter out = open(folder, "vfpOutput.txt")) {
            out.printf("Policy for port : %n%s%nITEM LIST%n===========%n%n", guid(300_000));
            out.printf("    LAYER : LB_DSR%n        Friendly name : LB_DSR%n        Priority : 40%n");
            out.printf("        GROUP : LB_DSR_IPv4_OUT%n            Direction : OUT%n");
            for (int i = 0; i < RULES; i++) {
                out.print(ruleText(i));
            }
            out.printf("Command get-rule-counter succeeded!%n");
        }
        try (PrintWriter out = open(folder, "vfpRules.json")) {
            out.printf("{ \"Layers\": [ { \"Id\": \"LB_DSR\", \"Priority\": 40, \"Groups\": [ { \"Id\": "
                    + "\"LB_DSR_IPv4_OUT\", \"Rules\": ");
            list(out, RULES, LargeState::ruleJson);
            out.printf("} ] } ] }%n");
        }
    }

    /// Services and the slices of their backends.
    static void writeCluster(Path folder) throws IOException {
        try (PrintWriter out = open(folder, "services.json")) {
            out.printf("{ \"apiVersion\": \"v1\", \"kind\": \"List\", \"items\": ");
            list(out, SERVICES, LargeState::service);
            out.printf("}%n");
        }
        try (PrintWriter out = open(folder, "endpointslices.json")) {
            out.printf("{ \"apiVersion\": \"v1\", \"kind\": \"List\", \"items\": ");
            list(out, SERVICES, LargeState::slice);
            out.printf("}%n");
        }
    }

    private interface Item {
        String text(int index);
    }

    private static PrintWriter open(Path folder, String name) throws IOException {
        return new PrintWriter(Files.newBufferedWriter(folder.resolve(name)));
    }

    private static void list(PrintWriter out, int count, Item item) {
        out.println("[");
        for (int i = 0; i < count; i++) {
            out.print(item.text(i));
            out.println(i == count - 1 ? "" : ",");
        }
        out.println("]");
    }

    private static String guid(int number) {
        return "%08x-0000-4000-8000-%012x".formatted(number, number);
    }

    private static String ip(int base, int index) {
        int bits = base + index;
        return (bits >>> 24) + "." + (bits >>> 16 & 0xff) + "." + (bits >>> 8 & 0xff) + "." + (bits & 0xff);
    }

    private static String vip(int index) {
        return ip(VIPS, 1 + index);
    }

    private static String pod(int index) {
        return ip(PODS, 1 + index);
    }

    private static String endpoint(int index) {
        return """
                    {
                        "ID":  "%s",
                        "IPAddress":  "%s",
                        "MacAddress":  "02-11-%02X-%02X-00-00",
                        "Name":  "Ethernet",
                        "IsRemoteEndpoint":  true,
                        "State":  1,
                        "Type":  "L2Bridge",
                        "VirtualNetwork":  "%s",
                        "VirtualNetworkName":  "cbr0",
                        "Policies":  [
                                         {
                                             "Type":  "L2Driver"
                                         }
                                     ]
                    }"""
                .formatted(guid(100_000 + index), pod(index), index >> 8, index & 0xff, guid(1));
    }

    private static String loadBalancer(int index) {
        return """
                    {
                        "ID":  "%s",
                        "IsApplied":  false,
                        "State":  2,
                        "Policies":  [
                                         {
                                             "ExternalPort":  80,
                                             "InternalPort":  8080,
                                             "Protocol":  6,
                                             "Type":  "ELB",
                                             "IsDSR":  true,
                                             "VIPs":  [
                                                          "%s"
                                                      ]
                                         }
                                     ],
                        "References":  [
                                           "/endpoints/%s",
                                           "/endpoints/%s"
                                       ]
                    }"""
                .formatted(guid(200_000 + index), vip(index), guid(100_000 + 2 * index), guid(100_000 + 2 * index + 1));
    }

    private static String ruleName(int index) {
        int service = index % LOAD_BALANCERS;
        return "LB_DSR_%05X_10.0.0.1_%s_%d_8080_6".formatted(index, vip(service), 80 + index / LOAD_BALANCERS);
    }

    private static String ruleText(int index) {
        int service = index % LOAD_BALANCERS;
        return """
                        RULE :\s
                            Friendly name : %s
                            Priority : 100
                            Flags : 1 terminating\s
                            Type : lbnat
                            Conditions:
                                Protocols : 6
                                Destination IP : %s
                                Destination ports : %d
                            Flow TTL: 240
                            Rule Data:
                                Decrementing TTL
                                Fixing MAC
                                Modifying destination IP
                                Modifying destination port
                                Creating a flow pair
                                Map space : {53F19CE3-474C-4059-98F5-870001D05A4F}
                                Count of DIP Ranges: 2
                                DIP Range(s) :
                                    { %s : 8080 }
                                    { %s : 8080 }
                            FlagsEx : 0
                            Matched packets : %d
                            Dropped packets : 0
                            Pending packets : 0
                            Dropped flows : 0
                """
                .formatted(
                        ruleName(index),
                        vip(service),
                        80 + index / LOAD_BALANCERS,
                        pod(2 * service),
                        pod(2 * service + 1),
                        index);
    }

    private static String ruleJson(int index) {
        int service = index % LOAD_BALANCERS;
        return """
                {
                  "Id": "%s",
                  "Name": "%s",
                  "Type": 4,
                  "SubType": 0,
                  "Priority": 100,
                  "RuleFlags": 1,
                  "MssDelta": 0,
                  "Conditions": [
                    { "ConditionType": 1, "ProtocolList": [ 6 ] },
                    { "ConditionType": 5, "DestinationPortList": [ %d ] },
                    { "ConditionType": 11, "DestinationIPv4RangeList": [ { "L": "%s", "H": "%s" } ] }
                  ],
                  "InformationArray": [
                    {
                      "RuleCounters": {
                        "MatchedPackets": %d,
                        "DroppedPackets": 0,
                        "PendingPackets": 0,
                        "DroppedFlows": 0
                      }
                    }
                  ]
                }"""
                .formatted(
                        guid(index), ruleName(index), 80 + index / LOAD_BALANCERS, vip(service), vip(service), index);
    }

    private static String metadata(int index, String labels) {
        return """
                "metadata": {
                  "name": "service-%d",
                  "namespace": "team-%d",
                  "resourceVersion": "%d",
                  "uid": "%s",
                  "labels": { %s }
                }"""
                .formatted(index, index % 50, 1_000_000 + index, guid(index), labels);
    }

    private static String service(int index) {
        return """
                {
                "apiVersion": "v1",
                "kind": "Service",
                %s,
                "spec": {
                  "clusterIP": "%s",
                  "clusterIPs": [ "%s" ],
                  "ports": [ { "name": "http", "port": 80, "protocol": "TCP", "targetPort": 8080 } ],
                  "selector": { "app": "service-%d" },
                  "sessionAffinity": "None",
                  "type": "ClusterIP"
                }
                }"""
                .formatted(metadata(index, "\"app\": \"service-" + index + "\""), vip(index), vip(index), index);
    }

    private static String slice(int index) {
        StringBuilder endpoints = new StringBuilder();
        for (int i = 0; i < BACKENDS; i++) {
            endpoints
                    .append(i == 0 ? "" : ",\n")
                    .append(
                            """
                    {
                      "addresses": [ "%s" ],
                      "conditions": { "ready": true, "serving": true, "terminating": false },
                      "nodeName": "node-%d",
                      "targetRef": { "kind": "Pod", "name": "pod-%d-%d", "namespace": "team-%d", "uid": "%s" }
                    }"""
                                    .formatted(pod(BACKENDS * index + i), i, index, i, index % 50, guid(index)));
        }
        return """
                {
                "addressType": "IPv4",
                "apiVersion": "discovery.k8s.io/v1",
                "kind": "EndpointSlice",
                %s,
                "endpoints": [
                %s
                ],
                "ports": [ { "name": "http", "port": 8080, "protocol": "TCP" } ]
                }"""
                .formatted(metadata(index, "\"kubernetes.io/service-name\": \"service-" + index + "\""), endpoints);
    }
}
