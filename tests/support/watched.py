"""Pages in a browser of which each request and each complaint is kept."""

import codecs
import csv
import io
from contextlib import contextmanager
from importlib.resources import files

from support.browser import AXE

ASSETS = files("validate._src.site") / "assets"


@contextmanager
def watched_page(browser, site, **options):
    """A page that may load nothing but the files of a site, and must not complain.

    Args:
        browser: the browser.
        site: the folder of the site.
        options: what a context of Playwright takes, such as `color_scheme`.
    """
    context = browser.new_context(**options)
    context.set_default_timeout(20_000)
    page = new_page(context)
    yield page
    context.close()
    assert page.complaints == []
    assert [one for one in page.asked if not one.startswith(site.as_uri())] == []


def new_page(context):
    """A page that keeps what it asks for, in `asked`, and what goes wrong, in `complaints`."""
    page = context.new_page()
    page.asked, page.complaints = [], []
    page.on("request", lambda request: page.asked.append(request.url))
    page.on("console", lambda message: page.complaints.append(message.text))
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    return page


def violations(page):
    """What axe finds on a page, whose context must pass over its policy (`bypass_csp`).

    It reads no file of styles by itself: from folders none can be.
    """
    page.evaluate((files(AXE) / "axe.min.js").read_text("utf-8"))
    found = page.evaluate("axe.run({ preload: false })")["violations"]
    return [(one["id"], node["target"]) for one in found for node in one["nodes"][:3]]


def saved(page):
    """The name, the text and the rows of the file that the button below a table saves."""
    with page.expect_download() as found:
        page.get_by_role("button", name="Save these rows as CSV").click()
    written = found.value.path().read_bytes()
    assert written.startswith(codecs.BOM_UTF8)  # or Excel reads it in another encoding
    content = written.decode("utf-8-sig")
    return found.value.suggested_filename, content, [*csv.reader(io.StringIO(content, newline=""))]


def bare_page(folder, *assets, body=""):
    """A page of a folder that loads some of the site's scripts and nothing else; its address."""
    for name in assets:
        (folder / name).write_bytes((ASSETS / name).read_bytes())
    scripts = "".join(f'<script src="{name}"></script>' for name in assets)
    file = folder / "bare.html"
    file.write_text(f'<!DOCTYPE html><meta charset="utf-8">{scripts}{body}', "utf-8")
    return file.as_uri()
