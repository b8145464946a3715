#!/usr/bin/env python3
"""Builds the folders beside it: the state of a cluster's two Windows nodes, for each kind of network.

Made from the published schemas of kubectl, HNS and vfpctrl, because no complete real collection is public;
names, addresses and identifiers are invented. Each folder is what one healthy installation would hold.
"""

import json
import uuid
from pathlib import Path

HERE = Path(__file__).parent
NODES = {
    "win-a": {"ip": "10.20.0.11", "pods": "10.244.1", "mac": "00-15-5D-20-00-0A", "router": "00-15-5D-B9-70-8A"},
    "win-b": {"ip": "10.20.0.12", "pods": "10.244.2", "mac": "00-15-5D-20-00-0B", "router": "00-15-5D-B9-70-8B"},
}
PODS = {
    ("shop", "client"): ("win-a", 11, {}, None),
    ("shop", "web-1"): ("win-a", 21, {"app": "web"}, 8080),
    ("shop", "web-2"): ("win-b", 21, {"app": "web"}, 8080),
    ("shop", "self"): ("win-a", 31, {"app": "self"}, 8080),
    ("kube-system", "dns-1"): ("win-b", 53, {"k8s-app": "kube-dns"}, 53),
}
# name: address, port name, protocol, port, target port, node port, pods, extra
SERVICES = [
    ("shop", "web", "10.96.80.15", "http", "TCP", 80, 8080, 31080, ["web-1", "web-2"], {}),
    ("shop", "self", "10.96.80.16", "http", "TCP", 80, 8080, 0, ["self"], {}),
    ("shop", "edge", "10.96.80.17", "http", "TCP", 80, 8080, 31090, ["web-1"], {"externalTrafficPolicy": "Local"}),
    ("kube-system", "kube-dns", "10.96.0.10", "dns", "UDP", 53, 53, 0, ["dns-1"], {}),
    ("kube-system", "kube-dns", "10.96.0.10", "dns-tcp", "TCP", 53, 53, 0, ["dns-1"], {}),
]
EXCEPTIONS = ["10.244.0.0/16", "10.96.0.0/12", "10.20.0.0/24"]
RANGES = {"10.244.0.0/16": "10.244.0.0-10.244.255.255", "10.96.0.0/12": "10.96.0.0-10.111.255.255",
          "10.20.0.0/24": "10.20.0.0-10.20.0.255"}
NUMBERS = {"TCP": 6, "UDP": 17}
VNI = 4096


def guid(*parts):
    return str(uuid.uuid5(uuid.NAMESPACE_URL, "/".join(map(str, parts))))


def address(pod):
    node, host, _, _ = next(value for (_, name), value in PODS.items() if name == pod)
    return f"{NODES[node]['pods']}.{host}"


def mac(kind, ip):
    octets = [int(part) for part in ip.split(".")]
    if kind == "overlay":
        return "0E-2A-" + "-".join(f"{o:02X}" for o in octets)
    return "00-15-5D-AA-" + "-".join(f"{o:02X}" for o in octets[2:])


# --- the cluster's lists


def write_list(folder, name, items):
    listing = {"apiVersion": "v1", "items": items, "kind": "List", "metadata": {"resourceVersion": ""}}
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.json").write_text(json.dumps(listing, indent=1) + "\n")


