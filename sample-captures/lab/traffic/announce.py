#!/usr/bin/env python3
"""Announces an address on an interface by gratuitous ARP, as hosts do that take one over."""

import socket
import sys
from pathlib import Path

ARP = 0x0806
REQUEST = b"\x00\x01\x08\x00\x06\x04\x00\x01"
BROADCAST = b"\xff" * 6


def main():
    interface, address = sys.argv[1:]
    mac = bytes.fromhex(Path(f"/sys/class/net/{interface}/address").read_text().strip().replace(":", ""))
    ip = socket.inet_aton(address)
    with socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(ARP)) as link:
        link.bind((interface, ARP))
        link.send(BROADCAST + mac + ARP.to_bytes(2, "big") + REQUEST + mac + ip + bytes(6) + ip)


if __name__ == "__main__":
    main()
