"""The page: what stands on it, that nothing on it can act, and how a browser shows it."""

import re
import shutil
import struct
import subprocess
import sys
import zlib
from base64 import b64encode
from collections import Counter
from dataclasses import dataclass, field
from hashlib import sha256
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner
from support.places import ROOT
from support.tools import needs

from validate import PackageError, validate
from validate._src.cli.main import main
from validate._src.report.formats import renderer
from validate._src.report.formats.view import View
from validate._src.report.report import Unusable
from validate._src.words import _held as held_frames
from validate._src.words.codes import CODES

PACKAGES = ROOT / "tests" / "packages"
VOID = {"input", "meta"}
HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</script><style>*{}</style>",
    "{{ 7 * 7 }}{% raw %}{# note",
    "a\x07b\x1b[31mc\u202ed",
    "' onfocus='alert(1)",
    "&lt;b&gt;",
]
NUMBER = [{"name": "id", "type": "string"}, {"name": "depth", "type": "number"}]


@dataclass
class Element:
    """An element of a page, with the text in it and the elements around it."""

    tag: str
    attributes: dict
    around: tuple
    pieces: list = field(default_factory=list)

    @property
    def text(self):
        return " ".join("".join(self.pieces).split())

    @property
    def classes(self):
        return (self.attributes.get("class") or "").split()

    def lies_in(self, name):
        return any(name in element.classes for element in self.around)


class Page(HTMLParser):
    """A page, taken apart; a tag that is closed out of turn fails the test."""

    def __init__(self, html):
        super().__init__()
        self.html, self.elements, self.open = html, [], []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        element = Element(tag, dict(attrs), tuple(self.open))
        self.elements.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag):
        assert self.open.pop().tag == tag

    def handle_data(self, data):
        for element in self.open:
            element.pieces.append(data)

    def all(self, name, *, within=None):
        """The elements of a class or tag, perhaps only those inside an element of a class."""
        return [
            element
            for element in self.elements
            if (name == element.tag or name in element.classes)
            and (within is None or element.lies_in(within))
        ]

    def texts(self, name, *, within=None):
        return [element.text for element in self.all(name, within=within)]

    def one(self, name, *, within=None):
        (element,) = self.all(name, within=within)
        return element


def page_of(*reports, **view):
    return Page("".join(renderer("html")(reports, View(**view))))


def report_on(name):
    return validate(PACKAGES / name)


@pytest.fixture
def numbers(make_package):
    """The report on a table with so many cells that are no numbers."""

    def report(count):
        rows = "".join(f"r{number},x{number}\n" for number in range(count))
        return validate(make_package(NUMBER, f"id,depth\n{rows}", primaryKey="id"))

    return report


@pytest.fixture
def hostile(make_package):
    """A report in which all that others write is hostile: names, keys, cells."""
    name = "<b onclick='x'>{{ field }}</b>"
    fields = [{"name": "id", "type": "string"}, {"name": name, "type": "integer"}]
    quoted = ['"' + text.replace('"', '""') + '"' for text in HOSTILE]
    rows = "".join(f"{cell},{cell}\n" for cell in quoted)
    return validate(make_package(fields, f"id,{name}\n{rows}", primaryKey="id"))


SAMPLES = ["valid-mixed", "valid-no-schema", "waiver", "row-rule-warning", "label-incorrect",
           "cell-extra", "short-row-with-quoted-commas", "foreign-key", "inline-arrays",
           "two-tables-of-one-file", "resource-in-parts", "path-absolute"]  # fmt: skip


