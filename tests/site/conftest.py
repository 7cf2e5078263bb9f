"""Sites of the dataset and of packages of tests, made once a process."""

import json

import pytest
from support.alltypes import write_package
from support.browser import browser
from support.foreign import write_package as write_foreign
from support.made import PROFILE
from support.places import PACKAGES, ROOT
from support.site import build

from validate._src.engine.run import read_judged
from validate._src.package.descriptor import load_package
from validate._src.site import gather, limits
from validate._src.site.links import Links

OF = {"dataset": ROOT, **dict.fromkeys(("parted", "pieces"), PACKAGES / "valid-verifications")}
"""The packages of sites that have another name."""
LIMITS = {
    "dataset": {"MOST_ROW_PAGES": 60},  # enough of both kinds, in a small part of the time
    "parted": {"MOST_ROW_PAGES": 2, "ROWS_A_PART": 1, "MOST_REFERRING": 1},
    "pieces": {"PIECES_A_PART": 4},  # of sources: segments and spans
}
"""What stands on a page of some sites, where it is not as much as usual."""


@pytest.fixture(scope="module")
def chromium():
    """The browser that the tests of a file share."""
    with browser() as found:
        yield found


@pytest.fixture(scope="session")
def sites(tmp_path_factory):
    """A site by the name of its package."""
    made = {}

    def site(name):
        if name not in made:
            folder = tmp_path_factory.mktemp(name.replace("/", "-")) / "site"
            with pytest.MonkeyPatch.context() as patch:
                for limit, most in LIMITS.get(name, {}).items():
                    patch.setattr(limits, limit, most)
                package = PACKAGES / OF.get(name, name)
                if name == "all-types":
                    package = write_package(tmp_path_factory.mktemp("types"))
                made[name], _ = build(package, folder)
        return made[name]

    return site


@pytest.fixture(scope="session")
def foreign(tmp_path_factory):
    """The site of a package such as others make, and what was said of it."""
    package = write_foreign(tmp_path_factory.mktemp("foreign"))
    return build(package, tmp_path_factory.mktemp("foreign-site") / "site")


@pytest.fixture
def site_of(tmp_path):
    """Makes the site of a package in a folder; gives it, and what was said."""

    def made(package, **options):
        return build(package, tmp_path / "site", **options)

    return made


@pytest.fixture
def links_of(tmp_path):
    """The tables and links of a package of tables: name, fields, rows and keys each."""

    def made(**tables):
        resources = []
        for name, (fields, rows, schema) in tables.items():
            (tmp_path / f"{name}.csv").write_text(rows, "utf-8")
            schema = {"fields": fields, **schema}
            resources.append({"name": name, "path": f"{name}.csv", "schema": schema})
        descriptor = {"$schema": PROFILE, "name": "linked", "resources": resources}
        (tmp_path / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
        site = gather.site_of(*read_judged(load_package(tmp_path)))
        return site.tables, Links(site)

    return made
