"""A browser driven by tests, if there is one."""

import contextlib
import functools
import http.server
import os
import threading

import pytest

from support.tools import needs

AXE = "axe_playwright_python"


def playwright():
    """Playwright's Python package; without it the test is skipped, but fails in CI."""
    reason = "not installed: playwright"
    try:
        from playwright import sync_api
    except ImportError:
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return sync_api


@contextlib.contextmanager
def browser():
    """The distribution's Chromium, headless."""
    program = needs("chromium", "chromium-browser", "google-chrome")
    with playwright().sync_playwright() as started:
        options = ["--no-sandbox", "--disable-dev-shm-usage"]
        launched = started.chromium.launch(executable_path=program, args=options)
        try:
            yield launched
        finally:
            launched.close()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        """Says nothing."""


@contextlib.contextmanager
def served(folder):
    """The address of a folder on a server of plain HTTP."""
    handler = functools.partial(_Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()
