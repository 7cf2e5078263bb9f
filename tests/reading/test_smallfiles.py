"""Small files are read together as each is read by itself."""

import json
from dataclasses import replace

import polars as pl
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from support.made import PROFILE

from validate import validate
from validate._src.package.descriptor import load_package
from validate._src.reading import _smallfiles
from validate._src.reading._smallfiles import _together
from validate._src.reading.delimited import DelimitedReader
from validate._src.words.errors import FileError
from validate._src.words.model import Dialect

FILES = 4
FIELDS = [{"name": "a", "type": "integer"}, {"name": "b"}]


@pytest.fixture
def resource(tmp_path):
    """A table in some files, of which a test gives the bytes."""
    return load_package(package(tmp_path, [b""] * FILES)).resources["t"]


def package(folder, files, **properties):
    """Writes a package of a table in files that hold this; gives its folder."""
    paths = [f"t{number}.csv" for number in range(len(files))]
    for path, content in zip(paths, files, strict=True):
        if content is not None:
            (folder / path).write_bytes(content)
    schema = {"fields": FIELDS, "primaryKey": "a"}
    table = {"name": "t", "path": paths, "encoding": "utf-8", "schema": schema, **properties}
    descriptor = {"$schema": PROFILE, "name": "made", "resources": [table]}
    (folder / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    return folder


def with_bytes(resource, files, dialect):
    for part, content in zip(resource.parts, files, strict=False):
        part.file.write_bytes(content)
    return replace(resource, parts=resource.parts[: len(files)], dialect=dialect)


def records(resource, wanted=None):
    """All that a reader says, each record with its file; how many batches it took is left out."""
    found, said, complete = [], [], True
    rows = None if wanted is None else pl.Series(sorted(wanted), dtype=pl.Int64)
    try:
        reader = DelimitedReader(resource)
        width = len(reader.labels or "abc")
        names = None if wanted is None else [str(column) for column in range(width)]
        for batch in reader.batches(width, names, rows):
            files = [(0, batch.location, None), *batch.others]
            assert [*batch.rows] == sorted(batch.rows)
            for index, number in enumerate(batch.rows):
                if wanted is not None and number not in wanted:
                    continue
                file = [location for first, location, _ in files if first <= number][-1]
                record = (number, batch.lines[index], file, batch.cells.row(index, named=True))
                if wanted is None:
                    found.append((*record, batch.ragged.get(index), index in batch.empty))
                else:
                    found.append((*record, batch.written(number)))
            said += batch.findings
            complete = batch.complete
    except FileError as error:
        said.append(str(error))
    return found, sorted(map(str, said)), complete


CELLS = st.sampled_from(["1", "2", "", "é", '"x"', '"x,y"', '"l\nm"', '"q""q"', "#c", "a", "b"])
WILD = st.sampled_from(['"open', 'a"b', '"a"b', "c\rd", "\udcff", "\ufeffq"])
LINES = st.lists(
    st.lists(st.one_of(CELLS, CELLS, CELLS, CELLS, CELLS, WILD), max_size=3).map(",".join),
    max_size=4,
)
CONTENTS = st.builds(
    lambda header, lines, end, last: end.join([*header, *lines]) + end * last,
    st.sampled_from([["a,b"], ["a,b"], ["#c", "a,b"], ["b,a"], []]),
    LINES,
    st.sampled_from(["\n", "\n", "\r\n", "\r"]),
    st.booleans(),
).map(lambda text: text.encode(errors="surrogateescape"))
DIALECTS = st.builds(
    Dialect,
    quote_char=st.sampled_from(['"', '"', None]),
    header=st.sampled_from([True, True, True, False]),
    header_rows=st.sampled_from([(), (), (), (1, 2)]),
    comment_char=st.sampled_from([None, "#"]),
    comment_rows=st.sampled_from([(), (), (), (2,)]),
)
MANY = settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@MANY
@given(
    st.lists(CONTENTS, min_size=1, max_size=FILES),
    DIALECTS,
    st.none() | st.sets(st.integers(1, 9), min_size=1),
)
@example([b"a,b\n1,2\n", b"a,b\n", b"", b"a,b\n3,4,5\n\n6"], Dialect(), None)
@example([b'a,b\n1,"x\ny"\n2,z', b'a,b\n3,"\n"\n4,w\n'], Dialect(), {5, 6})
@example([b"a,b\n\xff"], Dialect(header=False), {1, 2})
@example([b'a,b\n1,"x', b'a,b\n",2\n'], Dialect(), None)
@example([b"a,b\n\xff"], Dialect(header=False), {1, 2})
def test_files_are_read_together_as_alone(resource, files, dialect, wanted):
    resource = with_bytes(resource, files, dialect)
    together = records(resource, wanted)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_smallfiles, "SMALL", -1)
        assert together == records(resource, wanted)


def findings(folder):
    return [
        (one.path, one.row, one.line, one.field, one.code, one.message)
        for one in validate(folder).findings
    ]


@MANY
@given(st.lists(CONTENTS | st.none(), min_size=1, max_size=FILES))
def test_files_are_judged_together_as_alone(tmp_path, files):
    folder = package(tmp_path, files)
    for number, content in enumerate(files):
        if content is None:
            (folder / f"t{number}.csv").unlink(missing_ok=True)
    together = findings(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_smallfiles, "SMALL", -1)
        assert together == findings(folder)


def test_many_files_make_few_batches(tmp_path, monkeypatch):
    made = []

    def counted(*given):
        made.append(_together(*given))
        return made[-1]

    monkeypatch.setattr(_smallfiles, "_together", counted)
    files = [b"a,b\n%d,x\n" % number for number in range(300)]
    files[7] = b'a,b\n7,x"y\n'
    assert validate(package(tmp_path, files)).valid
    assert sum(one is not None for one in made) < 20


def test_faults_are_named_by_file_and_line(tmp_path):
    files = [b"a,b\n1,x\n", b"a,b\n2,y\n\nz,3\n", b"a,b\n", b"a,b\n1,w\n5,6,7\n"]
    assert [one[:5] for one in findings(package(tmp_path, files))] == [
        ("t1.csv", 5, 3, None, "blank-row"),
        ("t1.csv", 6, 4, "a", "type-error"),
        ("t3.csv", 9, 2, None, "primary-key"),
        ("t3.csv", 10, 3, None, "extra-cell"),
    ]
