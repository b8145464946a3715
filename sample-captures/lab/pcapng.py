#!/usr/bin/env python3
"""Changes a pcapng file's time stamps, or cuts it, and nothing else.

Only what dumpcap writes is expected: one little-endian section, enhanced packet blocks, nanoseconds.
"""

import argparse
import struct
from pathlib import Path

ENHANCED_PACKET = 6
NANOS = 1_000_000_000


def blocks(octets):
    """Offset and type of each block."""
    offset = 0
    while offset < len(octets):
        kind, length = struct.unpack_from("<2I", octets, offset)
        yield offset, kind
        offset += length


def packets(octets):
    """Offset and time of each packet, in file order."""
    for offset, kind in blocks(octets):
        if kind == ENHANCED_PACKET:
            high, low = struct.unpack_from("<2I", octets, offset + 12)
            yield offset, high << 32 | low


def shift(octets, nanos, start=0):
    """Moves the packets from `start` on by `nanos`: the clock differs, or steps at that moment."""
    shifted = bytearray(octets)
    for offset, time in packets(octets):
        if time >= start:
            struct.pack_into("<2I", shifted, offset + 12, (time + nanos) >> 32, (time + nanos) & 0xFFFFFFFF)
    return shifted


def middle(octets):
    """A moment with as many packets before as after it."""
    times = sorted(time for _, time in packets(octets))
    return times[len(times) // 2]


def cut(octets, share):
    """Ends the file inside the packet block that lies at `share` of its length."""
    within = [offset for offset, _ in packets(octets) if offset < len(octets) * share]
    return octets[:within[-1] + 40]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    change = parser.add_mutually_exclusive_group(required=True)
    change.add_argument("--shift", type=float, metavar="SECONDS", help="the node's clock is ahead")
    change.add_argument("--step", type=float, metavar="SECONDS", help="the node's clock jumps half-way")
    change.add_argument("--cut", type=float, metavar="SHARE", help="the file ends early, inside a packet")
    options = parser.parse_args()
    octets = options.file.read_bytes()
    if options.shift:
        octets = shift(octets, round(options.shift * NANOS))
    elif options.step:
        octets = shift(octets, round(options.step * NANOS), middle(octets))
    else:
        octets = cut(octets, options.cut)
    options.file.write_bytes(octets)


if __name__ == "__main__":
    main()
