"""Row names of R and pandas."""

import pytest
from support.command import run
from support.made import one_table

from validate import validate

FIELDS = [
    {"name": "name", "type": "string"},
    {"name": "depth", "type": "number"},
    {"name": "dug", "type": "integer"},
]
ROWS = [(f"Pond {at}", f"{at}.5", str(1900 + at)) for at in range(1, 21)]


def of_r(delimiter=" ", names=None, header='"name"{0}"depth"{0}"dug"', rows=ROWS):
    """A table as write.table of R has it."""
    names = names or [str(at) for at in range(1, len(rows) + 1)]
    lines = [header.format(delimiter)]
    lines += [
        delimiter.join([f'"{name}"', f'"{row[0]}"', *row[1:]])
        for name, row in zip(names, rows, strict=True)
    ]
    return "\n".join([*lines, ""])


@pytest.fixture
def checked(tmp_path):
    """The report on a table of this text with a schema."""

    def check(text, fields=FIELDS, name="t.csv", **properties):
        folder, file = one_table(tmp_path, name, fields, **properties)
        file.write_text(text, "utf-8")
        return validate(folder)

    return check


@pytest.mark.parametrize("names", [None, [f"site {at}" for at in range(20)]])
@pytest.mark.parametrize("delimiter", [" ", "\t", ",", ";"])
def test_a_header_that_lacks_the_label_of_row_names(checked, delimiter, names):
    (found,) = checked(of_r(delimiter, names))
    assert (found.code, found.rule, found.line) == ("misread-file", "fields", 1)
    assert "each row begins with a name, as write.table of R has it" in found.message
    assert "row.names=FALSE" in found.message
    assert ('say "delimiter"' in found.message) == (delimiter != ",")


@pytest.mark.parametrize("names", [None, [f"site {at}" for at in range(20)]])
@pytest.mark.parametrize("delimiter", [" ", "\t", ",", ";"])
@pytest.mark.parametrize("suffix", ["csv", "txt"])
def test_it_is_told_of_a_table_by_itself(tmp_path, delimiter, names, suffix):
    file = tmp_path / f"t.{suffix}"
    file.write_text(of_r(delimiter, names), "utf-8")
    given = {"delimiter": delimiter} if suffix == "txt" else {}
    (found,) = validate(file, given=given)
    assert (found.code, found.severity, found.line) == ("misread-file", "error", 1)
    assert "each row begins with a name, as write.table of R has it" in found.message


def test_init_tells_it(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "t.csv").write_text(of_r(), "utf-8")
    result = run("init", "t.csv")
    assert result.exit_code == 2
    assert "each row begins with a name, as write.table of R has it" in result.output


def test_a_space_is_told_as_the_delimiter(tmp_path, checked):
    text = "\n".join(line.partition(" ")[2] or line for line in of_r().splitlines())
    text = text.replace('"depth" "dug"', '"name" "depth" "dug"')
    (found,) = checked(text)
    assert (found.code, found.rule) == ("misread-file", "delimiter")
    assert 'the delimiter is " " (spaces), not ","' in found.message
    (tmp_path / "alone.csv").write_text(text, "utf-8")
    report = validate(tmp_path / "alone.csv")
    assert list(report) == []
    assert ("cells", 60) in {(part.what, part.count) for part in report.checked}


BLANK = {
    "R": '"","name","depth","dug"\n' + "".join(f'"{a}","{a}",1.5,2\n' for a in "xyz"),
    "pandas": ",name,depth,dug\n" + "".join(f"{a},n{a},1.5,2\n" for a in range(3)),
}


@pytest.mark.parametrize("kind", BLANK)
def test_a_first_column_without_label_holds_row_names(checked, kind):
    (found,) = checked(BLANK[kind])
    assert (found.code, found.rule) == ("misread-file", "fieldsMatch")
    assert "it holds row names; R leaves row names out with row.names=FALSE" in found.message
    assert "pandas with index=False" in found.message


