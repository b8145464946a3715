#!/usr/bin/env python3
"""Resolves a name as a pod's C library does: search list, ndots 5, A and AAAA from one socket, retries."""

import argparse
import random
import socket
import sys
import time

from dns_message import A, AAAA, NXDOMAIN, SERVFAIL, Question, decode_answer, encode_query

SEARCH = ("shop.svc.cluster.local", "svc.cluster.local", "cluster.local")
NDOTS = 5


def candidates(name):
    if name.endswith("."):
        return [name.rstrip(".")]
    searched = [f"{name}.{domain}" for domain in SEARCH]
    return [name] + searched if name.count(".") >= NDOTS else searched + [name]


def exchange(sock, questions, timeout):
    """Sends each question and gathers what is answered in time, by identifier."""
    answers = {}
    for question in questions:
        sock.send(encode_query(question))
    deadline = time.monotonic() + timeout
    while len(answers) < len(questions) and (left := deadline - time.monotonic()) > 0:
        sock.settimeout(left)
        try:
            identifier, code, count = decode_answer(sock.recv(4096))
        except (TimeoutError, ConnectionRefusedError):
            continue
        answers[identifier] = (code, count)
    return answers


def ask(server, name, options):
    """Outcome for one name: answer, empty, nxdomain, servfail or timeout."""
    pending = [Question(random.randrange(65536), name, kind) for kind in (A, AAAA)]
    answers = {}
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.connect((server, 53))
        for _ in range(options.attempts):
            answers |= exchange(sock, pending, options.timeout)
            pending = [question for question in pending if question.id not in answers]
            if not pending:
                return outcome_of(answers.values())
    return "timeout"


def outcome_of(answers):
    codes = {code for code, _ in answers}
    if SERVFAIL in codes:
        return "servfail"
    if NXDOMAIN in codes:
        return "nxdomain"
    return "answer" if any(count for _, count in answers) else "empty"


def resolve(options):
    outcome = "nxdomain"
    for name in candidates(options.name):
        outcome = ask(options.server, name, options)
        if outcome in ("answer", "servfail", "timeout"):
            return outcome
    return outcome


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("server")
    parser.add_argument("name", help="with a final dot it is not searched for")
    parser.add_argument("--timeout", type=float, default=5.0)
    parser.add_argument("--attempts", type=int, default=2)
    parser.add_argument("--expect", default="answer", help="answer, nxdomain, servfail or timeout")
    options = parser.parse_args()
    outcome = resolve(options)
    print(f"dns {options.name}: {outcome}")
    if outcome != options.expect:
        sys.exit(f"dns {options.name}: expected {options.expect}, saw {outcome}")


if __name__ == "__main__":
    main()
