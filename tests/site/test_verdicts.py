"""Claims beside the documents that they report, at the head of their pages and in the lists."""

import shutil

import pytest
from support.made import change_descriptor
from support.places import PACKAGES
from support.site import build

NAME = "valid-verifications"
pytestmark = pytest.mark.xdist_group("sites")


def head(page):
    """What the page of a claim says of its document."""
    (section,) = page.texts("section", **{"aria-labelledby": "verdict-title"})
    return section


def test_a_claim_that_its_document_confirms_says_so(sites):
    page = sites(NAME).page("tables/pledges/p1.html")
    assert head(page) == (
        "Beside the document The document itself says so agrees found: Four quays, by May. "
        "Document: charter · checks: p1"
    )
    assert "../../tables/checks/p1.html" in page.links


def test_a_claim_that_differs_says_in_what(sites):
    page = sites(NAME).page("tables/pledges/p2.html")
    assert head(page).startswith("Beside the document The document itself differs: amount")


def test_a_claim_that_waits_says_that_it_was_not_compared(sites):
    page = sites(NAME).page("tables/pledges/p4.html")
    assert "Not compared with a document" in head(page)
    assert "Document: treaty" in head(page)


def test_the_pattern_of_what_is_absent_is_no_part_of_what_was_found(sites):
    assert "ferr" not in head(sites(NAME).page("tables/pledges/p3.html"))


def test_a_row_that_is_no_claim_says_nothing_of_documents(sites):
    for path in ("tables/texts/charter.html", "tables/checks/p1.html"):
        assert not sites(NAME).page(path).texts("section", **{"aria-labelledby": "verdict-title"})


@pytest.fixture
def changed(tmp_path):
    """The site of the package after a change."""

    def site(file, old, new):
        package = shutil.copytree(PACKAGES / NAME, tmp_path / "package")
        text = (package / file).read_text("utf-8")
        assert old in text
        (package / file).write_text(text.replace(old, new), "utf-8")
        return build(package, tmp_path / "site")[0]

    return site


def test_a_claim_without_a_verification_says_so(changed):
    site = changed("checks.csv", "p4,treaty,,unread,,\n", "")
    assert head(site.page("tables/pledges/p4.html")) == (
        "Beside the document Not compared with a document No verification names it."
    )


def test_an_empty_verdict_is_none(changed):
    site = changed("checks.csv", "p4,treaty,,unread,,\n", "p4,treaty,,,,\n")
    assert "It has no verdict." in head(site.page("tables/pledges/p4.html"))


def test_without_a_foreign_key_claims_are_those_that_evidence_proves(tmp_path):
    package = shutil.copytree(PACKAGES / NAME, tmp_path / "package")

    def loose(descriptor):
        checks = next(one for one in descriptor["resources"] if one["name"] == "checks")
        del checks["schema"]["foreignKeys"]

    change_descriptor(package, loose)
    site, _ = build(package, tmp_path / "site")
    assert "itself differs: amount" in head(site.page("tables/pledges/p2.html"))


def test_a_restricted_verdict_is_nowhere(tmp_path):
    package = shutil.copytree(PACKAGES / NAME, tmp_path / "package")

    def hidden(descriptor):
        checks = next(one for one in descriptor["resources"] if one["name"] == "checks")
        field = next(one for one in checks["schema"]["fields"] if one["name"] == "verdict")
        field["restricted"] = True

    change_descriptor(package, hidden)
    site, _ = build(package, tmp_path / "site")
    page = site.page("tables/pledges/p2.html")
    assert not page.texts("section", **{"aria-labelledby": "verdict-title"})


# This dataset's claims.


def test_each_claim_of_the_dataset_says_how_it_stands(sites):
    site = sites("dataset")
    figure = site.page("tables/figures/fig-0033.html")
    assert "The document itself says so" in head(figure)
    assert "../../tables/verifications/index.html" in " ".join(figure.links)