def write_cluster(folder, kind):
    backend = "vxlan" if kind == "overlay" else "host-gw"
    write_list(folder, "nodes", [{
        "apiVersion": "v1", "kind": "Node",
        "metadata": {"name": name, "labels": {"kubernetes.io/os": "windows"}, "annotations": {
            "flannel.alpha.coreos.com/backend-type": backend,
            "flannel.alpha.coreos.com/backend-data":
                json.dumps({"VNI": VNI, "VtepMAC": node["router"].lower().replace("-", ":")})
                if kind == "overlay" else "null",
            "flannel.alpha.coreos.com/public-ip": node["ip"]}},
        "spec": {"podCIDR": node["pods"] + ".0/24", "podCIDRs": [node["pods"] + ".0/24"]},
        "status": {"addresses": [{"address": node["ip"], "type": "InternalIP"}],
                   "nodeInfo": {"operatingSystem": "windows", "osImage": "Windows Server 2022 Datacenter"}},
    } for name, node in NODES.items()])
    write_list(folder, "pods", [{
        "apiVersion": "v1", "kind": "Pod",
        "metadata": {"name": name, "namespace": namespace, "labels": labels, "uid": guid("pod", name)},
        "spec": {"nodeName": node, "containers": [{"name": "main"} | (
            {"ports": [{"containerPort": port, "protocol": "TCP"}]} if port else {})]},
        "status": {"phase": "Running", "podIP": address(name), "podIPs": [{"ip": address(name)}],
                   "hostIP": NODES[node]["ip"]},
    } for (namespace, name), (node, _, labels, port) in PODS.items()])
    services, slices = {}, {}
    for namespace, name, ip, port_name, protocol, port, target, node_port, pods, extra in SERVICES:
        selector = {"k8s-app": "kube-dns"} if name == "kube-dns" else {"app": "web" if name == "edge" else name}
        service = services.setdefault((namespace, name), {
            "apiVersion": "v1", "kind": "Service", "metadata": {"name": name, "namespace": namespace},
            "spec": {"clusterIP": ip, "clusterIPs": [ip], "ports": [], "selector": selector,
                     "type": "NodePort" if node_port else "ClusterIP"} | extra,
            "status": {"loadBalancer": {}}})
        entry = {"name": port_name, "port": port, "protocol": protocol, "targetPort": target}
        service["spec"]["ports"].append(entry | ({"nodePort": node_port} if node_port else {}))
        found = slices.setdefault((namespace, name), {
            "apiVersion": "discovery.k8s.io/v1", "kind": "EndpointSlice", "addressType": "IPv4",
            "metadata": {"name": name + "-x", "namespace": namespace,
                         "labels": {"kubernetes.io/service-name": name}},
            "endpoints": [{"addresses": [address(pod)], "nodeName": PODS[next(k for k in PODS if k[1] == pod)][0],
                           "conditions": {"ready": True, "serving": True, "terminating": False},
                           "targetRef": {"kind": "Pod", "name": pod, "namespace": namespace}} for pod in pods],
            "ports": []})
        found["ports"].append({"name": port_name, "port": target, "protocol": protocol})
    write_list(folder, "services", list(services.values()))
    write_list(folder, "endpointslices", list(slices.values()))


# --- HNS, in its new form


def network(kind, name):
    node = NODES[name]
    other = next(n for n in NODES if n != name)
    policies = [{"Type": "HostRoute", "Settings": {}},
                {"Type": "ProviderAddress", "Settings": {"ProviderAddress": node["ip"]}}]
    subnet = {"IpAddressPrefix": node["pods"] + ".0/24",
              "Routes": [{"NextHop": node["pods"] + (".1" if kind == "overlay" else ".2"),
                          "DestinationPrefix": "0.0.0.0/0"}]}
    if kind == "overlay":
        policies += [
            {"Type": "DrMacAddress", "Settings": {"Address": node["router"]}},
            {"Type": "VxlanPort", "Settings": {"Port": 4789}},
            {"Type": "RemoteSubnetRoute", "Settings": {
                "DestinationPrefix": NODES[other]["pods"] + ".0/24", "IsolationId": VNI,
                "ProviderAddress": NODES[other]["ip"], "DistributedRouterMacAddress": NODES[other]["router"]}}]
        subnet["Policies"] = [{"Type": "VSID", "Settings": {"IsolationId": VNI}}]
    return {"ID": guid(name, "network").upper(), "Name": "flannel.4096" if kind == "overlay" else "cbr0",
            "Type": "Overlay" if kind == "overlay" else "L2Bridge", "Policies": policies,
            "Ipams": [{"Type": "Static", "Subnets": [subnet]}], "Flags": 0,
            "SchemaVersion": {"Major": 2, "Minor": 0}}


def endpoint(kind, node, name, ip, remote=False, hardware=None):
    policies = []
    if not remote:
        policies = [{"Type": "OutBoundNAT", "Settings": {"Exceptions": EXCEPTIONS}},
                    {"Type": "OutBoundNAT", "Settings": {"Destinations": [ip]}}]
    return {"ID": guid(node, name).upper(), "Name": name, "HostComputeNetwork": guid(node, "network").upper(),
            "IpConfigurations": [{"IpAddress": ip, "PrefixLength": 24}],
            "MacAddress": hardware or mac(kind, ip), "Flags": 1 if remote else 0, "Policies": policies,
            "Routes": [{"NextHop": NODES[node]["pods"] + (".1" if kind == "overlay" else ".2"),
                        "DestinationPrefix": "0.0.0.0/0"}],
            "State": 3, "SchemaVersion": {"Major": 2, "Minor": 0}}


