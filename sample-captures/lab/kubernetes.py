#!/usr/bin/env python3
"""Writes pods.json, services.json, endpointslices.json and nodes.json as `kubectl get … -A -o json` prints them."""

import argparse
import json
import uuid
import zlib
from datetime import datetime, timedelta, timezone
from pathlib import Path

import cluster

KUBERNETES = "v1.31.4"
IMAGES = {
    "client": "registry.example.com/shop/client:2.3.0",
    "worker": "registry.example.com/shop/worker:2.3.0",
    "web": "registry.example.com/shop/web:4.1.2",
    "cart": "registry.example.com/shop/cart:1.9.0",
    "orders": "registry.example.com/shop/orders:1.12.5",
    "kube-dns": "registry.k8s.io/coredns/coredns:v1.11.3",
}
CLUSTER_MADE = datetime.now(timezone.utc) - timedelta(days=12)
PODS_STARTED = datetime.now(timezone.utc) - timedelta(hours=5)


def stamp(moment):
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def metadata(kind, name, namespace=None, made=CLUSTER_MADE, **more):
    """Identifiers come from the name, so that a rerun of the lab differs in times only."""
    identity = f"{kind}/{namespace}/{name}"
    fields = {
        "creationTimestamp": stamp(made),
        "name": name,
        "resourceVersion": str(1000 + zlib.crc32(identity.encode()) % 90000),
        "uid": str(uuid.uuid5(uuid.NAMESPACE_URL, identity)),
    }
    if namespace:
        fields["namespace"] = namespace
    return fields | more


def app_label(app):
    return {"k8s-app": app} if app == "kube-dns" else {"app": app}


def service_labels(service):
    return {"component": "apiserver", "provider": "kubernetes"} if service == "kubernetes" else app_label(service)


def condition(kind, since, **more):
    return {"lastTransitionTime": stamp(since), "status": "True", "type": kind} | more


# --- pods


def container_ports(pod):
    if pod.port == "-":
        return {}
    if pod.app == "kube-dns":
        return {"ports": [
            {"containerPort": int(pod.port), "name": name, "protocol": protocol}
            for name, protocol in (("dns", "UDP"), ("dns-tcp", "TCP"))]}
    return {"ports": [{"containerPort": int(pod.port), "name": "http", "protocol": "TCP"}]}


def pod_spec(pod):
    container = {
        "image": IMAGES[pod.app],
        "imagePullPolicy": "IfNotPresent",
        "name": pod.app,
        "resources": {},
    }
    return {
        "containers": [container | container_ports(pod)],
        "dnsPolicy": "ClusterFirst",
        "nodeName": pod.node,
        "restartPolicy": "Always",
    }


def container_status(pod):
    digest = uuid.uuid5(uuid.NAMESPACE_URL, pod.name).hex * 2
    return {
        "containerID": f"containerd://{digest}",
        "image": IMAGES[pod.app],
        "name": pod.app,
        "ready": True,
        "restartCount": 0,
        "started": True,
        "state": {"running": {"startedAt": stamp(PODS_STARTED)}},
    }


def pod_status(pod, node, ipv6):
    addresses = [pod.address] + ([pod.address6] if ipv6 else [])
    kinds = ("Ready", "ContainersReady", "PodScheduled")
    return {
        "conditions": [condition(kind, PODS_STARTED) for kind in kinds],
        "containerStatuses": [container_status(pod)],
        "hostIP": node.address,
        "hostIPs": [{"ip": node.address}],
        "phase": "Running",
        "podIP": pod.address,
        "podIPs": [{"ip": address} for address in addresses],
        "qosClass": "BestEffort",
        "startTime": stamp(PODS_STARTED),
    }


def pod_items(options):
    node_of = {node.name: node for node in cluster.nodes()}
    return [
        {
            "apiVersion": "v1",
            "kind": "Pod",
            "metadata": metadata("Pod", pod.name, pod.namespace, PODS_STARTED, labels=app_label(pod.app)),
            "spec": pod_spec(pod),
            "status": pod_status(pod, node_of[pod.node], options.ipv6),
        }
        for pod in cluster.pods()
    ]


# --- services and endpoint slices


def services():
    """The ports of each service, by namespace and name."""
    ports = {}
    for entry in cluster.service_ports():
        ports.setdefault((entry.namespace, entry.service), []).append(entry)
    return ports


def has_selector(entry):
    return any(pod.app == entry.app for pod in cluster.pods())


def service_spec(ports):
    spec = {
        "clusterIP": ports[0].address,
        "clusterIPs": [ports[0].address],
        "internalTrafficPolicy": "Cluster",
        "ipFamilies": ["IPv4"],
        "ipFamilyPolicy": "SingleStack",
        "ports": [
            {
                "name": entry.name,
                "port": int(entry.port),
                "protocol": entry.protocol,
                "targetPort": int(entry.target_port),
            }
            for entry in ports
        ],
        "sessionAffinity": "None",
        "type": "ClusterIP",
    }
    return spec | ({"selector": app_label(ports[0].app)} if has_selector(ports[0]) else {})


def service_items(_):
    return [
        {
            "apiVersion": "v1",
            "kind": "Service",
            "metadata": metadata("Service", name, namespace, labels=service_labels(name)),
            "spec": service_spec(ports),
            "status": {"loadBalancer": {}},
        }
        for (namespace, name), ports in services().items()
    ]


