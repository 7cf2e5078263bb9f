"""Sites of the dataset and of packages of tests, made once a process."""

import pytest
from support.alltypes import write_package
from support.places import PACKAGES, ROOT
from support.site import build

from validate._src.site import model

FEW = 60
"""Rows up to which rows of the dataset have pages here: enough of both kinds, in a small part
of the time."""


@pytest.fixture(scope="session")
def sites(tmp_path_factory):
    """A site by the name of its package."""
    made = {}

    def site(name):
        if name not in made:
            folder = tmp_path_factory.mktemp(name.replace("/", "-")) / "site"
            with pytest.MonkeyPatch.context() as patch:
                if name == "dataset":
                    patch.setattr(model, "MOST_ROW_PAGES", FEW)
                package = ROOT if name == "dataset" else PACKAGES / name
                if name == "all-types":
                    package = write_package(tmp_path_factory.mktemp("types"))
                made[name], _ = build(package, folder)
        return made[name]

    return site


@pytest.fixture
def site_of(tmp_path):
    """Makes the site of a package in a folder; gives it, and what was said."""

    def made(package, **options):
        return build(package, tmp_path / "site", **options)

    return made
