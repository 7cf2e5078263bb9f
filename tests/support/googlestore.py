"""An object store on this machine, which answers as Google Cloud Storage does.

It knows what libraries ask for to list and to read: `objects.list`, `objects.get`, and media with
`Range`, of the JSON API (https://cloud.google.com/storage/docs/json_api/v1).
"""

import json
import re
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, unquote, urlsplit

OBJECT = re.compile(r"(?:/download)?/storage/v1/b/(?P<bucket>[^/]+)/o(?:/(?P<key>[^/]+))?")
RANGE = re.compile(r"bytes=(\d+)-(\d+)")
WHEN = "2026-12-01T00:00:00.000Z"


class Store:
    """A store with one bucket, which is filled behind its back and read as any other.

    Attributes:
        address: where it answers.
        url: the URL of the bucket, which ends in `/`.
        objects: the generation and the content of each object by its key.
    """

    def __init__(self, address, bucket="ponds"):
        self.address, self.url, self.bucket = address, f"gs://{bucket}/", bucket
        self.objects = {}

    def put(self, key, content):
        """Puts an object there; gives its URL."""
        generation = self.objects.get(key, (0, b""))[0] + 1
        self.objects[key] = (generation, content)
        return f"{self.url}{key}"

    def about(self, key):
        """What the store says of an object."""
        generation, content = self.objects[key]
        return {
            "kind": "storage#object",
            "bucket": self.bucket,
            "name": key,
            "size": str(len(content)),
            "generation": str(generation),
            "etag": f"etag-{generation}",
            "updated": WHEN,
            "timeCreated": WHEN,
        }


class Answers(BaseHTTPRequestHandler):
    """What the store of the server answers."""

    def do_GET(self):
        store, asked = self.server.store, urlsplit(self.path)
        found, query = OBJECT.fullmatch(asked.path), parse_qs(asked.query)
        key = unquote(found["key"]) if found and found["key"] else None
        if not found or found["bucket"] != store.bucket or (key and key not in store.objects):
            self._say(404, {"error": {"code": 404, "message": "Not Found"}})
        elif key is None:
            (prefix,) = query.get("prefix", [""])
            names = sorted(name for name in store.objects if name.startswith(prefix))
            self._say(200, {"kind": "storage#objects", "items": [*map(store.about, names)]})
        elif query.get("alt") == ["media"]:
            self._send_content(store.objects[key][1])
        else:
            self._say(200, store.about(key))

    def _send_content(self, content):
        """Sends what is asked for of a content, and nothing if it ends before that begins."""
        asked = RANGE.fullmatch(self.headers.get("Range", ""))
        begin, end = map(int, asked.groups()) if asked else (0, len(content))
        if asked and begin >= len(content):
            self._say(416, {"error": {"code": 416, "message": "range not satisfiable"}})
        else:
            part = content[begin : end + 1]
            self._answer(206 if asked else 200, "application/octet-stream", part)

    def _say(self, status, what):
        self._answer(status, "application/json", json.dumps(what).encode())

    def _answer(self, status, kind, body):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Says nothing."""


@contextmanager
def served_google_store():
    """A store that answers as long as this lasts."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    server.store = Store(f"http://127.0.0.1:{server.server_port}")
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.store
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
