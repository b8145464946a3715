#!/usr/bin/env python3
"""A small web server. /bytes/N answers with N octets, /lines/N with N lines one by one, anything else with "ok"."""

import argparse
import os
import socket
import struct
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

LINE_GAP = 0.02
SMALL_BUFFER = 4096


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "lab/1.0"
    sys_version = ""
    disable_nagle_algorithm = True

    def do_GET(self):
        kind, _, count = self.path.strip("/").partition("/")
        if kind == "bytes":
            self.answer([self.text(int(count))])
        elif kind == "lines":
            self.answer(self.lines(int(count)))
        else:
            self.answer([b"ok\n"])

    def do_POST(self):
        length = int(self.headers["Content-Length"])
        time.sleep(self.server.pause)
        self.rfile.read(length)
        self.answer([f"stored {length} octets\n".encode()])

    def answer(self, pieces):
        self.send_response(200)
        self.send_header("Content-Type", "text/plain")
        self.send_header("Content-Length", str(sum(map(len, pieces))))
        self.end_headers()
        for number, piece in enumerate(pieces):
            if number:
                time.sleep(LINE_GAP)
            if self.server.reset_after is not None:
                self.reset(piece)
                return
            self.wfile.write(piece)

    def reset(self, piece):
        """Dies as a crashing process does: some data is out, the rest is answered by a reset."""
        self.wfile.write(piece[:self.server.reset_after])
        time.sleep(0.05)
        self.close_connection = True
        # With a linger time of zero the kernel resets the connection instead of finishing it.
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        os.close(self.connection.detach())

    def lines(self, count):
        return [f"{self.server.name} line {number:04d} for {self.client_address[1]}\n".encode()
                for number in range(count)]

    def text(self, length):
        lines = self.lines(length // 20 + 1)
        return b"".join(lines)[:length]

    def log_message(self, *_):
        pass


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def __init__(self, options):
        self.name = options.name
        self.reset_after = options.reset_after
        self.pause = options.pause
        if ":" in options.address:
            self.address_family = socket.AF_INET6
        super().__init__((options.address, options.port), Handler)

    def server_bind(self):
        if self.address_family == socket.AF_INET6:
            self.socket.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
        if self.pause:
            # The window closes after a few segments; else the kernel would take in megabytes.
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, SMALL_BUFFER)
        # HTTPServer's own would ask a DNS server for this machine's name.
        self.socket.bind(self.server_address)
        self.server_name, self.server_port = self.name, self.server_address[1]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("port", type=int)
    parser.add_argument("--name", default="server", help="goes into each line, so that answers tell servers apart")
    parser.add_argument("--address", default="0.0.0.0", help=":: serves IPv6 as well")
    parser.add_argument("--reset-after", type=int, metavar="N", help="reset each connection after N octets of body")
    parser.add_argument("--pause", type=float, default=0, metavar="S", help="read a request's body only after S seconds")
    Server(parser.parse_args()).serve_forever()


if __name__ == "__main__":
    main()
