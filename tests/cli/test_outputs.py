"""Files that reports go to."""

import json
import os
import subprocess
from pathlib import Path

import pytest
from support.command import process, run
from support.places import ROOT

from validate._src.cli import _outputs
from validate._src.report.formats import FORMATS
from validate._src.words.errors import PackageError

GOLDEN = ROOT / "tests" / "golden" / "package"
VALID = ROOT / "tests" / "packages" / "valid-mixed"
SCHEMA = ROOT / "schemas" / "topics.json"
WARNS = ROOT / "tests" / "packages" / "row-rule-warning"
UNIX = pytest.mark.skipif(os.name == "nt", reason="links, pipes and devices of Unix")
FULL = pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device")


def test_reports_go_to_files_of_many_formats(tmp_path):
    named = {f"{name}:{tmp_path / name}": tmp_path / name for name in FORMATS}
    files = [tmp_path / f"report{suffix}" for suffix in FORMATS.values() if suffix]
    outputs = [*named, *files]
    result = run("run", GOLDEN, *(f"--output={output}" for output in outputs))
    assert result.exit_code == 1
    assert result.stdout == run("run", GOLDEN).stdout
    assert sorted(tmp_path.iterdir()) == sorted([*named.values(), *files])
    for name, suffix in FORMATS.items():
        content = (tmp_path / name).read_bytes()
        assert content
        assert suffix is None or (tmp_path / f"report{suffix}").read_bytes() == content


def test_a_report_in_a_file_names_what_could_not_be_validated(tmp_path):
    result = run("run", tmp_path, "--output", tmp_path / "report.txt")
    assert (result.exit_code, result.stdout) == (2, "")
    words = (tmp_path / "report.txt").read_text("utf-8").split()  # on lines as the path allows
    assert "cannot be validated" in " ".join(words)


@pytest.mark.parametrize(
    ("output", "said"),
    [("report.docx", "write FORMAT:FILE"), ("xml", "write FORMAT:FILE"), ("json:", "FORMAT:FILE")],
)
def test_an_output_of_no_known_format_is_one_line(output, said):
    result = run("run", VALID, "--output", output)
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stdout == ""


def test_two_reports_do_not_share_a_file(tmp_path):
    with pytest.raises(PackageError, match="twice"):
        _outputs.output_files([f"json:{tmp_path}/x", f"text:{tmp_path}/x"])


@pytest.mark.parametrize(
    ("file", "format_name"),
    [(f"a{suffix}", name) for name, suffix in FORMATS.items() if suffix]
    + [("A.HTML", "html"), ("a.Sarif", "sarif")],
)
def test_the_suffix_tells_the_format_in_any_case(file, format_name):
    assert list(_outputs.output_files([file]).values()) == [format_name]


def test_two_names_of_a_file_are_one_file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "q").mkdir()
    with pytest.raises(PackageError, match="twice"):
        _outputs.output_files(["a.json", "q/../a.json"])


@UNIX
def test_a_link_and_what_it_leads_to_are_one_file(tmp_path):
    (tmp_path / "link.json").symlink_to("a.json")
    with pytest.raises(PackageError, match="twice"):
        _outputs.output_files([f"{tmp_path}/a.json", f"{tmp_path}/link.json"])


@pytest.mark.parametrize("folder", [".", "/", "..", "tests"])
def test_a_report_is_no_folder(folder, monkeypatch):
    monkeypatch.chdir(ROOT)
    result = run("run", VALID, "--output", f"json:{folder}")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == f"validate: --output json:{folder}: a folder; name a file\n"


@UNIX
def test_a_report_is_no_circle_of_links(tmp_path):
    (tmp_path / "a.json").symlink_to("a.json")
    result = run("run", VALID, "--output", tmp_path / "a.json")
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert "not a usable path" in result.stderr