def own_pods(node):
    return [name for (_, name), value in PODS.items() if value[0] == node]


def endpoints(kind, node):
    found = [endpoint(kind, node, f"{guid(name).replace('-', '')}_{name}", address(name)) for name in own_pods(node)]
    if kind == "overlay":
        found.append(endpoint(kind, node, "source-vip", NODES[node]["pods"] + ".2"))
    else:
        found.append(endpoint(kind, node, "cbr0_ep", NODES[node]["pods"] + ".2"))
    remote = [name for (_, name), value in PODS.items() if value[0] != node and value[3]]
    found += [endpoint(kind, node, "remote-" + name, address(name), True) for name in remote]
    return found


def fronts(kind, dsr, node):
    """Each load balancer as (address or none, port, protocol, target, pods, DSR, source)."""
    source = NODES[node]["pods"] + ".2" if kind == "overlay" else NODES[node]["ip"]
    for _, name, ip, _, protocol, port, target, node_port, pods, extra in SERVICES:
        yield name, ip, port, protocol, target, pods, dsr, source
        if node_port:
            local = extra.get("externalTrafficPolicy") == "Local"
            chosen = [pod for pod in pods if pod in own_pods(node)] if local else pods
            if chosen:
                yield name, None, node_port, protocol, target, chosen, dsr and local, source


def balancers(kind, dsr, node):
    listed = []
    for name, ip, port, protocol, target, pods, is_dsr, source in fronts(kind, dsr, node):
        ids = []
        for pod in pods:
            here = pod in own_pods(node)
            ids.append(guid(node, f"{guid(pod).replace('-', '')}_{pod}" if here else "remote-" + pod))
        listed.append({
            "ID": guid(node, "lb", name, ip, port, protocol), "HostComputeEndpoints": ids, "SourceVIP": source,
            "PortMappings": [{"Protocol": NUMBERS[protocol], "InternalPort": target, "ExternalPort": port,
                              "DistributionType": 0, "Flags": 0 if ip else 2}],
            "Flags": 1 if is_dsr else 0, "SchemaVersion": {"Major": 2, "Minor": 0}}
            | ({"FrontendVIPs": [ip]} if ip else {}))
    return listed


# --- VFP


def layer(name, priority):
    return f"    LAYER : {name}\n        Friendly name : {name}\n        Flags : 0x1, Default Allow \n" \
           f"        Priority : {priority}\n"


def group(name, direction, match="Longest prefix match on Destination IP"):
    return f"        GROUP : {name}\n            Friendly name : {name}\n            Priority : 100\n" \
           f"            Direction : {direction}\n            Type : IPv4\n            Conditions:\n" \
           f"                <none>\n            Match type : {match}\n"


def rule(name, kind, conditions, body, priority=100):
    lines = [f"        RULE : ", f"            Friendly name : {name}", f"            Priority : {priority}",
             "            Flags : 1 terminating ", f"            Type : {kind}", "            Conditions:"]
    lines += [f"                {key} : {value}" for key, value in conditions.items()] or ["                <none>"]
    lines += ["            Flow TTL: 240"] + ["            " + line for line in body] + ["            FlagsEx : 0 "]
    return "\n".join(lines) + "\n"


def balance(name, ip, port, protocol, target, pods):
    body = ["Rule Data:", "    Decrementing TTL", "    Fixing MAC", "    Modifying destination IP",
            "    Modifying destination port", "    Creating a flow pair", f"    Count of DIP Ranges: {len(pods)}",
            "    DIP Range(s) :"] + [f"        {{ {address(pod)} : {target} }}" for pod in pods]
    conditions = {"Protocols": NUMBERS[protocol], "Destination IP": ip, "Destination ports": port}
    return rule(name, "lbnat", conditions, body)


def snat(name, protocol, conditions, pool, priority=100, overhead=False):
    body = (["MSS delta: 50,0"] if overhead else []) + [f"Type : Source NAT;         NAT pool : {pool}"]
    return rule(name, "dynnat", {"Protocols": NUMBERS[protocol]} | conditions, body, priority)


