"""A server on this machine, of pages that a test makes, and packages to be found there."""

import json
import socket
import threading
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, HTTPServer

from support.made import PROFILE

FIELDS = [{"name": "pond_id", "type": "integer"}]
TABLE = b"pond_id\n1\nx\n"
"""A table of these fields with a fault in its third row."""


HERE = ("127.0.0.1", "::1", "localhost")


def only_this_machine(monkeypatch):
    """Has nothing lead to the network but to servers on this machine."""
    connect, look_up = socket.socket.connect, socket.getaddrinfo

    def connect_here(own, address):
        if own.family in (socket.AF_INET, socket.AF_INET6):
            refuse_elsewhere(address[0])
        return connect(own, address)

    def look_up_here(host, *more, **options):
        refuse_elsewhere(host)
        return look_up(host, *more, **options)

    monkeypatch.setattr(socket.socket, "connect", connect_here)
    monkeypatch.setattr(socket, "getaddrinfo", look_up_here)


def refuse_elsewhere(host):
    if host not in HERE:
        raise AssertionError(f"{host}: the network is out of bounds")


class Pages(BaseHTTPRequestHandler):
    """Answers with a page's bytes, or redirects to what a page has as a text."""

    def __init__(self, pages, asked, *args):
        self.pages, self.asked = pages, asked
        super().__init__(*args)

    def do_GET(self):
        self.asked.append(self.path)
        page = self.pages.get(self.path)
        if isinstance(page, str):
            self.send_response(302)
            self.send_header("Location", page)
            self.end_headers()
            return
        self.send_response(404 if page is None else 200)
        self.end_headers()
        self.wfile.write(page or b"")

    def log_message(self, *_):
        """Keeps still."""


@contextmanager
def served(pages):
    """The address of a server of pages by their paths, and what it was asked for."""
    asked = []
    server = HTTPServer(("127.0.0.1", 0), partial(Pages, pages, asked))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def descriptor(*paths, schema=None):
    """The descriptor of a table for each path, in bytes."""
    resources = [
        {"name": f"t{number}", "path": path, "schema": schema or {"fields": FIELDS}}
        for number, path in enumerate(paths)
    ]
    return json.dumps({"$schema": PROFILE, "resources": resources}).encode()


def found(report):
    """The files, rows and codes of the findings of a report."""
    return [(report.file(each.path), each.row, each.code) for each in report.findings]
