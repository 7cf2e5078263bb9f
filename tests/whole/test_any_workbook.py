"""Whatever is wrong with a workbook, it is said, or the values are those that others read.

What the other reader refuses without need, such as faults of the theme, must leave the values as
they were.
"""

import datetime as dt
import re
import warnings
import zipfile
from io import BytesIO
from random import Random

import openpyxl
import pytest
from support.made import one_table
from support.sheets import Failed, ods, xls, xlsx

from validate import load, validate

FIELDS = [
    {"name": "id", "type": "integer"},
    {"name": "pond", "type": "string"},
    {"name": "depth", "type": "number"},
    {"name": "dug", "type": "date"},
    {"name": "open", "type": "boolean"},
]
NAMES = [field["name"] for field in FIELDS]
ROWS = [
    [1, "Reed", 2.5, dt.date(2024, 5, 6), True],
    [2, "Mirror & Étang", 1e-3, dt.date(2020, 2, 29), False],
    [3, None, 12.0, None, None],
    [4, "Reed", None, dt.date(1999, 12, 31), True],
]
OTHERS = [["x"], [Failed("#N/A")]]
LARGE = ("999999999", "1048577", "-1", "0", "", "1e9", "x", "2")
WRITERS = {"xlsx": xlsx, "ods": ods, "xls": xls}
PARTS, OF_A_PART = 4, 30
"""Of each format so many times so many are tried, which takes some seconds."""

NUMBERS = re.compile(rb"(?<=[\">])-?[0-9]+(?=[\"<])")
NAMES_OF_TAGS = re.compile(rb"(?<=</)[a-z:-]+|(?<=<)[a-z:-]+")
PIECES = re.compile(rb"<(?:row|c|v|si|xf|sheet|table:table-(?:row|cell)|text:p)\b[^>]*>")


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    """The bytes of a workbook in each format."""
    made = {}
    for suffix, write in WRITERS.items():
        file = tmp_path_factory.mktemp("sound") / f"t.{suffix}"
        write(file, ponds=[NAMES, *ROWS], others=OTHERS)
        made[suffix] = file.read_bytes()
    return made


def at_random(random, places):
    """One of some places in a text."""
    found = [*places]
    return random.choice(found) if found else None


def number_changed(random, content):
    place = at_random(random, NUMBERS.finditer(content))
    new = random.choice(LARGE).encode()
    return content if place is None else content[: place.start()] + new + content[place.end() :]


def tag_renamed(random, content):
    place = at_random(random, NAMES_OF_TAGS.finditer(content))
    return content if place is None else content[: place.start()] + b"w" + content[place.end() :]


def piece_repeated(random, content):
    place = at_random(random, PIECES.finditer(content))
    if place is None:
        return content
    end = content.find(b">", content.find(b"</", place.end())) + 1
    return content[:end] + content[place.start() : end] + content[end:]


def piece_removed(random, content):
    begin = random.randint(0, len(content))
    return content[:begin] + content[begin + random.randint(1, 60) :]


def bytes_changed(random, content):
    changed = bytearray(content)
    for _ in range(random.randint(1, 3)):
        changed[random.randint(0, len(content) - 1)] = random.randint(0, 255)
    return bytes(changed)


def cut_off(random, content):
    return content[: random.randint(0, len(content))]


WITHIN = (number_changed, tag_renamed, piece_repeated, piece_removed, bytes_changed, cut_off)
WHOLE = (bytes_changed, cut_off, piece_removed)


def member_changed(random, content, file):
    """Changes or leaves out a member of an archive, whose digests are right again."""
    file.write_bytes(content)
    with zipfile.ZipFile(file) as archive:
        members = {one: archive.read(one) for one in archive.namelist()}
    name = random.choice(sorted(members))
    if random.randint(0, 9):
        members[name] = random.choice(WITHIN)(random, members[name] or b"<a/>")
    else:
        del members[name]
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for one, text in members.items():
            archive.writestr(one, text)


def by_another_reader(file):
    """The rows of the first sheet as openpyxl reads them; None where it does not."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            book = openpyxl.load_workbook(BytesIO(file.read_bytes()), data_only=True)
            rows = [[*row] for row in book[book.sheetnames[0]].iter_rows(values_only=True)]
        except Exception:
            return None
    return [[plain(cell) for cell in row] for row in rows]


def plain(cell):
    return cell.date() if isinstance(cell, dt.datetime) and cell.time() == dt.time() else cell


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("suffix", WRITERS)
def test_a_damaged_workbook_has_the_values_that_others_read_or_a_finding(
    tmp_path, sound, suffix, part
):
    folder, file = one_table(tmp_path, f"t.{suffix}", FIELDS)
    for seed in range(part, PARTS * OF_A_PART, PARTS):
        random = Random(f"{suffix} {seed}")
        if suffix == "xls" or not random.randint(0, 4):
            file.write_bytes(random.choice(WHOLE)(random, sound[suffix]))
        else:
            member_changed(random, sound[suffix], file)
        report = validate(folder)
        assert report.findings or report.valid
        if suffix == "xlsx" and report.valid:
            rows = [NAMES, *map(list, load(folder)["t"].rows())]
            assert rows in ([NAMES, *ROWS], by_another_reader(file)), seed
