"""The cluster as the tables in cluster/ describe it."""

from pathlib import Path
from typing import NamedTuple

TABLES = Path(__file__).parent / "cluster"


class Node(NamedTuple):
    name: str
    address: str
    pod_cidr: str
    vtep_mac: str


class Pod(NamedTuple):
    name: str
    namespace: str
    node: str
    address: str
    app: str
    port: str

    @property
    def address6(self):
        """10.42.1.21 becomes fd00:10:42:1::21, so that a reader sees which belong together."""
        *network, host = self.address.split(".")
        return f"fd00:{':'.join(network)}::{host}"


class ServicePort(NamedTuple):
    service: str
    namespace: str
    address: str
    name: str
    protocol: str
    port: str
    target_port: str
    app: str

    def backends(self):
        """Name and address of each endpoint."""
        members = [pod for pod in pods() if pod.app == self.app] or [node for node in nodes() if node.name == self.app]
        return [(member.name, member.address) for member in members]


def rows(table):
    lines = (TABLES / table).read_text().splitlines()
    return [line.split() for line in lines if line and not line.startswith("#")]


def nodes():
    return [Node(*row) for row in rows("nodes")]


def pods():
    return [Pod(*row) for row in rows("pods")]


def service_ports():
    return [ServicePort(*row) for row in rows("services")]


def network():
    return dict(row[0].split("=", 1) for row in rows("network"))
