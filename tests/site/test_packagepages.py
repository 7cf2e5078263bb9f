"""The badge of a package, and what it does not vouch for."""

from dataclasses import replace

import pytest
from support.places import PACKAGES

from validate import validate
from validate._src.site.packagepages import MOST_UNCHECKED, unchecked
from validate._src.words.outcome import NotChecked

NAME = "valid-verifications"


def test_without_the_source_texts_anchors_are_said_not_to_be_proved(sites):
    for path in ("index.html", "validation.html"):
        page = sites(NAME).page(path)
        (said,) = page.texts("p", class_="unchecked m")
        assert said == (
            "Not checked: whether passages stand in the source texts where the rows say, for which"
            " those texts are needed. Why"
        )
        assert "validation.html#unchecked-title" in page.links
    assert "unchecked-title" in sites(NAME).page("validation.html").ids


def test_with_the_source_texts_nothing_is_left(site_of):
    site, _ = site_of(PACKAGES / NAME, sources=PACKAGES / NAME / "sources")
    assert site.page("index.html").texts("p", class_="unchecked m") == []
    assert unchecked(validate(PACKAGES / NAME, PACKAGES / NAME / "sources")) is None


@pytest.mark.parametrize("count", [1, MOST_UNCHECKED, MOST_UNCHECKED + 2])
def test_of_much_else_the_first_are_named_and_the_others_counted(count):
    parts = tuple(NotChecked(f"part {number}", "there is no time") for number in range(count))
    found = unchecked(replace(validate(PACKAGES / NAME), not_checked=parts))
    assert found is not None
    assert (found.texts, len(found.first), found.more) == (
        False,
        min(count, MOST_UNCHECKED),
        max(0, count - MOST_UNCHECKED),
    )
