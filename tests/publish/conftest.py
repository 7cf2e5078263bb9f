"""The dataset and a package with every type, exported to all formats once a process."""

import pytest
from support.alltypes import write_package
from support.places import ROOT

from validate._src.publish.export import export
from validate._src.publish.formats import FORMATS


class Exported:
    """A package in all formats.

    Attributes:
        package: its folder.
        said: what was said of it.
    """

    def __init__(self, package, folder):
        self.package, self._folder = package, folder
        to = [f"{name}:{self.path(name)}" for name in FORMATS]
        self.said = [*export(package, to)]

    def path(self, name):
        """The file or folder of a format."""
        return self._folder / f"out.{name}"


@pytest.fixture(scope="session")
def dataset(tmp_path_factory):
    return Exported(ROOT, tmp_path_factory.mktemp("dataset"))


@pytest.fixture(scope="session")
def all_types(tmp_path_factory):
    return Exported(write_package(tmp_path_factory.mktemp("types")), tmp_path_factory.mktemp("out"))


@pytest.fixture
def export_package(tmp_path):
    """Exports a package in a folder to a format; gives the path of that, and what was said."""

    def made(package, name):
        path = tmp_path / f"made.{name}"
        said = [*export(package, [f"{name}:{path}"])]
        return path, [one for one in said if not one.startswith("wrote ")]

    return made