def encap(node):
    other = next(n for n in NODES if n != node)
    away = NODES[other]
    name = f"REMOTESUBNETROUTE_ENCAP_4A240_{away['pods']}.0_24_{VNI}_{away['ip']}_{away['router']}"
    body = ["Rule Data:", "    Encap Type: VXLAN", "    Fixing inner MAC", "    Using source PA MAC",
            "    Decrementing TTL", f"    Encap Source IP : {NODES[node]['ip']}", "    Encap Destination(s):",
            f"        {{ IP address={away['ip']}, MAC address={away['router']}, GRE key={VNI} }}"]
    return rule(name, "routeencap", {"Destination IP": f"{away['pods']}.0-{away['pods']}.255"}, body, 10)


def route_layer(node):
    return layer("VNET_PA_ROUTE_LAYER", 2000) + group("VNET_GROUP_PA_ROUTE_IPv4_OUT", "OUT") + encap(node)


def pod_rules(kind, dsr, node, pod):
    ip, own = NODES[node]["ip"], address(pod)
    text = layer("ACL_ENDPOINT_LAYER", 15)
    inward = ""
    if dsr:
        text += layer("LB_DSR", 40) + group("LB_DSR_IPv4_OUT", "OUT")
    for name, vip, port, protocol, target, pods, is_dsr, _ in fronts(kind, dsr, node):
        if is_dsr and vip:
            text += balance(f"LB_DSR_780C8_{ip}_{vip}_{port}_{target}_{NUMBERS[protocol]}", vip, port, protocol, target, pods)
        if is_dsr and not vip and pod in pods:
            inward += balance(f"NAT_780C8_{ip}_{port}_{NUMBERS[protocol]}", ip, port, protocol, target, [pod])
    text += layer("SLB_NAT_LAYER", 50)
    if inward:
        text += group("SLB_GROUP_NAT_IPv4_IN", "IN") + inward
    text += group("SLB_GROUP_NAT_IPv4_OUT", "OUT")
    for protocol in NUMBERS:
        text += snat(f"SNAT_{protocol}_OUTBOUNDNAT_3FEC8_{ip}_{own}", protocol, {"Destination IP": own}, f"SLB_NATPOOL_IPV4_{protocol}_{ip}")
    for prefix in EXCEPTIONS:
        text += rule(f"EXCEPTIONS_OUTBOUNDNAT_3FEC9_{ip}{prefix.split('/')[0]}", "allow", {"Destination IP": RANGES[prefix]}, [], 0)
    for protocol in NUMBERS:
        text += snat(f"SNAT_{protocol}_OUTBOUNDNAT_3FEC9_{ip}_0.0.0.0", protocol, {}, f"SLB_NATPOOL_IPV4_{protocol}_{ip}")
    if kind == "overlay" and not dsr:
        source = NODES[node]["pods"] + ".2"
        mine = [front for front in fronts(kind, dsr, node) if front[1]]
        text += layer("SNAT", 200) + group("SNAT_OUT", "OUT")
        for name, vip, port, protocol, target, pods, _, _ in mine:
            text += rule(f"Block_LoopBack593C6_{source}_{vip}_{port}_{target}_{NUMBERS[protocol]}", "block",
                         {"Source IP": vip, "Destination IP": vip, "Destination ports": port}, [], 1)
            text += snat(f"SNAT_{protocol}_593C6_{source}_{vip}_{port}_{target}_{NUMBERS[protocol]}", protocol,
                         {"Destination IP": vip, "Destination ports": port}, f"SLB_NATPOOL_IPV4_{protocol}_{source}{vip}{port}", overhead=True)
        text += layer("LB", 300) + group("LB_OUT", "OUT")
        for name, vip, port, protocol, target, pods, _, _ in mine:
            text += balance(f"LB_593C6_{source}_{vip}_{port}_{target}_{NUMBERS[protocol]}", vip, port, protocol, target, pods)
    return text + (route_layer(node) if kind == "overlay" else "")