@pytest.mark.parametrize("kind", BLANK)
def test_of_a_table_by_itself_the_label_alone_is_missing(tmp_path, kind, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "t.csv").write_text(BLANK[kind], "utf-8")
    (found,) = validate(tmp_path / "t.csv")
    assert found.code == "blank-label"
    assert "as row names have none (R leaves row names out with row.names=FALSE" in found.message
    result = run("init", "t.csv")
    assert "t: column 1 has no label, as row names have none" in result.output
    assert "it is described as field1" in result.output


def test_a_label_that_is_missing_elsewhere_is_none_of_row_names(tmp_path):
    (tmp_path / "t.csv").write_text("a,,c\n1,2,3\n", "utf-8")
    (found,) = validate(tmp_path / "t.csv")
    assert "row names" not in found.message


UNLIKE = {
    "the last label is missing": "id,name\n1,Ann,x\n2,Bob,y\n",
    "texts without quotes": "name,town\nAnn,Rome,x\nBob,Oslo,y\n",
    "a comma at the end": "name,town\n1,Rome,\n2,Oslo,\n",
    "equal names": '"a","b"\n"x",1,2\n"x",3,4\n',
}


@pytest.mark.parametrize("kind", UNLIKE)
def test_of_other_short_headers_no_row_names_are_said(tmp_path, kind):
    (tmp_path / "t.csv").write_text(UNLIKE[kind], "utf-8")
    assert not any("R has it" in found.message for found in validate(tmp_path / "t.csv"))


WORDS = {
    "names": "full name\nAnn Smith\nBob Jones\n",
    "addresses": "address\nStreet 5\nRoad 7\n",
    "one text": "remark\nit is cold\nit was warm\n",
    "quoted": '"full name"\n"Ann Smith"\n"Bob Jones"\n',
    "codes": "code\nA 1 2\nB 3 4\n",
}


@pytest.mark.parametrize("kind", WORDS)
def test_words_are_no_cells(tmp_path, kind):
    (tmp_path / "t.csv").write_text(WORDS[kind], "utf-8")
    report = validate(tmp_path / "t.csv")
    assert list(report) == []
    assert ("cells", 2) in {(part.what, part.count) for part in report.checked}


MOMENTS = [f'"a" {at}.5 TRUE 2025-01-01 10:00:{at}' for at in range(10, 30)]
SEEN = [
    {"name": "site", "type": "string"},
    {"name": "depth", "type": "number"},
    {"name": "dry", "type": "boolean", "trueValues": ["TRUE"]},
    {"name": "seen", "type": "datetime", "format": "%Y-%m-%d %H:%M:%S"},
]


def with_moments(*, named, rows=MOMENTS):
    lines = [f'"{at}" {row}' if named else row for at, row in enumerate(rows, 1)]
    return "\n".join(['"site" "depth" "dry" "seen"', *lines, ""])


@pytest.mark.parametrize("named", [True, False])
@pytest.mark.parametrize("dialect", [{}, {"delimiter": " "}])
def test_datetimes_that_spaces_part_are_told(checked, named, dialect):
    (found,) = checked(with_moments(named=named), SEEN, dialect=dialect)
    assert (found.code, found.rule, found.line) == ("misread-file", "delimiter", 1)
    assert "the space in datetimes such as" in found.message
    assert "row.names" not in found.message


@pytest.mark.parametrize("named", [True, False])
@pytest.mark.parametrize("suffix", ["csv", "txt"])
def test_they_are_told_of_a_table_by_itself(tmp_path, named, suffix):
    file = tmp_path / f"t.{suffix}"
    file.write_text(with_moments(named=named), "utf-8")
    (found,) = validate(file)
    assert (found.code, found.severity, found.line) == ("misread-file", "error", 1)
    assert "the space in datetimes such as" in found.message


def test_days_and_times_with_labels_of_their_own_are_no_datetimes(tmp_path):
    file = tmp_path / "t.txt"
    rows = [f"{at} {at}.5 2025-01-01 10:00:{at}\n" for at in range(10, 30)]
    file.write_text("".join(["n depth day clock\n", *rows]), "utf-8")
    assert validate(file).valid
