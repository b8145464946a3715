#!/usr/bin/env python3
"""Copies what `nft -j list ruleset` prints, an object a line, so that a rule has a line of its own."""

import json
import sys


def main():
    objects = json.load(sys.stdin)["nftables"]
    lines = ",\n".join(json.dumps(entry, separators=(",", ":")) for entry in objects)
    print('{"nftables": [\n' + lines + "\n]}")


if __name__ == "__main__":
    main()