def host_rules(kind, dsr, node):
    ip = NODES[node]["ip"]
    text, translating, balancing = "", "", ""
    for name, vip, port, protocol, target, pods, is_dsr, source in fronts(kind, dsr, node):
        front = vip or ip
        if is_dsr and not vip:
            continue
        if kind == "overlay":
            translating += snat(f"SNAT_{protocol}_593C6_{source}_{front}_{port}_{target}_{NUMBERS[protocol]}", protocol,
                                {"Destination IP": front, "Destination ports": port}, f"SLB_NATPOOL_{protocol}", overhead=True) \
                if not is_dsr else ""
        label = "LB_HOST_72C28_" if is_dsr or kind == "overlay" else f"LB_72C28_{source}_"
        balancing += balance(f"{label}{front}_{port}_{target}_{NUMBERS[protocol]}", front, port, protocol, target, pods)
    if translating:
        text += layer("SNAT", 200) + group("SNAT_OUT", "OUT") + translating
    text += layer("LB", 300) + group("LB_OUT_V4", "OUT") + balancing
    return text + (route_layer(node) if kind == "overlay" else "")


def external_rules(kind, node):
    text = layer("EXTERNAL_L2_REWRITE_LAYER", 500) + group("EXTERNAL_L2_REWRITE_GROUP_IPV4_IN", "IN", "Priority-based match")
    for pod in own_pods(node) if kind == "l2bridge" else []:
        text += rule(f"{guid(node, pod)}_to_EN", "transposition", {"Source MAC": mac(kind, address(pod))},
                     ["Transposition:", "    Modify:", f"        Source MAC : {NODES[node]['mac']}"], 280)
    return text


def vfp(kind, dsr, node):
    ports = [(guid(node, "port", pod), pod_rules(kind, dsr, node, pod)) for pod in own_pods(node)]
    ports.append((guid(node, "port", "host"), host_rules(kind, dsr, node)))
    ports.append((guid(node, "port", "external"), external_rules(kind, node)))
    text = ""
    for port, rules in ports:
        text += f"Policy for port : \n{port.upper()}\nITEM LIST\n===========\n\n{rules}\nCommand list-rule succeeded!\n\n" \
                "    Enabled : TRUE\n    Blocked : FALSE\n\nCommand get-port-state succeeded!\n\n"
    return text


def switch_ports(kind, node):
    def port(what, friendly, kind_of, hardware, number):
        return f"Port name             : {guid(node, 'port', what).upper()}\nPort Friendly name    : {friendly}\n" \
               f"Switch name           : {guid(node, 'switch').upper()}\nSwitch Friendly name  : ext\n" \
               f"PortId                : {number}\nPort type:            : {kind_of}\n Port is Initialized.\n" \
               f"MTU                   : 1500\nMAC address           : {hardware}\n\n"
    text = port("host", "Container NIC 6c50381c", "Internal", NODES[node]["mac"], 1)
    text += port("external", "ExternalPort", "External", NODES[node]["mac"], 2)
    for number, pod in enumerate(own_pods(node), 3):
        name = guid(node, f"{guid(pod).replace('-', '')}_{pod}")
        text += port(pod, name, "Synthetic", mac(kind, address(pod)), number)
    return text


def routes(kind, node):
    own, other = NODES[node], next(NODES[n] for n in NODES if n != node)
    rows = [("0.0.0.0/0", "10.20.0.1"), ("10.20.0.0/24", "0.0.0.0"), (own["pods"] + ".0/24", "0.0.0.0")]
    if kind == "l2bridge":
        rows.append((other["pods"] + ".0/24", other["ip"]))
    return "ifIndex DestinationPrefix NextHop RouteMetric ifMetric PolicyStore\n" + "".join(
        f"12      {prefix:20} {hop:16} 256 25 ActiveStore\n" for prefix, hop in rows)


def main():
    for kind in ("l2bridge", "overlay"):
        for dsr in (True, False):
            folder = HERE / f"{kind}-{'dsr' if dsr else 'nat'}"
            write_cluster(folder / "cluster", kind)
            for node in NODES:
                place = folder / node
                place.mkdir(parents=True, exist_ok=True)
                (place / "network.txt").write_text(json.dumps(network(kind, node), indent=1) + "\n")
                (place / "endpoint.txt").write_text(json.dumps(endpoints(kind, node), indent=1) + "\n")
                (place / "policy.txt").write_text(json.dumps(balancers(kind, dsr, node), indent=1) + "\n")
                (place / "vfpOutput.txt").write_text(vfp(kind, dsr, node))
                (place / "ports.txt").write_text(switch_ports(kind, node))
                (place / "routes.txt").write_text(routes(kind, node))


if __name__ == "__main__":
    main()
