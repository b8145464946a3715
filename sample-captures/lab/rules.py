#!/usr/bin/env python3
"""Prints a node's nftables rules: what kube-proxy and the network plugin would have programmed.

The shape is that of kube-proxy's nftables mode: a map from service address to a chain that picks an
endpoint, and a chain per endpoint that translates. A scenario breaks a cluster by changing one of them.
"""

import cluster

# kube-proxy's own mark: "masquerade this packet when it leaves".
MASQUERADE_MARK = 0x4000

TABLES = """
table ip kube-proxy {{
    map service-ips {{
        type ipv4_addr . inet_proto . inet_service : verdict
    }}
{chains}
    chain prerouting {{
        type nat hook prerouting priority dstnat
        ip daddr . meta l4proto . th dport vmap @service-ips
    }}
    chain output {{
        type nat hook output priority -100
        ip daddr . meta l4proto . th dport vmap @service-ips
    }}
    chain postrouting {{
        type nat hook postrouting priority srcnat
        meta mark & {mark:#x} == {mark:#x} masquerade
    }}
}}

table ip network-plugin {{
    set no-masquerade {{
        type ipv4_addr
        flags interval
        elements = {{ {exceptions} }}
    }}
    chain postrouting {{
        type nat hook postrouting priority srcnat + 10
        ip saddr {pod_cidr} ip daddr != @no-masquerade masquerade
    }}
}}

table inet firewall {{
    chain forward {{
        type filter hook forward priority filter
    }}
}}
"""

# An endpoint that reaches itself through its service would see its own address as source and drop the packet.
ENDPOINT = """
    chain endpoint-{name}-{protocol}-{target_port} {{
        ip saddr {address} meta mark set meta mark or {mark:#x}
        ip protocol {protocol} dnat to {address}:{target_port}
    }}
"""

# A source outside the pod network needs the answer to come back to this node.
SERVICE = """
    chain service-{service}-{protocol}-{port} {{
        ip saddr != {pod_cidr} meta mark set meta mark or {mark:#x}
        numgen inc mod {count} vmap {{ {choices} }}
    }}
"""


def endpoint_chain(name, address, protocol, target_port):
    return ENDPOINT.format(
        name=name, address=address, protocol=protocol, target_port=target_port, mark=MASQUERADE_MARK)


def service_chains(entry, pod_cidr):
    protocol = entry.protocol.lower()
    backends = entry.backends()
    choices = [f"{i} : goto endpoint-{name}-{protocol}-{entry.target_port}" for i, (name, _) in enumerate(backends)]
    endpoints = [endpoint_chain(name, address, protocol, entry.target_port) for name, address in backends]
    service = SERVICE.format(
        service=entry.service, protocol=protocol, port=entry.port, pod_cidr=pod_cidr, mark=MASQUERADE_MARK,
        count=len(backends), choices=", ".join(choices))
    return "".join(endpoints) + service


def service_element(entry):
    protocol = entry.protocol.lower()
    chain = f"service-{entry.service}-{protocol}-{entry.port}"
    return f"add element ip kube-proxy service-ips {{ {entry.address} . {protocol} . {entry.port} : goto {chain} }}"


def main():
    network = cluster.network()
    entries = cluster.service_ports()
    print(TABLES.format(
        chains="".join(service_chains(entry, network["POD_CIDR"]) for entry in entries),
        exceptions=", ".join([network["POD_CIDR"], network["SERVICE_CIDR"], network["NODE_CIDR"]]),
        pod_cidr=network["POD_CIDR"],
        mark=MASQUERADE_MARK))
    print("\n".join(service_element(entry) for entry in entries))


if __name__ == "__main__":
    main()