@pytest.fixture
def package(tmp_path):
    """A folder with a package that names files of each kind, and files that it does not name."""
    folder = tmp_path / "package"
    folder.mkdir()
    resources = [
        {"name": "one", "path": ["one.csv", "more.csv"], "schema": "schema.json"},
        {"name": "two", "path": "two.csv", "schema": "schema.json", "dialect": "dialect.json"},
    ]
    rule = {"name": "r", "resource": "one", "query": "rule.sql", "message": "m"}
    descriptor = {"name": "p", "resources": resources, "rules": [rule]}
    (folder / "datapackage.json").write_text(json.dumps(descriptor))
    (folder / "schema.json").write_text('{"fields": [{"name": "a"}]}')
    (folder / "dialect.json").write_text('{"delimiter": ","}')
    (folder / "rule.sql").write_text("SELECT _row FROM one WHERE FALSE")
    for name in ("one.csv", "more.csv", "two.csv", "other.csv"):
        (folder / name).write_text("a\n1\n")
    return folder


OF_THE_PACKAGE = (
    "datapackage.json", "one.csv", "more.csv", "two.csv", "schema.json", "dialect.json", "rule.sql",
)  # fmt: skip


def assert_refused(file, *arguments, **options):
    before = file.read_bytes()
    result = run("run", *arguments, "--output", f"json:{file}", **options)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "the file belongs to a package" in result.stderr
    assert result.stderr.count("\n") == 1
    assert file.read_bytes() == before


@pytest.mark.parametrize("name", OF_THE_PACKAGE)
def test_no_report_replaces_a_file_of_a_package(package, name):
    assert_refused(package / name, package)
    assert_refused(package / name, VALID, package / "datapackage.json", "--resource", "one")


@pytest.mark.parametrize("name", OF_THE_PACKAGE)
def test_no_report_replaces_a_file_of_a_package_that_cannot_be_used(package, name):
    file = package / "datapackage.json"
    descriptor = json.loads(file.read_text())
    descriptor["resources"] = {"in an object": descriptor["resources"]}
    file.write_text(json.dumps(descriptor))
    assert "a package has at least one resource" in run("run", package).stderr
    assert_refused(package / name, package)


def test_no_report_replaces_what_is_no_descriptor(tmp_path):
    for name in ("datapackage.json", "table.csv"):
        file = tmp_path / name
        file.write_text("no JSON")
        assert_refused(file, file)


def test_no_report_replaces_a_table_or_its_schema(package):
    for name in ("one.csv", "schema.json"):
        assert_refused(package / name, package / "one.csv", "--schema", package / "schema.json")
        with pytest.raises(PackageError, match="belongs"):
            _outputs.check_free(
                [package / name], [package / "one.csv"], package / "schema.json", None
            )


def test_no_report_replaces_a_source_text(package):
    (package / "texts").mkdir()
    (package / "texts" / "a.txt").write_text("a")
    assert_refused(package / "texts" / "a.txt", package, "--sources", package / "texts")


@pytest.mark.parametrize("link", ["symlink_to", "hardlink_to"])
def test_no_report_replaces_a_file_of_a_package_by_another_name(package, tmp_path, link):
    try:
        getattr(tmp_path / "link.json", link)(package / "two.csv")
    except OSError:
        pytest.skip("there are no such links here")
    assert_refused(tmp_path / "link.json", package)


@UNIX
def test_no_report_replaces_the_file_that_is_standard_input(tmp_path):
    table = tmp_path / "topics.csv"
    table.write_bytes((ROOT / "data" / "topics.csv").read_bytes())
    with table.open("rb") as stream:
        result = process("run", "-", "--schema", SCHEMA, "--output", f"csv:{table}", stdin=stream)
    assert (result.returncode, result.stdout) == (2, b"")
    assert table.read_bytes() == (ROOT / "data" / "topics.csv").read_bytes()


def test_a_report_replaces_any_other_file(package):
    assert run("run", package, "--output", f"json:{package / 'other.csv'}").exit_code == 0
    assert json.loads((package / "other.csv").read_text("utf-8"))["format_version"]


def test_what_stands_beside_a_report_stays(tmp_path):
    beside = tmp_path / "a.json.part"
    beside.write_text("mine")
    run("run", VALID, "--output", tmp_path / "a.json")
    assert beside.read_text() == "mine"
    assert sorted(tmp_path.iterdir()) == [tmp_path / "a.json", beside]


