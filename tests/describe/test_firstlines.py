"""The first lines of a file are the same whether its encoding is declared or detected."""

import pytest
from support.made import one_table

from validate._src.describe import firstlines
from validate._src.describe.firstlines import first_lines
from validate._src.package.descriptor import load_package
from validate._src.words.errors import FileError


@pytest.mark.parametrize("sample", [1, 5, 8, 12, 1000])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("content", ["", "a", "池\n1\n22\n", "a\n池池池池", "long line\nb\n"])
def test_declared_or_detected(tmp_path, monkeypatch, content, mark, sample):
    monkeypatch.setattr(firstlines, "SAMPLE", sample)
    found = []
    for more in ({}, {"encoding": "utf-8"}):
        folder, file = one_table(tmp_path, "t.csv", [{"name": "a", "type": "string"}], **more)
        file.write_bytes(mark + content.encode())
        table = load_package(folder).tables["t"]
        assert table.detects_encoding is (not more)
        found.append(first_lines(table))
    assert found[0] == found[1]
    assert content.encode().startswith(found[0])


def test_a_file_that_is_gone_is_said(tmp_path):
    folder, file = one_table(tmp_path, "t.csv", [{"name": "a", "type": "string"}], encoding="utf-8")
    file.write_bytes(b"a\n")
    table = load_package(folder).tables["t"]
    file.unlink()
    with pytest.raises(FileError, match="cannot be read"):
        first_lines(table)
