import os

import pytest

from validate._src.package.addresses import NOT_FETCHED, ONLY_FETCHED
from validate._src.package.folder import Folder
from validate._src.words.errors import PackageError


@pytest.fixture
def folder(tmp_path):
    """A package's folder with `data/ponds.csv`, and a file beside the folder."""
    package = tmp_path / "package"
    (package / "data").mkdir(parents=True)
    (package / "data" / "ponds.csv").touch()
    (tmp_path / "secret.csv").touch()
    return package


def refusal(location, folder):
    with pytest.raises(PackageError) as caught:
        Folder(folder).file(location, "place")
    return str(caught.value).removeprefix(f"place: {location}: ")


@pytest.mark.parametrize("location", ["data/ponds.csv", "./data/ponds.csv", "data//ponds.csv"])
def test_path_inside_the_folder(folder, location):
    assert Folder(folder).file(location, "place").samefile(folder / "data" / "ponds.csv")


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("../secret.csv", "leads out of the package's folder by '..'"),
        ("data/../../secret.csv", "leads out of the package's folder by '..'"),
        ("data/../data/ponds.csv", "leads out of the package's folder by '..'"),
        ("..\\secret.csv", "leads out of the package's folder by '..'"),
        ("/etc/hosts", "an absolute path; use one relative to the package"),
        ("\\secret.csv", "an absolute path; use one relative to the package"),
        ("C:\\secret.csv", "an absolute path; use one relative to the package"),
        ("C:secret.csv", "an absolute path; use one relative to the package"),
        ("\\\\server\\share\\secret.csv", "an absolute path; use one relative to the package"),
        ("https://ponds.example/a.csv", NOT_FETCHED),
        ("FTP://ponds.example/a.csv", ONLY_FETCHED),
        ("file:///etc/hosts", ONLY_FETCHED),
        ("data/lakes.csv", "no such file"),
        ("data", "not a regular file"),
        (".", "not a regular file"),
        ("", "not a regular file"),
    ],
)
def test_unsafe_path_is_refused(folder, location, reason):
    assert refusal(location, folder) == reason


@pytest.mark.parametrize("location", ["data/ponds.csv\0", "x" * 5000])
def test_path_that_no_file_can_have_is_refused(folder, location):
    assert refusal(location, folder) in ("not a usable path", "no such file")


@pytest.mark.skipif(os.name == "nt", reason="symbolic links need a privilege on Windows")
class TestLinks:
    def test_link_out_of_the_folder_is_refused(self, folder):
        (folder / "ponds.csv").symlink_to(folder.parent / "secret.csv")
        assert refusal("ponds.csv", folder) == "a link that leads out of the package's folder"

    def test_path_through_a_linked_folder_is_refused(self, folder):
        (folder / "outside").symlink_to(folder.parent)
        assert refusal("outside/secret.csv", folder) == (
            "a link that leads out of the package's folder"
        )

    def test_link_within_the_folder_is_followed(self, folder):
        (folder / "ponds.csv").symlink_to("data/ponds.csv")
        assert Folder(folder).file("ponds.csv", "place").is_file()

    def test_link_to_itself_is_refused(self, folder):
        (folder / "ponds.csv").symlink_to("ponds.csv")
        assert refusal("ponds.csv", folder) in ("not a usable path", "no such file")

    def test_folder_of_the_package_may_itself_be_a_link(self, folder):
        link = folder.parent / "link"
        link.symlink_to(folder)
        assert Folder(link).file("data/ponds.csv", "place").is_file()

    def test_named_pipe_is_refused(self, folder):
        os.mkfifo(folder / "ponds.csv")
        assert refusal("ponds.csv", folder) == "not a regular file"


def test_files_of_the_folder_are_read(folder):
    (folder / "deep.sql").write_text("SELECT 1 -- 池", "utf-8")
    (folder / "schema.json").write_text("{}", "utf-8")
    assert Folder(folder).text("deep.sql", "place") == "SELECT 1 -- 池"
    assert Folder(folder).json("schema.json", "place") == {}


@pytest.mark.parametrize("read", ["text", "json"])
def test_files_outside_of_the_folder_are_not_read(folder, read):
    with pytest.raises(PackageError, match=r"leads out of the package's folder"):
        getattr(Folder(folder), read)("../secret.csv", "place")


def test_files_that_fit_a_pattern_are_looked_for_once(folder):
    known = Folder(folder)
    assert known.matching("**/*.csv").paths == ("data/ponds.csv",)
    (folder / "data" / "lakes.csv").touch()
    assert known.matching("**/*.csv").paths == ("data/ponds.csv",)
    assert known.matching("data/*").paths == ("data/lakes.csv", "data/ponds.csv")


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("../*.csv", "leads out of the package's folder by '..'"),
        ("/*.csv", "an absolute path; use one relative to the package"),
        ("https://ponds.example/*.csv", "files on the web cannot be listed; name each of them in"),
    ],
)
def test_patterns_that_lead_out(folder, pattern, said):
    with pytest.raises(PackageError, match=said):
        Folder(folder).matching(pattern)
