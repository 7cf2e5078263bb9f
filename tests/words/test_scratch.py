from pathlib import Path

import pytest

from validate._src.words.scratch import ScratchFolder, also_at


def test_the_folder_goes_with_its_object():
    folder = ScratchFolder()
    path = folder.path
    (path / "a").touch()
    del folder
    assert not path.exists()


@pytest.mark.parametrize("has_links", [True, False])
def test_a_file_stands_in_two_places(tmp_path, monkeypatch, has_links):
    def refuse(self, file):
        raise OSError("no links")

    if not has_links:
        monkeypatch.setattr(Path, "hardlink_to", refuse)
    (tmp_path / "a").write_text("pond", "utf-8")
    also_at(tmp_path / "a", tmp_path / "b")
    assert (tmp_path / "b").read_text("utf-8") == "pond"
    assert (tmp_path / "a").samefile(tmp_path / "b") is has_links


def test_a_place_that_is_none_is_an_error(tmp_path):
    (tmp_path / "a").touch()
    with pytest.raises(FileNotFoundError):
        also_at(tmp_path / "a", tmp_path / "absent" / "b")