def test_a_report_that_fails_leaves_nothing_behind(tmp_path, monkeypatch):
    def broken(reports, view):
        yield "begun"
        raise OSError(28, "No space left on device")

    file = tmp_path / "a.json"
    file.write_text("before")
    monkeypatch.setattr(_outputs, "renderer", lambda name: broken)
    with pytest.raises(PackageError, match="cannot be written: No space left"):
        _outputs.write_files({file: "json"}, [], None)
    assert list(tmp_path.iterdir()) == [file]
    assert file.read_text() == "before"


@UNIX
def test_a_report_has_the_permissions_of_a_new_file(tmp_path):
    file = tmp_path / "a.json"
    before = os.umask(0o027)
    try:
        run("run", VALID, "--output", file)
    finally:
        os.umask(before)
    assert file.stat().st_mode & 0o777 == 0o640


@UNIX
def test_a_link_to_a_report_stays_a_link(tmp_path):
    (tmp_path / "reports").mkdir()
    link, file = tmp_path / "a.json", tmp_path / "reports" / "b.json"
    link.symlink_to("reports/b.json")
    for _ in range(2):  # before there is a file, and after
        run("run", VALID, "--output", link)
        assert link.is_symlink()
        assert json.loads(file.read_text("utf-8"))["packages"]
        assert list(file.parent.iterdir()) == [file]
        file.write_text("")


@UNIX
def test_a_report_goes_into_a_pipe(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen(["cat", pipe], stdout=subprocess.PIPE) as reader:
        run("run", VALID, "--output", f"json:{pipe}")
        assert json.loads(reader.communicate(timeout=60)[0])["packages"]
    assert list(tmp_path.iterdir()) == [pipe]


@UNIX
def test_a_report_goes_into_a_device():
    assert run("run", VALID, "--output", f"json:{os.devnull}").exit_code == 0
    assert Path(os.devnull).is_char_device()


@UNIX
@pytest.mark.parametrize("output", ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"])
@pytest.mark.parametrize("to_a_file", [True, False])
def test_a_report_follows_on_standard_output(tmp_path, output, to_a_file):
    text = process("run", VALID).stdout.decode()
    with (tmp_path / "all").open("w+b") as file:
        stdout = file if to_a_file else subprocess.PIPE
        result = process("run", VALID, "--output", f"json:{output}", stdout=stdout)
        file.seek(0)
        written = (file.read() if to_a_file else result.stdout).decode()
    assert (result.returncode, result.stderr) == (0, b"")
    assert written.startswith(text)
    assert json.loads(written.removeprefix(text))["packages"]


@FULL
def test_a_full_device_as_output_is_one_line():
    result = run("run", VALID, "--output", "json:/dev/full")
    assert result.exit_code == 2
    assert result.stderr == (
        "validate: --output /dev/full: cannot be written: No space left on device\n"
    )


@UNIX
@pytest.mark.parametrize("format_name", ["text", "html"])
def test_a_reader_that_goes_away_is_told_by_the_exit_code_and_files_are_written(
    tmp_path, format_name
):
    reading, writing = os.pipe()
    os.close(reading)
    file = tmp_path / "a.json"
    arguments = (GOLDEN, "--format", format_name, "--output", file)
    try:
        result = process("run", *arguments, stdout=writing)
    finally:
        os.close(writing)
    assert (result.returncode, result.stderr) == (141, b"")
    assert json.loads(file.read_text("utf-8"))["packages"]


def test_what_cannot_be_written_is_one_line(tmp_path):
    file = tmp_path / "report.json"
    file.symlink_to("x" * 300)
    result = run("run", VALID, "--output", file)
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize("output", ["absent/report.json", "github:absent/further/report"])
def test_a_report_in_an_absent_folder_is_refused_before_the_run(tmp_path, monkeypatch, output):
    monkeypatch.chdir(tmp_path)
    result = run("run", "no-such-package", "--output", output)
    assert result.exit_code == 2
    folder = (tmp_path / output.partition(":")[2] if ":" in output else tmp_path / output).parent
    assert result.stderr == (
        f"validate: --output {output}: there is no folder {folder}; make it first\n"
    )


def test_a_report_in_a_folder_that_takes_no_files_is_refused_before_the_run(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "access", lambda *_: False)
    result = run("run", "no-such-package", "--output", tmp_path / "report.json")
    assert result.exit_code == 2
    assert "no-such-package" not in result.stderr
    assert result.stderr.endswith(f": the folder {tmp_path} cannot be written to\n")
