#!/usr/bin/env python3
"""Sends datagrams with a rising time to live, three for each, as traceroute does."""

import argparse
import socket
import time

FIRST_PORT = 33434
PROBES = 3


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("address")
    parser.add_argument("--hops", type=int, default=3)
    options = parser.parse_args()
    port = FIRST_PORT
    for hops in range(1, options.hops + 1):
        for _ in range(PROBES):
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
                probe.setsockopt(socket.IPPROTO_IP, socket.IP_TTL, hops)
                probe.sendto(bytes(32), (options.address, port))
            port += 1
            time.sleep(0.05)


if __name__ == "__main__":
    main()