def check_page(page):
    """Nothing is loaded, and every link leads to a place on the page."""
    ids = [e.attributes["id"] for e in page.elements if "id" in e.attributes]
    links = [e.attributes["href"] for e in page.elements if "href" in e.attributes]
    assert len(ids) == len(set(ids))
    assert {link.removeprefix("#") for link in links} <= set(ids)
    assert all(re.fullmatch("[a-z0-9-]+", name) for name in ids)
    assert not {"img", "link", "iframe", "object", "base", "embed"} & {e.tag for e in page.elements}
    assert not [e for e in page.elements for name in e.attributes if name.startswith(("on", "src"))]
    assert not [e for e in page.elements if "style" in e.attributes]
    assert not re.search(r"@import|url\(|https?:", page.one("style").text + page.one("script").text)
    levels = [int(e.tag[1]) for e in page.elements if re.fullmatch("h[1-6]", e.tag)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("name", SAMPLES)
def test_page_is_whole_and_loads_nothing(name):
    try:
        report = report_on(name)
    except PackageError as error:
        report = Unusable(name, str(error))
    page = page_of(report)
    check_page(page)
    check_page(page_of(report, report, report))
    assert page.one("html").attributes["lang"] == "en"
    assert [e.tag for e in page.elements if e.tag in ("header", "main", "footer")] == [
        "header", "main", "footer"
    ]  # fmt: skip


def test_policy_allows_the_style_and_the_script_of_the_page_alone(hostile):
    page = page_of(hostile)
    (policy,) = [e.attributes["content"] for e in page.all("meta") if "http-equiv" in e.attributes]
    for tag in ("style", "script"):
        digest = b64encode(sha256("".join(page.one(tag).pieces).encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none';")


def test_hostile_texts_stay_texts(hostile):
    page = page_of(hostile)
    check_page(page)
    assert len(page.all("script")) == len(page.all("style")) == 1
    marked = page.texts("mark")
    assert len(hostile.findings) == len(HOSTILE) == len(marked)
    quoted = ['"' + text.replace('"', '""') + '"' for text in HOSTILE]
    assert marked == [r'"a\x07b\x1b[31mc\u202ed"' if "\x07" in text else text for text in quoted]
    assert {finding.text for finding in page.all("field")} == {"<b onclick='x'>{{ field }}</b>"}
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f\u202e]", page.html)


def test_hostile_packages_stay_texts():
    page = page_of(Unusable("</title><script>", "<script>alert(1)</script>\x07"))
    check_page(page)
    assert page.one("title").text.startswith("</title><script>: could not be validated")
    assert page.one("error-message").text == "<script>alert(1)</script>\\x07"


def counts_of(report, *attributes):
    found = (tuple(getattr(finding, name) for name in attributes) for finding in report.findings)
    return Counter(found)


def test_counts_are_those_of_the_report(dataset_copy):
    for table, old, new in [
        ("actors", "organisation", "organization"),
        ("topics", "acute-threat", "alliance-autonomy"),
        ("dates", "2026-01-23", "2026-01-33"),
    ]:
        file = dataset_copy / "data" / f"{table}.csv"
        file.write_text(file.read_text("utf-8").replace(old, new), "utf-8", newline="")
    report = validate(dataset_copy)
    page = page_of(report)
    errors, warnings, waived = page.texts("dd", within="counts")
    assert (errors, warnings, waived) == (f"{report.findings.errors:,}", "0", "0")
    by_code = counts_of(report, "path", "code")
    groups = {
        (path, group.attributes["data-code"]): int(number.text)
        for file, path in zip(page.all("file"), page.texts("h3", within="file"), strict=True)
        for group in page.all("group")
        if file in group.around
        for number in page.all("number", within="group")
        if group in number.around
    }
    assert groups == by_code
    fields = {
        tuple(row.text.split()[:2][::-1]): int(number.text)
        for row, number in zip(
            [e for e in page.all("th", within="fields") if e.attributes["scope"] == "row"],
            [e for e in page.all("number", within="fields") if e.tag == "td"],
            strict=True,
        )
    }
    by_field = counts_of(report, "path", "field")
    assert fields == {place: n for place, n in by_field.items() if place[1] is not None}
    left = sum(n for (_, name), n in by_field.items() if name is None)
    assert page.one("fieldless").text.startswith(f"{left:,} other finding")
    assert len(page.all("finding")) == sum(min(count, 100) for count in by_code.values())


def test_overview_says_what_was_not_checked_and_what_was():
    report = report_on("valid-mixed")
    page = page_of(report)
    assert page.one("verdict").text == "Valid in all that was checked"
    assert page.texts("li", within="not-checked") == [
        f"{part.what} {part.why}" for part in report.not_checked
    ]
    checked = [f"{part.what} {part.count:,}" for part in report.checked if part.count]
    assert page.texts("li", within="checked") == checked
    assert page.one("standing").text == "Findings There are none."
    assert not page.all("form")


@pytest.mark.parametrize(
    ("name", "verdict"),
    [
        ("valid-no-schema", "Nothing found, and no table checked"),
        ("waiver", "Valid"),
        ("row-rule-warning", "Valid, with warnings"),
        ("maximum", "Not valid"),
    ],
)
def test_verdict(name, verdict):
    assert page_of(report_on(name)).one("verdict").text == verdict


def test_finding_names_place_key_field_message_and_shows_its_row(make_package):
    fields = [{"name": f"f{number}", "type": "integer"} for number in range(20)]
    rows = [[str(number) for number in range(20)] for _ in range(3)]
    rows[0][0] = '"1\n"'
    rows[2][12] = "twelve"
    content = "\n".join(",".join(row) for row in [[f["name"] for f in fields], *rows]) + "\n"
    page = page_of(validate(make_package(fields, content, primaryKey="f1")))
    *_, finding = page.all("finding")
    (place,) = [e for e in page.all("place") if finding in e.around]
    assert place.text == "t.csv:5 row 4 1 error"
    assert "f12: not an integer such as 42" in finding.text
    cells = [e for e in page.elements if e.tag in ("dt", "dd") and finding in e.around]
    texts = [e.text for e in cells]
    assert texts[:4] == ["8 columns before", "…", "f8", "8"]
    assert texts[10:12] == ["f12", "twelve"]
    assert texts[-4:] == ["f16", "16", "3 columns after", "…"]
    (mark,) = [e for e in page.all("mark") if finding in e.around]
    assert mark.text == "twelve"


def test_all_that_a_key_names_is_marked_and_one_cell_alone_is_no_gap(make_package):
    fields = [{"name": f"f{number}", "type": "string"} for number in range(12)]
    row = ",".join(f"v{number}" for number in range(12))
    names = [one["name"] for one in fields]
    content = "\n".join([",".join(names), row, row]) + "\n"
    page = page_of(validate(make_package(fields, content, primaryKey=["f0", "f11"])))
    assert page.texts("mark") == ["v0", "v11"]
    assert page.texts("dt", within="gap") == []
    assert len(page.all("dt", within="row")) == 12
    assert not page.all("value")


def test_missing_and_extra_cells_are_marked():
    missing = page_of(report_on("short-row-with-quoted-commas"))
    extra = page_of(report_on("cell-extra"))
    assert missing.texts("mark") == ["empty"]
    assert missing.texts("dt", within="row")[-1] == "depth"
    assert extra.texts("dt", within="row")[-1].startswith("column ")


def test_code_of_every_group_is_explained(numbers):
    page = page_of(numbers(1))
    code = CODES["type-error"]
    assert page.one("h4").text == code.title
    assert page.one("meaning").text == f"{code.meaning} {code.remedy}"
    hashed = page_of(report_on("hash-differs"))
    assert hashed.texts("code", within="meaning")[-1] == "validate tidy"


@pytest.mark.parametrize(("limit", "shown"), [(None, 100), (3, 3), (0, 0), (1000, 250)])
def test_limit_is_kept_and_the_rest_counted(numbers, limit, shown):
    page = page_of(numbers(250), limit=limit)
    assert len(page.all("finding")) == shown
    assert page.texts("number", within="group") == ["250"]
    more = page.texts("more")
    assert [text.partition(" more")[0] for text in more] == ([f"{250 - shown}"] if more else [])
    assert bool(more) == (shown < 250)
    assert all("--limit" in text and "--format jsonl" in text for text in more)
    assert page.one("form").attributes["data-total"] == "250"


def test_codes_that_are_not_wanted_are_counted_and_not_shown(make_package):
    report = validate(make_package(NUMBER, "id,depth\n1,x\n1,2\n", primaryKey="id"))
    page = page_of(report, codes={"type-error"})
    assert page.texts("dd", within="counts")[0] == "2"
    assert len(page.all("finding")) == 1
    assert "1 finding of other codes" in page.one("left-out").text
    assert len(page.all("a", within="files")) == 1
    check_page(page)


def test_waived_findings_stand_apart_with_their_reason():
    page = page_of(report_on("waiver"))
    assert page.texts("dd", within="counts") == ["0", "0", "1"]
    assert not page.all("finding", within="standing")
    assert page.one("finding", within="waived").attributes["data-severity"] == "waived"
    assert page.one("waiver").text == "Waived: drained for repair"
    check_page(page)


def test_the_page_begins_with_the_findings(numbers):
    for reports in ([numbers(2)], [numbers(2), report_on("maximum")]):
        page = page_of(*reports)
        at = {name: page.elements.index(page.all(name)[0]) for name in ("verdict", "finding")}
        others = ("checked", "files", "fields")
        assert all(
            at["verdict"] < at["finding"] < page.elements.index(page.all(name)[0])
            for name in others
        )
    page = page_of(report_on("valid-no-schema"))
    assert page.one("onward").text == "What was checked, and 1 thing that was not"


def test_findings_by_file_do_not_count_what_is_waived(tmp_path):
    folder = shutil.copytree(PACKAGES / "waiver-of-a-row", tmp_path / "p")
    with (folder / "ponds.csv").open("a", encoding="utf-8") as stream:
        stream.write("west,0.5\n")
    faults = page_of(validate(folder)).texts("li", within="files")
    assert faults == ["constraint not met 1 and 1 waived", "waivers.csv"]
    assert page_of(report_on("waiver")).texts("li", within="files")[0].endswith(" met 1 waived")


@pytest.mark.parametrize(("count", "shown"), [(100, 100), (101, 101), (102, 100)])
def test_what_is_one_more_is_on_the_page(numbers, count, shown):
    assert len(page_of(numbers(count)).all("finding")) == shown


def test_several_packages_share_a_page():
    reports = [report_on("maximum"), Unusable("nowhere", "no such file"), report_on("waiver")]
    page = page_of(*reports)
    check_page(page)
    assert page.one("overall").text == "3 packages, 1 valid"
    assert [e.text for e in page.all("h2") if e.lies_in("package")] == [
        "maximum",
        "nowhere",
        "waiver",
    ]
    assert page.texts("verdict") == ["Not valid", "Could not be validated", "Valid"]
    assert page.one("error-message").text == "no such file"
    assert page.texts("of-package") == ["maximum", "waiver"]


def test_no_package_gives_a_page_too():
    page = page_of()
    check_page(page)
    assert page.one("overall").text == "0 packages, 0 valid"


def test_command_writes_the_page(tmp_path, numbers):
    report = numbers(2)
    file = tmp_path / "report.html"
    result = CliRunner().invoke(
        main, ["run", report.location, "--format", "html", "--output", str(file)]
    )
    assert result.exit_code == 1
    assert file.read_text("utf-8") == result.output == page_of(report).html


def test_counts_by_field_on_disk_are_those_in_memory(numbers, monkeypatch):
    held = numbers(60).findings.by_field()
    monkeypatch.setattr(held_frames, "MOST_IN_MEMORY", 10)
    monkeypatch.setattr(held_frames, "MOST_FRAMES", 3)
    assert numbers(60).findings.by_field() == held
    assert held == {("t.csv", "type-error", "depth", "error"): 60}


def luminance(colour):
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(weight * p for weight, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(colours, text, ground):
    """Source: Web Content Accessibility Guidelines 2.2, "contrast ratio"."""
    light, dark = sorted((luminance(colours[text]), luminance(colours[ground])), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_colours_of_both_schemes_can_be_read():
    style = page_of().one("style").text
    light, dark = (dict(re.findall(r"--([\w-]+): (#\w{6})", b)) for b in style.split("@media")[:2])
    assert light.keys() == dark.keys()
    for colours in (light, dark):
        for text in ("ink", "quiet", "link", "bad", "doubtful", "good"):
            assert contrast(colours, text, "paper") >= 4.5
            assert contrast(colours, text, "raised") >= 4.5
        assert contrast(colours, "mark-ink", "mark") >= 4.5
        assert contrast(colours, "ink", "bad-paper") >= 4.5
        assert contrast(colours, "doubtful", "doubtful-paper") >= 4.5
        assert contrast(colours, "edge", "raised") >= 3


MANY = """
import resource, sys
import polars as pl
from pathlib import Path
from validate._src.package.descriptor import load_package
from validate._src.words.finding import Finding
from validate._src.words.findingframe import FindingFrame, frame_of
from validate._src.report.formats import renderer
from validate._src.report.formats.view import View
from validate._src.report.collecting import make_report

package = load_package(Path(sys.argv[1]))
(table,) = package.resources.values()


def frames(count):
    found = frame_of(
        Finding(resource=table.name, path=table.location, code="type-error", message="no number",
                row=row, line=row, field="depth", key=(f"r{row}",), value="x" * 100)
        for row in range(2, 10_002)
    )
    for number in range(count // 10_000):
        rows = found.with_columns(pl.col("row") + number * 10_000)
        yield FindingFrame(table.name, "type-error", rows)


def peak(count):
    report = make_report(package, frames(count))
    assert len(report.findings) == count
    page = sum(len(piece) for piece in renderer("html")([report], View()))
    assert page < 1_000_000
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


print(peak(200_000), peak(1_000_000))
"""


def test_a_million_findings_take_no_more_memory_than_a_few(make_package):
    pytest.importorskip("resource")
    folder = make_package(NUMBER, "id,depth\nr0,1\n")
    answer = subprocess.run(
        [sys.executable, "-c", MANY, folder], capture_output=True, text=True, check=True
    )
    few, many = map(int, answer.stdout.split())
    unit = 1 if sys.platform == "darwin" else 1024
    assert (many - few) * unit < 150 * 1024**2


BROWSERS = ("chromium", "google-chrome", "google-chrome-stable", "chrome")


@pytest.fixture
def browse(tmp_path):
    """Opens a page in a browser without a window; gives what it says on both outputs."""
    browser = needs(*BROWSERS)
    switches = ["--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run",
                "--disable-background-networking", "--enable-logging=stderr", "--v=0",
                "--window-size=400,300", f"--user-data-dir={tmp_path / 'profile'}"]  # fmt: skip

    def open_page(html, fragment, *more):
        file = tmp_path / "report.html"
        file.write_text(html, "utf-8", newline="")
        command = [browser, *switches, *more, f"{file.as_uri()}{fragment}"]
        return subprocess.run(
            command, capture_output=True, text=True, encoding="utf-8", timeout=120
        )

    return open_page


@pytest.fixture
def shown(browse):
    """The page as a browser has it after its script ran."""

    def page(html, fragment):
        answer = browse(html, fragment, "--dump-dom")
        assert "CONSOLE" not in answer.stderr
        return Page(answer.stdout.replace("<!DOCTYPE html>", ""))

    return page


def visible(page):
    findings = page.all("finding")
    return [
        finding
        for finding in findings
        if not any("hidden" in e.attributes for e in (finding, *finding.around))
    ]


@pytest.mark.parametrize(
    ("fragment", "count", "told"),
    [
        ("", 31, "31 findings"),
        ("#q=x7", 1, "1 of 31 findings on this page match"),
        ("#q=DEPTH%20%EF%BD%98%EF%BC%97", 1, "1 of 31 findings on this page match"),
        ("#q=r29", 1, "1 of 31 findings on this page match"),
        ("#q=nowhere", 0, "0 of 31 findings on this page match"),
        ("#code=primary-key", 1, "1 of 31 findings on this page match"),
        ("#severity=error&q=type-error", 30, "30 of 31 findings on this page match"),
    ],
)
def test_search_shows_what_matches_and_says_how_many(make_package, shown, fragment, count, told):
    rows = "".join(f"r{number},x{number}\n" for number in range(30))
    report = validate(make_package(NUMBER, f"id,depth\n{rows}r0,1\n", primaryKey="id"))
    page = shown(page_of(report).html, fragment)
    assert len(visible(page)) == count
    assert page.one("output").text == told
    assert page.one("output").attributes["aria-live"] == "polite"
    assert "hidden" not in page.one("form").attributes


def test_hostile_texts_do_nothing_in_a_browser(hostile, shown):
    page = shown(page_of(hostile).html, "#q=%3Cscript%3E")
    assert len(page.all("script")) == 1
    assert [finding.text for finding in visible(page) if HOSTILE[0] in finding.text]


def test_limit_is_told_with_the_search(numbers, shown):
    page = shown(page_of(numbers(30), limit=4).html, "")
    assert page.one("output").text == "4 findings of 30 on this page"


def first_pixel(file: Path):
    """The colour in the corner of a PNG: no filter of the format changes the first pixel."""
    content = file.read_bytes()
    start, packed = 8, b""
    while start < len(content):
        length, kind = struct.unpack(">I4s", content[start : start + 8])
        packed += content[start + 8 : start + 8 + length] if kind == b"IDAT" else b""
        start += 12 + length
    return tuple(zlib.decompress(packed)[1:4])


def test_page_is_light_or_dark_as_the_reader_wants(numbers, browse, tmp_path):
    html = page_of(numbers(1)).html
    corners = {}
    for scheme, number in {"dark": 0, "light": 1}.items():
        file = tmp_path / f"{scheme}.png"
        wanted = f"--blink-settings=preferredColorScheme={number}"
        browse(html, "", wanted, f"--screenshot={file}")
        corners[scheme] = first_pixel(file)
    assert corners == {"light": (0xFD, 0xFD, 0xFB), "dark": (0x17, 0x17, 0x16)}
