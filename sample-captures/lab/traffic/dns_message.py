"""As much of a DNS message as the lab needs: one question, answers of type A, the zone's SOA."""

import struct
from typing import NamedTuple

A, SOA, AAAA = 1, 6, 28
NOERROR, SERVFAIL, NXDOMAIN = 0, 2, 3

QUERY_FLAGS = 0x0100
ANSWER_FLAGS = 0x8580
QUESTION_NAME = b"\xc0\x0c"


class Question(NamedTuple):
    id: int
    name: str
    type: int


def encode_name(name):
    labels = name.rstrip(".").split(".")
    return b"".join(bytes([len(label)]) + label.encode() for label in labels) + b"\0"


def encode_query(question):
    header = struct.pack("!6H", question.id, QUERY_FLAGS, 1, 0, 0, 0)
    return header + encode_name(question.name) + struct.pack("!2H", question.type, 1)


def decode_question(message):
    position, labels = 12, []
    while message[position]:
        end = position + 1 + message[position]
        labels.append(message[position + 1:end].decode())
        position = end
    (kind,) = struct.unpack_from("!H", message, position + 1)
    return Question(struct.unpack_from("!H", message)[0], ".".join(labels), kind)


def record(name, kind, ttl, data):
    return name + struct.pack("!2HIH", kind, 1, ttl, len(data)) + data


def soa(zone):
    numbers = struct.pack("!5I", 1763700000, 7200, 1800, 86400, 5)
    return record(encode_name(zone), SOA, 5, encode_name(f"ns.dns.{zone}") + encode_name(f"hostmaster.{zone}") + numbers)


def encode_answer(question, code, address=None, zone=None):
    """An answer with an address, or an empty one with the zone's SOA."""
    answers = [record(QUESTION_NAME, A, 5, bytes(map(int, address.split("."))))] if address else []
    authority = [soa(zone)] if zone and not answers else []
    header = struct.pack("!6H", question.id, ANSWER_FLAGS | code, 1, len(answers), len(authority), 0)
    asked = encode_name(question.name) + struct.pack("!2H", question.type, 1)
    return header + asked + b"".join(answers + authority)


def decode_answer(message):
    """Identifier, response code and the number of answers."""
    identifier, flags, _, answers = struct.unpack_from("!4H", message)
    return identifier, flags & 0xF, answers
