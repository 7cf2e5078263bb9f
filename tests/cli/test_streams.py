"""What goes in and out: standard input, files of reports, several packages, exit codes."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import ROOT

from validate._src.cli import outputs, streams
from validate._src.cli.main import main
from validate._src.report.formats import FORMATS
from validate._src.words.errors import PackageError

GOLDEN = ROOT / "tests" / "golden" / "package"
VALID = ROOT / "tests" / "packages" / "valid-mixed"
SCHEMA = ROOT / "schemas" / "topics.json"
WARNS = ROOT / "tests" / "packages" / "row-rule-warning"
UNIX = pytest.mark.skipif(os.name == "nt", reason="links, pipes and devices of Unix")
FULL = pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device")


def run(*arguments, **options):
    return CliRunner().invoke(main, ["run", *map(str, arguments)], **options)


def process(*arguments, **streams):
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **streams}
    command = [sys.executable, "-m", "validate", *map(str, arguments)]
    return subprocess.run(command, check=False, **streams)


def program(*arguments, **streams):
    return process("run", *arguments, **streams)


def test_standard_input_is_a_table():
    table = (ROOT / "data" / "topics.csv").read_bytes()
    result = run("-", "--schema", SCHEMA, input=table)
    assert (result.exit_code, result.stderr) == (0, "")
    broken = table.replace(b"\ntopic", b"\n,topic", 1).replace(b"term,", b"word,", 1)
    result = run("-", "--schema", SCHEMA, "--format", "jsonl", input=broken)
    assert result.exit_code == 1
    assert {json.loads(line)["path"] for line in result.stdout.splitlines()} == {"stdin.csv"}


@pytest.mark.parametrize("format_name", FORMATS)
def test_standard_input_has_one_name_in_every_report(format_name):
    broken = (ROOT / "data" / "topics.csv").read_bytes().replace(b"term,", b"word,", 1)
    arguments = ("-", "--schema", SCHEMA, "--format", format_name)
    first, second = (run(*arguments, input=broken) for _ in range(2))
    assert first.exit_code == 1
    assert "stdin.csv" in first.stdout
    assert "validate-" not in first.stdout.replace("validate-report", "")
    assert first.stdout == second.stdout


def test_standard_input_that_cannot_be_used_has_one_name_too():
    result = run("-", "--schema", ROOT / "absent.json", "--format", "json", input="a\n")
    assert result.exit_code == 2
    (package,) = json.loads(result.stdout)["packages"]
    assert package["location"] == "stdin.csv"


@UNIX
def test_standard_input_that_cannot_be_read_is_one_line():
    with Path(os.devnull).open("wb") as unreadable:
        result = program("-", "--schema", SCHEMA, stdin=unreadable)
    assert result.returncode == 2
    assert result.stderr == b"validate: standard input cannot be read: Bad file descriptor\n"
    command = f"{sys.executable} -m validate run - --schema {SCHEMA} <&-"
    result = subprocess.run(["sh", "-c", command], capture_output=True, check=False)
    assert (result.returncode, result.stderr.count(b"\n")) == (2, 1)
    assert b"standard input cannot be read" in result.stderr


def test_standard_input_from_a_pipe_of_a_real_process():
    with (ROOT / "data" / "topics.csv").open("rb") as table:
        result = program("-", "--schema", SCHEMA, stdin=table)
    assert (result.returncode, result.stderr) == (0, b"")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(["-"], "--schema says what is in it"), (["-", "-", "--schema", SCHEMA], "once only")],
)
def test_standard_input_as_it_cannot_be(arguments, said):
    result = run(*arguments, input="a\n")
    assert result.exit_code == 2
    assert said in result.stderr


def test_several_packages_are_reported_one_after_the_other():
    result = run(VALID, GOLDEN, WARNS)
    verdicts = [
        "valid-mixed: valid",
        "harbour-register 1.2.0: not valid",
        "row-rule-warning: valid, with 1 warning",
    ]
    places = [result.stdout.index(verdict) for verdict in verdicts]
    assert places == sorted(places)
    assert result.stdout.endswith("\n3 packages, 2 valid\n")
    assert result.exit_code == 1


def test_a_package_that_cannot_be_used_does_not_hide_the_others(tmp_path):
    result = run(tmp_path, GOLDEN)
    assert result.exit_code == 2
    assert "no such file" in result.stderr
    assert "harbour-register 1.2.0: not valid" in result.stdout
    assert "2 packages, 0 valid" in result.stdout


@pytest.mark.parametrize(("severity", "code"), [("error", 0), ("warning", 1)])
def test_exit_code_follows_the_severity(severity, code):
    assert run(WARNS, "--fail-on", severity).exit_code == code


def test_reports_go_to_files_of_many_formats(tmp_path):
    named = {f"{name}:{tmp_path / name}": tmp_path / name for name in FORMATS}
    files = [tmp_path / f"report{suffix}" for suffix in FORMATS.values() if suffix]
    outputs = [*named, *files]
    result = run(GOLDEN, *(f"--output={output}" for output in outputs))
    assert result.exit_code == 1
    assert result.stdout == run(GOLDEN).stdout
    assert sorted(tmp_path.iterdir()) == sorted([*named.values(), *files])
    for name, suffix in FORMATS.items():
        content = (tmp_path / name).read_bytes()
        assert content
        assert suffix is None or (tmp_path / f"report{suffix}").read_bytes() == content


def test_a_report_in_a_file_names_what_could_not_be_validated(tmp_path):
    result = run(tmp_path, "--output", tmp_path / "report.txt")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "cannot be validated" in (tmp_path / "report.txt").read_text("utf-8")


@pytest.mark.parametrize(
    ("output", "said"),
    [("report.docx", "write FORMAT:FILE"), ("xml", "write FORMAT:FILE"), ("json:", "FORMAT:FILE")],
)
def test_an_output_of_no_known_format_is_one_line(output, said):
    result = run(VALID, "--output", output)
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stdout == ""


def test_two_reports_do_not_share_a_file(tmp_path):
    with pytest.raises(PackageError, match="twice"):
        outputs.output_files([f"json:{tmp_path}/x", f"text:{tmp_path}/x"])


@pytest.mark.parametrize(
    ("file", "format_name"),
    [(f"a{suffix}", name) for name, suffix in FORMATS.items() if suffix]
    + [("A.HTML", "html"), ("a.Sarif", "sarif")],
)
def test_the_suffix_tells_the_format_in_any_case(file, format_name):
    assert list(outputs.output_files([file]).values()) == [format_name]


def test_two_names_of_a_file_are_one_file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "q").mkdir()
    with pytest.raises(PackageError, match="twice"):
        outputs.output_files(["a.json", "q/../a.json"])


@UNIX
def test_a_link_and_what_it_leads_to_are_one_file(tmp_path):
    (tmp_path / "link.json").symlink_to("a.json")
    with pytest.raises(PackageError, match="twice"):
        outputs.output_files([f"{tmp_path}/a.json", f"{tmp_path}/link.json"])


@pytest.mark.parametrize("folder", [".", "/", "..", "tests"])
def test_a_report_is_no_folder(folder, monkeypatch):
    monkeypatch.chdir(ROOT)
    result = run(VALID, "--output", f"json:{folder}")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == f"validate: --output json:{folder}: a folder; name a file\n"


@UNIX
def test_a_report_is_no_circle_of_links(tmp_path):
    (tmp_path / "a.json").symlink_to("a.json")
    result = run(VALID, "--output", tmp_path / "a.json")
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
    result = run(*arguments, "--output", f"json:{file}", **options)
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
    descriptor = package / "datapackage.json"
    descriptor.write_text(descriptor.read_text().replace('"name": "one"', '"name": "two"'))
    assert "two resources have the name" in run(package).stderr
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
            outputs.check_free(
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
        result = program("-", "--schema", SCHEMA, "--output", f"csv:{table}", stdin=stream)
    assert (result.returncode, result.stdout) == (2, b"")
    assert table.read_bytes() == (ROOT / "data" / "topics.csv").read_bytes()


def test_a_report_replaces_any_other_file(package):
    assert run(package, "--output", f"json:{package / 'other.csv'}").exit_code == 0
    assert json.loads((package / "other.csv").read_text("utf-8"))["format_version"]


def test_what_stands_beside_a_report_stays(tmp_path):
    beside = tmp_path / "a.json.part"
    beside.write_text("mine")
    run(VALID, "--output", tmp_path / "a.json")
    assert beside.read_text() == "mine"
    assert sorted(tmp_path.iterdir()) == [tmp_path / "a.json", beside]


def test_a_report_that_fails_leaves_nothing_behind(tmp_path, monkeypatch):
    def broken(reports, view):
        yield "begun"
        raise OSError(28, "No space left on device")

    file = tmp_path / "a.json"
    file.write_text("before")
    monkeypatch.setattr(outputs, "renderer", lambda name: broken)
    with pytest.raises(PackageError, match="cannot be written: No space left"):
        outputs.write_files({file: "json"}, [], None)
    assert list(tmp_path.iterdir()) == [file]
    assert file.read_text() == "before"


@UNIX
def test_a_report_has_the_permissions_of_a_new_file(tmp_path):
    file = tmp_path / "a.json"
    before = os.umask(0o027)
    try:
        run(VALID, "--output", file)
    finally:
        os.umask(before)
    assert file.stat().st_mode & 0o777 == 0o640


@UNIX
def test_a_link_to_a_report_stays_a_link(tmp_path):
    (tmp_path / "reports").mkdir()
    link, file = tmp_path / "a.json", tmp_path / "reports" / "b.json"
    link.symlink_to("reports/b.json")
    for _ in range(2):  # before there is a file, and after
        run(VALID, "--output", link)
        assert link.is_symlink()
        assert json.loads(file.read_text("utf-8"))["packages"]
        assert list(file.parent.iterdir()) == [file]
        file.write_text("")


@UNIX
def test_a_report_goes_into_a_pipe(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen(["cat", pipe], stdout=subprocess.PIPE) as reader:
        run(VALID, "--output", f"json:{pipe}")
        assert json.loads(reader.communicate(timeout=60)[0])["packages"]
    assert list(tmp_path.iterdir()) == [pipe]


@UNIX
def test_a_report_goes_into_a_device():
    assert run(VALID, "--output", f"json:{os.devnull}").exit_code == 0
    assert Path(os.devnull).is_char_device()


@UNIX
@pytest.mark.parametrize("output", ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"])
@pytest.mark.parametrize("to_a_file", [True, False])
def test_a_report_follows_on_standard_output(tmp_path, output, to_a_file):
    text = run(VALID).stdout
    with (tmp_path / "all").open("w+b") as file:
        stdout = file if to_a_file else subprocess.PIPE
        result = program(VALID, "--output", f"json:{output}", stdout=stdout)
        file.seek(0)
        written = (file.read() if to_a_file else result.stdout).decode()
    assert (result.returncode, result.stderr) == (0, b"")
    assert written.startswith(text)
    assert json.loads(written.removeprefix(text))["packages"]


@FULL
def test_a_full_device_as_output_is_one_line():
    result = run(VALID, "--output", "json:/dev/full")
    assert result.exit_code == 2
    assert result.stderr == (
        "validate: --output /dev/full: cannot be written: No space left on device\n"
    )


@FULL
@pytest.mark.parametrize(
    "arguments",
    [["run", VALID], ["run", GOLDEN, "--format", "html"], ["codebook", ROOT], ["--help"]],
)  # little and much, at once and piece by piece
def test_standard_output_that_is_full_is_one_line(arguments):
    with Path("/dev/full").open("wb") as full:
        result = process(*arguments, stdout=full)
    assert result.returncode == 2
    assert result.stderr == (
        b"validate: standard output cannot be written: No space left on device\n"
    )


@UNIX
def test_standard_output_that_is_closed_is_one_line():
    command = f"{sys.executable} -m validate run {VALID} >&-"
    result = subprocess.run(["sh", "-c", command], capture_output=True, check=False)
    assert result.returncode == 2
    assert result.stderr == b"validate: standard output cannot be written: it is closed\n"


@UNIX
@pytest.mark.parametrize("format_name", ["text", "html"])
def test_a_reader_that_goes_away_is_no_fault_and_files_are_written(tmp_path, format_name):
    reading, writing = os.pipe()
    os.close(reading)
    file = tmp_path / "a.json"
    arguments = (GOLDEN, "--format", format_name, "--output", file)
    try:
        result = program(*arguments, stdout=writing)
    finally:
        os.close(writing)
    assert (result.returncode, result.stderr) == (1, b"")
    assert json.loads(file.read_text("utf-8"))["packages"]


def test_what_cannot_be_written_is_one_line(tmp_path):
    result = run(VALID, "--output", tmp_path / "absent" / "report.json")
    assert result.exit_code == 2
    assert "cannot be written: No such file or directory" in result.stderr


def test_colours_are_for_terminals_that_show_them(monkeypatch):
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert streams.in_colour(None)
    assert not streams.in_colour(False)
    monkeypatch.setenv("NO_COLOR", "1")
    assert not streams.in_colour(None)
    assert streams.in_colour(True)


@pytest.mark.skipif(os.name == "nt", reason="a pseudo-terminal is a thing of Unix")
def test_progress_is_shown_on_a_terminal_after_a_while(tmp_path):
    script = (
        "import validate._src.engine.progress as progress, sys\n"
        "progress.PATIENCE = float(sys.argv.pop(1))\n"
        "from validate.__main__ import program\n"
        "program()\n"
    )
    shown = {
        patience: on_a_terminal([sys.executable, "-c", script, patience, "run", str(GOLDEN)])
        for patience in ("0", "60")
    }
    assert "rows" in shown["0"]
    assert "harbours" in shown["0"]
    assert shown["60"] == ""


def on_a_terminal(command):
    """What a program writes to standard error if that is a terminal."""
    import pty

    main_end, end = pty.openpty()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=end) as process:
        os.close(end)
        written = b""
        while True:
            try:
                block = os.read(main_end, 4096)
            except OSError:  # the other end is closed
                break
            if not block:
                break
            written += block
    os.close(main_end)
    assert process.returncode == 1
    return written.decode()
