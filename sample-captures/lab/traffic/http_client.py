#!/usr/bin/env python3
"""Opens connections to a web server and says how they ended; fails unless they ended as expected."""

import argparse
import errno
import http.client
import sys
import threading
import time
from collections import Counter

UNREACHABLE = {errno.EHOSTUNREACH, errno.ENETUNREACH, errno.EACCES}
OUTCOMES = ("answer", "timeout", "stalled", "refused", "reset", "unreachable")


def outcome_of(error, connected):
    if isinstance(error, ConnectionRefusedError):
        return "refused"
    if isinstance(error, TimeoutError):
        return "stalled" if connected else "timeout"
    if isinstance(error, (ConnectionError, http.client.IncompleteRead)):
        return "reset"
    if isinstance(error, OSError) and error.errno in UNREACHABLE:
        return "unreachable"
    raise error


def request(connection, options):
    if options.upload:
        connection.request("POST", options.path, body=b"0123456789abcde\n" * (options.upload // 16))
    else:
        connection.request("GET", options.path, headers={"Accept": "text/plain", "User-Agent": "lab/1.0"})
    connection.getresponse().read()


def converse(options):
    """One connection with its requests; returns its outcome."""
    source = ("0.0.0.0", options.source_port) if options.source_port else None
    connection = http.client.HTTPConnection(
        options.address, options.port, timeout=options.timeout, source_address=source)
    connected = False
    try:
        connection.connect()
        connected = True
        for _ in range(options.requests):
            request(connection, options)
        return "answer"
    except (OSError, http.client.HTTPException) as error:
        return outcome_of(error, connected)
    finally:
        connection.close()


def run(options):
    """Connections overlap, so that several that hang do not add up their timeouts."""
    outcomes = Counter()
    threads = []
    for _ in range(options.connections):
        thread = threading.Thread(target=lambda: outcomes.update([converse(options)]))
        thread.start()
        threads.append(thread)
        time.sleep(options.gap)
    for thread in threads:
        thread.join()
    return outcomes


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("address")
    parser.add_argument("port", type=int)
    parser.add_argument("--path", default="/bytes/300")
    parser.add_argument("--upload", type=int, default=0, metavar="N", help="send a body of N octets")
    parser.add_argument("--source-port", type=int, help="connect from this port")
    parser.add_argument("--connections", type=int, default=1)
    parser.add_argument("--requests", type=int, default=1, help="requests on each connection")
    parser.add_argument("--gap", type=float, default=0.15, help="seconds from one connection to the next")
    parser.add_argument("--timeout", type=float, default=4.0)
    parser.add_argument("--expect", default="answer", help=f"outcomes, all of which must occur: {', '.join(OUTCOMES)}")
    options = parser.parse_args()

    outcomes = run(options)
    seen = ", ".join(f"{count} {outcome}" for outcome, count in sorted(outcomes.items()))
    print(f"http {options.address}:{options.port}: {seen}")
    if set(outcomes) != set(options.expect.split(",")):
        sys.exit(f"http {options.address}:{options.port}: expected {options.expect}, saw {seen}")


if __name__ == "__main__":
    main()
