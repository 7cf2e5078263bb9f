"""`validate run` as a user meets it."""

import gzip
import json
import os
import subprocess
import sys

import pytest
from support.command import process, run
from support.places import ROOT

from validate._src.package.descriptor import load_package

PACKAGE = load_package(ROOT)
GOLDEN = ROOT / "tests" / "golden" / "package"
VALID = ROOT / "tests" / "packages" / "valid-mixed"
FIELDS = [{"name": "id", "type": "integer"}, {"name": "n", "type": "integer"}]
WARNS = ROOT / "tests" / "packages" / "row-rule-warning"


def test_run_takes_the_working_folder():
    result = process("run", cwd=ROOT, encoding="utf-8")
    assert result.returncode == 0
    assert result.stdout.startswith(f"{PACKAGE.name} {PACKAGE.version}: valid")


@pytest.mark.parametrize("package", [ROOT, ROOT / "datapackage.json"])
def test_run_takes_a_folder_or_a_descriptor(package):
    assert run("run", package).exit_code == 0


def test_run_says_what_it_checked_and_what_not():
    output = run("run", ROOT).output
    keys = sum(len(resource.schema.foreign_keys) for resource in PACKAGE.tables.values())
    assert f"foreign keys {keys}" in output
    assert "not checked: text of sakata-2026" in output


def test_run_shows_place_key_value_and_remedy(make_package):
    folder = make_package(
        [{"name": "boat", "type": "string"}, {"name": "length", "type": "number"}],
        "boat,length\nTern,12\nGull,long\n",
        primaryKey=["boat"],
    )
    result = run("run", folder)
    assert result.exit_code == 1
    assert (
        "    t.csv:3  Gull\n      Gull,long\n           ^^^^ length: not a number" in result.output
    )
    assert "→ Use the format of the field" in result.output


def test_run_shows_a_few_findings_and_counts_all(make_package):
    folder = make_package([{"name": "length", "type": "number"}], "length\n" + "long\n" * 1500)
    output = run("run", folder).output
    assert output.count("not a number such as 1234.5") == 5
    assert "… and 1,495 more" in output
    assert "1,500 errors in 1 file" in output


def test_run_neutralises_control_characters(make_package):
    folder = make_package([{"name": "length", "type": "number"}], "length\n\x1b[31mred\x07\n")
    output = run("run", folder).output
    assert "\x1b" not in output
    assert "\\x1b[31mred\\x07" in output


def test_json_report_holds_every_finding(make_package):
    folder = make_package([{"name": "length", "type": "number"}], "length\n1\nlong\n")
    result = run("run", folder, "--format", "json")
    report = json.loads(result.output)
    assert result.exit_code == 1
    (report,) = report["packages"]
    assert report["valid"] is False
    assert report["findings"] == [
        {
            "resource": "t",
            "path": "t.csv",
            "code": "type-error",
            "severity": "error",
            "message": "not a number such as 1234.5",
            "row": 3,
            "line": 3,
            "field": "length",
            "rule": None,
            "key": [],
            "value": "long",
            "note": None,
            "folded": None,
            "sheet": None,
            "cell": None,
            "waiver": None,
        }
    ]
    assert {"what": "tables", "count": 1} in report["checked"]


def test_unusable_package_gets_one_line_and_exit_code_2(tmp_path):
    result = process("run", tmp_path, encoding="utf-8")
    assert result.returncode == 2
    assert result.stdout == ""
    assert result.stderr.splitlines() == [
        f"validate: {tmp_path / 'datapackage.json'}: no such file"
    ]


def test_sources_folder_must_exist_and_hold_a_text(tmp_path):
    missing = run("run", ROOT, "--sources", tmp_path / "nowhere")
    empty = run("run", ROOT, "--sources", tmp_path)
    assert (missing.exit_code, empty.exit_code) == (2, 2)
    assert "no such folder" in missing.output
    assert "holds none of the texts nds-explainer-2026.txt, sakata-2026.txt" in empty.output


def test_one_text_alone_is_proved_and_the_other_named(tmp_path, sources):
    name = "nds-explainer-2026.txt"
    (tmp_path / name).write_bytes((sources / name).read_bytes())
    result = run("run", ROOT, "--sources", tmp_path)
    assert result.exit_code == 0
    words = " ".join(result.output.split())  # on lines as the path allows
    assert "source texts 1" in words
    assert "not checked: text of sakata-2026" in words


def test_rewrapped_text_proves_the_same(tmp_path, sources):
    for file in sources.glob("*.txt"):
        text = file.read_text("utf-8").replace("\n", "")
        wrapped = "\n".join(text[start : start + 30] for start in range(0, len(text), 30))
        (tmp_path / file.name).write_text(wrapped, "utf-8")
    assert run("run", ROOT, "--sources", tmp_path).exit_code == 0


