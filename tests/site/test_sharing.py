"""Rows that rest on the same passages."""

import random
import shutil

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.places import PACKAGES

from validate._src.site import limits
from validate._src.site.sharing import _Laid

SPAN = st.tuples(st.integers(0, 30), st.integers(0, 12))
pytestmark = pytest.mark.xdist_group("sites")


def slowly(spans, start, end):
    shared = ((row, min(end, last) - max(start, first)) for first, last, row in spans)
    return sorted((row, count) for row, count in shared if count > 0)


@given(st.lists(SPAN), SPAN)
def test_spans_that_overlap_are_found(pairs, asked):
    spans = [(start, start + length, row) for row, (start, length) in enumerate(pairs)]
    random.Random(0).shuffle(spans)
    start, end = asked[0], sum(asked)
    assert sorted(_Laid(spans).over(start, end)) == slowly(spans, start, end)


def test_a_span_that_only_touches_another_shares_nothing():
    assert [*_Laid([(0, 5, 1), (10, 15, 2)]).over(5, 10)] == []


def test_claims_of_the_same_clause_lead_to_each_other(sites):
    site = sites("dataset")
    path = "tables/figures/fig-0033.html"
    (section,) = site.page(path).texts("section", **{"aria-labelledby": "companions-title"})
    assert "com-0132" in section
    assert "Differs 相違: Condition 条件" in section


@pytest.mark.parametrize(
    ("most", "named", "more"),
    [(1, ["p2"], "and 1 more, which the page of the source shows"), (2, ["p2", "p3"], None)],
)
def test_those_beyond_what_a_page_names_are_counted(
    most, named, more, site_of, tmp_path, monkeypatch
):
    package = shutil.copytree(PACKAGES / "valid-verifications", tmp_path / "package")
    header, first, *_ = (package / "quotes.csv").read_text("utf-8").splitlines()
    others = ["p2,letter,1,10,26,", "p3,letter,1,20,26,"]
    (package / "quotes.csv").write_text("\n".join([header, first, *others, ""]), "utf-8")
    monkeypatch.setattr(limits, "MOST_REFERRING", most)
    site, _ = site_of(package)
    page = site.page("tables/pledges/p1.html")
    (section,) = page.texts("section", **{"aria-labelledby": "companions-title"})
    assert section.startswith("What rests on the same passages 2 ")
    assert [key for key in ("p2", "p3", "p4") if f"{key} " in section] == named
    assert "differs: amount" in section
    assert (more in section) if more else (" more" not in section)


def test_what_is_compared_by_the_same_passages_are_claims_each_once(site_of, tmp_path):
    """A verification stands for its claim, which may rest on the same passage of a report too."""
    package = shutil.copytree(PACKAGES / "valid-verifications", tmp_path / "package")
    for name, row in (("check_spans", "p2,charter,1,10,32,"), ("quotes", "p2,letter,1,10,26,")):
        file = package / f"{name}.csv"
        file.write_text(f"{file.read_text('utf-8')}{row}\n", "utf-8")
    site, _ = site_of(package)
    page = site.page("tables/checks/p1.html")
    (section,) = page.texts("section", **{"aria-labelledby": "companions-title"})
    assert section.startswith("What rests on the same passages 1 ")
    assert section.endswith("p2 The city pays ten million a year. differs: amount")
    assert page.links.count("../../tables/pledges/p2.html") == 1


def test_rows_that_share_nothing_name_no_others(sites):
    page = sites("valid-verifications").page("tables/pledges/p1.html")
    assert not page.texts("section", **{"aria-labelledby": "companions-title"})
