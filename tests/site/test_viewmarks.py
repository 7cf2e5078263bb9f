"""The looks of marks: one value has one look on all pages, and verdicts those of their kinds."""

import re

from support.places import PACKAGES, ROOT

from validate._src.package.descriptor import load_package
from validate._src.site.viewmarks import LOOKS, looks_of
from validate._src.words.schema import Category, Field

ASSETS = ROOT / "validate" / "_src" / "site" / "assets"
VERDICTS = load_package(PACKAGES / "valid-verifications")
LAKES = load_package(PACKAGES / "valid-views")


def field_of(name, values):
    categories = tuple(Category(one, one, "") for one in values)
    return Field(name, "string", "default", {}, ("",), {}, categories=categories)


def looks(values, *, of=("counts", "kind")):
    package = VERDICTS if of[0] in VERDICTS.tables else LAKES
    return looks_of((package.tables[of[0]], field_of(of[1], values)), package.verifications)


def test_a_value_looks_by_its_place_in_the_whole_vocabulary():
    assert looks(["says", "implies", "omits"]) == {"says": "1", "implies": "2", "omits": "3"}
    assert looks([]) == {}
    assert looks_of(None, None) == {}


def test_a_long_vocabulary_has_all_looks_and_then_the_same_again():
    found = looks(map(str, range(LOOKS + 2)))
    assert [*found.values()] == [*map(str, range(1, LOOKS + 1)), "1", "2"]


def test_verdicts_look_by_what_they_say_of_claim_and_document():
    found = looks(["agrees", "differs", "beyond", "unread"], of=VERDICTS.verifications.judged)
    assert found == {
        "agrees": "agrees",
        "differs": "differs",
        "beyond": "other",
        "unread": "waits",
    }
    assert looks(["agrees"], of=("checks", "note")) == {"agrees": "1"}


def test_each_look_but_the_plain_one_is_in_the_styles():
    styles = (ASSETS / "views.css").read_text("utf-8")
    named = {*re.findall(r"^\.mark-(\w+) ", styles, re.M)}
    assert named == {*map(str, range(2, LOOKS + 1)), "agrees", "differs", "waits"}


def test_marks_look_alike_on_all_pages_and_only_those_of_a_page_are_explained(sites):
    site = sites("dataset")
    paths = [path for path in site.paths if path.startswith("views/")]
    mark = re.compile(r'<span class="mark mark-(\w+)"><span class="said" lang="en">(.*?)</span>')
    found = {}
    for path in paths:
        html = site.text(path)
        explained, _, rows = html.partition('<dl class="values marks">')[2].partition("</dl>")
        for look, called in mark.findall(explained):
            found.setdefault(called, set()).add(look)
        assert {*mark.findall(rows)} == {*mark.findall(explained)}, path
    assert {called: look for called, (look,) in found.items()} == {
        "Agrees": "agrees",
        "Differs": "differs",
        "Not in the document": "other",
        "Beyond the document": "other",
        "Unverified": "waits",
        "No document": "other",
        "Says": "1",
        "Implies": "2",
        "Omits": "3",
        "Defines": "4",
        "Ambiguous": "5",
    }