def test_moved_spans_are_found_where_they_went(tmp_path, sources):
    for file in sources.glob("*.txt"):
        (tmp_path / file.name).write_text("前書き。" + file.read_text("utf-8"), "utf-8")
    (report,) = json.loads(run("run", ROOT, "--sources", tmp_path, "--format", "json").output)[
        "packages"
    ]
    codes = {finding["code"] for finding in report["findings"]}
    first = next(f for f in report["findings"] if f["key"] == ["nds-explainer-2026", "1"])
    assert codes == {"source-text", "anchor-moved"}
    assert first["message"].endswith("but at 4-26")


def test_a_wrong_end_is_told_from_a_lost_passage(dataset_copy, sources):
    file = dataset_copy / "data" / "evidence.csv"
    header, first, *rest = file.read_text("utf-8").splitlines(keepends=True)
    claim, source, segment, start, end, *others = first.split(",")
    wrong = ",".join([claim, source, segment, start, str(int(end) + 1), *others])
    file.write_text("".join([header, wrong, *rest]), "utf-8", newline="")
    output = run("run", dataset_copy, "--sources", sources, "--format", "json").output
    (report,) = json.loads(output)["packages"]
    (finding,) = [f for f in report["findings"] if f["code"] == "anchor-moved"]
    assert finding["message"].endswith(f"but at {start}-{end}")


def test_an_empty_table_is_reported_and_not_its_rules(dataset_copy):
    (dataset_copy / "data" / "topics.csv").write_text("", "utf-8")
    result = run("run", dataset_copy)
    assert result.exit_code == 1
    assert result.output.splitlines()[1] == "  source-error: file not read, or not to its end (1)"
    assert "not checked: table rules: topics could not be read to the end" in result.output


TABLE = "id,n\n" + "".join(f"{number},{number * 7}\n" for number in range(2000))
HALF_READ = {
    "broken.ndjson": b'{"id": 1}\n{"id": 2}\n{"id": \n{"id": 4}\n',
    "cut.csv.gz": gzip.compress(TABLE.encode())[:-900],
    "empty.csv": b"",
}


@pytest.mark.parametrize("name", HALF_READ)
def test_what_is_said_of_files_that_are_not_read_fits_all_of_them(tmp_path, name):
    (tmp_path / name).write_bytes(HALF_READ[name])
    output = " ".join(run("run", tmp_path / name).output.split())
    assert "source-error: file not read, or not to its end (1)" in output
    assert "→ Correct what the message names: put the file where" in output


def test_a_later_file_with_another_header_is_told_what_to_do(tmp_path):
    resource = {"name": "t", "path": ["1.csv", "2.csv"], "schema": {"fields": FIELDS}}
    (tmp_path / "datapackage.json").write_text(json.dumps({"resources": [resource]}), "utf-8")
    (tmp_path / "1.csv").write_text("id,n\n1,2\n", "utf-8")
    (tmp_path / "2.csv").write_text("id,total\n3,4\n", "utf-8")
    output = " ".join(run("run", tmp_path).output.split())
    assert "source-error: file not read, or not to its end (1)" in output
    assert "or give it the header of the table." in output


def test_an_open_quote_comes_first_and_spares_what_refers_to_the_table(dataset_copy):
    file = dataset_copy / "data" / "topics.csv"
    file.write_text(file.read_text("utf-8").replace(",topic,", ',"topic,', 1), "utf-8", newline="")
    result = run("run", dataset_copy)
    assert result.output.startswith("data/topics.csv\n  quote-error: quote out of place")
    assert "foreign-key" not in result.output
    assert max(map(len, result.output.splitlines())) < 1000


def test_several_packages_are_reported_one_after_the_other():
    result = run("run", VALID, GOLDEN, WARNS)
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
    result = run("run", tmp_path, GOLDEN)
    assert result.exit_code == 2
    assert "no such file" in result.stderr
    assert "harbour-register 1.2.0: not valid" in result.stdout
    assert "2 packages, 0 valid" in result.stdout


@pytest.mark.parametrize(("severity", "code"), [("error", 0), ("warning", 1)])
def test_exit_code_follows_the_severity(severity, code):
    assert run("run", WARNS, "--fail-on", severity).exit_code == code


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


def test_changed_files_name_their_packages(monkeypatch):
    monkeypatch.chdir(GOLDEN)
    assert run("run", "--changed", "boats.csv").output == run("run", "datapackage.json").output


def test_changed_files_of_no_package(tmp_path):
    result = run("run", "--changed", tmp_path / "notes.txt")
    assert result.exit_code == 0
    assert "nothing was checked" in result.output


@pytest.mark.parametrize("arguments", [[], ["boats.csv", "--schema", "boats.json"]])
def test_changed_needs_files_of_packages(arguments):
    result = run("run", "--changed", *arguments)
    assert result.exit_code == 2
    assert "--changed" in result.output


@pytest.mark.parametrize(
    "arguments", [("",), (VALID, ""), (VALID, "--schema", ""), (VALID, "--sources", "")]
)
def test_an_empty_path_is_an_error_not_the_working_folder(arguments):
    result = run("run", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "the path is empty" in result.stderr
