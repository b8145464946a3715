#!/usr/bin/env python3
"""Answers for the cluster's services and a few names of the internet, as CoreDNS would, over UDP."""

import argparse
import socket
import sys
import threading
from pathlib import Path

sys.path.append(str(Path(__file__).parent.parent))

import cluster
from dns_message import A, NOERROR, NXDOMAIN, SERVFAIL, decode_question, encode_answer

CLUSTER_ZONE = "cluster.local"
INTERNET_NAMES = ("www.example.com", "api.example.com")


def addresses():
    names = {f"{entry.service}.{entry.namespace}.svc.{CLUSTER_ZONE}": entry.address for entry in cluster.service_ports()}
    return names | {name: cluster.network()["INTERNET"] for name in INTERNET_NAMES}


def answer_to(question, table):
    zone = CLUSTER_ZONE if question.name.endswith("." + CLUSTER_ZONE) else None
    if question.name not in table:
        return encode_answer(question, NXDOMAIN, zone=zone)
    return encode_answer(question, NOERROR, table[question.name] if question.type == A else None, zone)


def within(name, domain):
    return domain is not None and ("." + name).endswith("." + domain)


def serve(options):
    table = addresses()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
        server.bind((options.address, 53))
        while True:
            message, client = server.recvfrom(4096)
            question = decode_question(message)
            if within(question.name, options.ignore):
                continue
            answer = answer_to(question, table)
            if within(question.name, options.fail):
                answer = encode_answer(question, SERVFAIL)
            delay = options.delay if within(question.name, options.slow) else 0
            threading.Timer(delay, server.sendto, (answer, client)).start()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--address", default="0.0.0.0", help="answer there only")
    parser.add_argument("--ignore", metavar="DOMAIN", help="never answer for it")
    parser.add_argument("--fail", metavar="DOMAIN", help="answer SERVFAIL for it")
    parser.add_argument("--slow", metavar="DOMAIN", help="answer late for it")
    parser.add_argument("--delay", type=float, default=2.8, help="seconds that late means")
    serve(parser.parse_args())


if __name__ == "__main__":
    main()