def pod_endpoint(pod):
    return {
        "addresses": [pod.address],
        "conditions": {"ready": True, "serving": True, "terminating": False},
        "nodeName": pod.node,
        "targetRef": {
            "kind": "Pod",
            "name": pod.name,
            "namespace": pod.namespace,
            "uid": metadata("Pod", pod.name, pod.namespace)["uid"],
        },
    }


def endpoints(entry):
    if has_selector(entry):
        return [pod_endpoint(pod) for pod in cluster.pods() if pod.app == entry.app]
    return [{"addresses": [address], "conditions": {"ready": True}} for _, address in entry.backends()]


def slice_metadata(namespace, service, selected):
    labels = {"kubernetes.io/service-name": service}
    if not selected:
        return metadata("EndpointSlice", service, namespace, labels=labels)
    labels["endpointslice.kubernetes.io/managed-by"] = "endpointslice-controller.k8s.io"
    suffix = uuid.uuid5(uuid.NAMESPACE_URL, f"{namespace}/{service}").hex[:5]
    return metadata(
        "EndpointSlice", f"{service}-{suffix}", namespace, PODS_STARTED,
        generateName=f"{service}-", labels=labels)


def slice_items(_):
    return [
        {
            "addressType": "IPv4",
            "apiVersion": "discovery.k8s.io/v1",
            "endpoints": endpoints(ports[0]),
            "kind": "EndpointSlice",
            "metadata": slice_metadata(namespace, name, has_selector(ports[0])),
            "ports": [
                {"name": entry.name, "port": int(entry.target_port), "protocol": entry.protocol} for entry in ports
            ],
        }
        for (namespace, name), ports in services().items()
    ]


# --- nodes


def flannel_annotations(node, mode):
    vxlan = json.dumps({"VNI": int(cluster.network()["VNI"]), "VtepMAC": node.vtep_mac}, separators=(",", ":"))
    return {
        "flannel.alpha.coreos.com/backend-data": vxlan if mode == "overlay" else "null",
        "flannel.alpha.coreos.com/backend-type": "vxlan" if mode == "overlay" else "host-gw",
        "flannel.alpha.coreos.com/kube-subnet-manager": "true",
        "flannel.alpha.coreos.com/public-ip": node.address,
    }


def node_status(node, system):
    size = {"cpu": "4", "ephemeral-storage": "101430960Ki", "memory": "16393244Ki", "pods": "110"}
    heartbeat = stamp(datetime.now(timezone.utc))
    return {
        "addresses": [
            {"address": node.address, "type": "InternalIP"},
            {"address": node.name, "type": "Hostname"},
        ],
        "allocatable": size,
        "capacity": size,
        "conditions": [condition("Ready", CLUSTER_MADE, lastHeartbeatTime=heartbeat, reason="KubeletReady")],
        "daemonEndpoints": {"kubeletEndpoint": {"Port": 10250}},
        "nodeInfo": {
            "architecture": "amd64",
            "bootID": str(uuid.uuid5(uuid.NAMESPACE_URL, f"boot/{node.name}")),
            "containerRuntimeVersion": "containerd://1.7.24",
            "kernelVersion": "6.1.0-28-amd64",
            "kubeProxyVersion": KUBERNETES,
            "kubeletVersion": KUBERNETES,
            "machineID": uuid.uuid5(uuid.NAMESPACE_URL, f"machine/{node.name}").hex,
            "operatingSystem": system,
            "osImage": "Debian GNU/Linux 12 (bookworm)" if system == "linux" else "Windows Server 2022 Datacenter",
            "systemUUID": str(uuid.uuid5(uuid.NAMESPACE_URL, f"system/{node.name}")),
        },
    }


def pod_cidrs(node, ipv6):
    prefix6 = "fd00:" + ":".join(node.pod_cidr.split(".")[:3]) + "::/64"
    return [node.pod_cidr] + ([prefix6] if ipv6 else [])


def node_items(options):
    systems = {node.name: "windows" if node.name == options.windows else "linux" for node in cluster.nodes()}
    return [
        {
            "apiVersion": "v1",
            "kind": "Node",
            "metadata": metadata(
                "Node", node.name,
                annotations=flannel_annotations(node, options.network),
                labels={
                    "kubernetes.io/arch": "amd64",
                    "kubernetes.io/hostname": node.name,
                    "kubernetes.io/os": systems[node.name],
                }),
            "spec": {"podCIDR": node.pod_cidr, "podCIDRs": pod_cidrs(node, options.ipv6)},
            "status": node_status(node, systems[node.name]),
        }
        for node in cluster.nodes()
    ]


LISTS = {"pods": pod_items, "services": service_items, "endpointslices": slice_items, "nodes": node_items}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("directory", type=Path)
    parser.add_argument("--network", choices=("overlay", "host-gateway"), default="overlay")
    parser.add_argument("--ipv6", action="store_true", help="pods have an IPv6 address as well")
    parser.add_argument("--windows", metavar="NODE", help="the node plays one that runs Windows")
    options = parser.parse_args()
    for name, items in LISTS.items():
        listing = {"apiVersion": "v1", "items": items(options), "kind": "List", "metadata": {"resourceVersion": ""}}
        text = json.dumps(listing, indent=4, sort_keys=True)
        (options.directory / f"{name}.json").write_text(text + "\n")


if __name__ == "__main__":
    main()
