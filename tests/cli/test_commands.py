"""The command line as a user meets it."""

import csv
import io
import json
import subprocess
import sys

import polars as pl
import pytest
from click.testing import CliRunner
from conftest import ROOT

from validate._src.cli.main import main
from validate._src.package.descriptor import load_package

PACKAGE = load_package(ROOT)
PASSAGE = "約2万8,500人の米軍"


def run(*arguments):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def validate_in_a_process(*arguments, cwd=ROOT):
    command = [sys.executable, "-m", "validate", *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, encoding="utf-8")


def test_run_takes_the_working_folder():
    result = validate_in_a_process("run")
    assert result.returncode == 0
    assert result.stdout.startswith(f"{PACKAGE.name} {PACKAGE.version}: valid")


@pytest.mark.parametrize("package", [ROOT, ROOT / "datapackage.json"])
def test_run_takes_a_folder_or_a_descriptor(package):
    assert run("run", package).exit_code == 0


def test_run_says_what_it_checked_and_what_not():
    output = run("run", ROOT).output
    keys = sum(len(resource.schema.foreign_keys) for resource in PACKAGE.tables)
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
        "    t.csv:3  Gull\n      Gull,long\n           ^^^^ length: not a value" in result.output
    )
    assert "→ Write the value in the form of the type" in result.output


def test_run_shows_a_few_findings_and_counts_all(make_package):
    folder = make_package([{"name": "length", "type": "number"}], "length\n" + "long\n" * 1500)
    output = run("run", folder).output
    assert output.count("not a value of type number") == 5
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
            "message": "not a value of type number",
            "row": 3,
            "line": 3,
            "field": "length",
            "rule": None,
            "key": [],
            "value": "long",
            "waiver": None,
        }
    ]
    assert {"what": "tables", "count": 1} in report["checked"]


def test_unusable_package_gets_one_line_and_exit_code_2(tmp_path):
    result = validate_in_a_process("run", tmp_path)
    assert result.returncode == 2
    assert result.stdout == ""
    assert result.stderr.splitlines() == [
        f"validate: {tmp_path / 'datapackage.json'}: no such file"
    ]


@pytest.mark.parametrize(
    "arguments", [("run", "--format", "xml"), ("run", "a", "b"), ("show",), ("sail",)]
)
def test_unusable_arguments_get_exit_code_2(arguments):
    assert run(*arguments).exit_code == 2


def test_help_and_version_import_no_engine():
    script = (
        "import sys; from validate._src.cli.main import main\n"
        "main(['--help'], standalone_mode=False)\n"
        "print(sorted({'polars', 'pandera', 'frictionless'} & set(sys.modules)))"
    )
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert result.stdout.endswith("[]\n")


@pytest.mark.parametrize("name", ["hypothesis", "numpy", "pandas", "pyarrow"])
def test_run_takes_up_no_library_that_it_does_not_need(tmp_path, name):
    (tmp_path / f"{name}.py").write_text("print('imported')")
    script = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n"
        "from validate._src.cli.main import main\n"
        "main(['run'], standalone_mode=False)\n"
        f"assert {name!r} not in sys.modules\n"
        f"import {name}\n"
    )
    answer = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert answer.stdout.count("imported") == 1


@pytest.mark.parametrize(("package", "code"), [("valid-mixed", 0), ("unique", 1), ("absent", 2)])
def test_the_program_ends_with_the_code_of_its_report(package, code):
    command = [sys.executable, "-m", "validate", "run", ROOT / "tests" / "packages" / package]
    answer = subprocess.run(command, capture_output=True, text=True)
    assert answer.returncode == code
    assert (answer.stdout + answer.stderr).endswith("\n")


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
    assert "source texts 1" in result.output
    assert "not checked: text of sakata-2026" in result.output


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


def test_show_prints_a_row_its_references_and_its_passage(sources):
    output = run("show", "fig-0005", "--package", ROOT, "--sources", sources).output
    assert "figures fig-0005  (data/figures.csv:6)" in output
    assert "→ actors usfk · name_en: United States Forces Korea" in output
    assert "← evidence.claim_id: 1" in output
    assert "segment 22, " in output
    assert PASSAGE in output


def test_show_without_texts_says_where_the_row_stands():
    output = run("show", "fig-0005", "--package", ROOT).output
    assert "⚓ nds-explainer-2026, segment 22, " in output
    assert PASSAGE not in output


def test_show_takes_composite_keys():
    output = run("show", "nds-explainer-2026,22", "--package", ROOT).output
    assert output.startswith("segments nds-explainer-2026,22  (data/segments.csv:23)")


def test_show_names_an_unknown_key():
    result = run("show", "fig-9999", "--package", ROOT)
    assert result.exit_code == 2
    assert 'no row of any table has the key "fig-9999"' in result.output


def test_anchor_gives_what_the_evidence_table_holds(sources):
    result = run("anchor", "nds-explainer-2026", PASSAGE, "--package", ROOT, "--sources", sources)
    (row,) = csv.DictReader(io.StringIO(result.output))
    assert (row["segment"], int(row["end"]) - int(row["start"])) == (
        "22",
        len("約2万8,500人の米軍"),
    )
    assert len(row["sha256"]) == 64


@pytest.mark.parametrize(
    ("source", "passage", "message"),
    [
        ("nds-explainer-2026", "北朝鮮", "occurs 20 times (segment 1 at 6; "),
        ("nds-explainer-2026", "クジラ", "does not occur"),
        ("nds-explainer-2026", "はじめに米国防総省は", "lies in no single segment"),
        ("nds-explainer-2026", " ", "has no characters"),
        ("unknown", "北朝鮮", 'no text of a source "unknown"'),
    ],
)
def test_anchor_refuses_what_is_not_one_place(sources, source, passage, message):
    result = run("anchor", source, passage, "--package", ROOT, "--sources", sources)
    assert result.exit_code == 2
    assert message in result.output


def test_tidy_restores_canonical_form_and_keeps_every_value(dataset_copy):
    file = dataset_copy / "data" / "topics.csv"
    canonical = file.read_bytes()
    header, *rows = canonical.decode().splitlines(keepends=True)
    untidy = "\ufeff" + "".join([header, *reversed(rows)]).replace("\n", "\r\n")
    file.write_bytes(untidy.encode())
    assert f"rewrote {file}\n" in run("tidy", dataset_copy).output
    assert file.read_bytes() == canonical
    assert run("tidy", dataset_copy).output == "all was tidy\n"


def test_tidy_brings_size_and_digest_up_to_date(dataset_copy):
    file = dataset_copy / "data" / "topics.csv"
    file.write_text(file.read_text("utf-8").replace("Flexible", "Supple"), "utf-8", newline="")
    assert run("run", dataset_copy).exit_code == 1
    output = run("tidy", dataset_copy).output
    assert output.startswith(f"rewrote {dataset_copy / 'datapackage.json'}\n")
    assert "nothing was validated" in output
    assert run("run", dataset_copy).exit_code == 0


def test_tidy_refuses_what_it_could_only_guess(dataset_copy):
    file = dataset_copy / "data" / "topics.csv"
    ragged = file.read_text("utf-8") + "one-cell-too-few\n"
    file.write_text(ragged, "utf-8", newline="")
    result = run("tidy", dataset_copy)
    assert result.exit_code == 2
    assert "missing-cell" in result.output
    assert file.read_text("utf-8") == ragged


def test_tidy_says_which_file_it_cannot_write(dataset_copy, monkeypatch):
    file = dataset_copy / "data" / "topics.csv"
    untidy = file.read_bytes().replace(b"\n", b"\r\n")
    file.write_bytes(untidy)
    monkeypatch.setattr("validate._src.words.replacing.token_hex", lambda _: "x" * 300)
    result = run("tidy", dataset_copy)
    assert result.exit_code == 2
    assert result.output.startswith(f"validate: {file}: cannot be written: ")
    assert file.read_bytes() == untidy


def test_coverage_of_the_dataset_is_complete(sources):
    result = run("coverage", ROOT, "--sources", sources)
    assert result.exit_code == 0
    assert "accounted for: numeral " in result.output
    assert "not accounted for" not in result.output


def test_coverage_without_texts_says_what_it_did_not_check():
    result = run("coverage", ROOT)
    assert result.exit_code == 0
    assert result.output.count("not checked: what lies beside its spans") == 2


def test_coverage_lists_what_nobody_accounted_for(dataset_copy, sources):
    descriptor = json.loads((dataset_copy / "datapackage.json").read_text("utf-8"))
    descriptor["anchors"]["exempt"] = []
    (dataset_copy / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    result = run("coverage", dataset_copy, "--sources", sources)
    assert result.exit_code == 1
    assert "not accounted for: numeral in segment 10 at 286" in result.output


def test_coverage_names_a_segment_neither_coded_nor_excused(dataset_copy):
    file = dataset_copy / "data" / "segments.csv"
    file.write_text(file.read_text("utf-8").replace(",signpost\n", ",\n", 1), "utf-8", newline="")
    result = run("coverage", dataset_copy)
    assert result.exit_code == 1
    assert "segment 6 is neither coded nor excused" in result.output


def without_columns_after(file, name):
    """Drops the columns after `name` from a CSV file."""
    rows = pl.read_csv(file, infer_schema=False)
    rows.select(rows.columns[: rows.columns.index(name) + 1]).write_csv(file)


def test_coverage_refuses_a_table_that_it_cannot_count(dataset_copy):
    (dataset_copy / "data" / "dates.csv").write_text("\n", "utf-8", newline="")
    result = run("coverage", dataset_copy)
    assert result.exit_code == 2
    assert "data/dates.csv: has findings; run `validate run` first" in result.output


def test_coverage_counts_rows_of_segments_without_section(dataset_copy):
    file = dataset_copy / "data" / "segments.csv"
    segments = pl.read_csv(file, infer_schema=False)
    segments.with_columns(section=pl.lit(None, pl.String)).write_csv(file)
    result = run("coverage", dataset_copy)
    assert result.exit_code == 0
    assert "section  commitments  dates" in result.output


def test_show_names_a_span_that_says_no_place(dataset_copy):
    without_columns_after(dataset_copy / "data" / "evidence.csv", "segment")
    result = run("show", "com-0001", "--package", dataset_copy)
    assert result.exit_code == 0
    assert "data/evidence.csv:2 does not say where it stands; run `validate run`" in result.output


def test_coverage_needs_anchors(make_package):
    result = run("coverage", make_package([{"name": "boat"}], "boat\nTern\n"))
    assert result.exit_code == 2
    assert "coverage needs segments with section and reason" in result.output


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
    assert result.output.splitlines()[1] == "  source-error: no table there (1)"
    assert "not checked: table rules: topics could not be read to the end" in result.output


def test_an_open_quote_comes_first_and_spares_what_refers_to_the_table(dataset_copy):
    file = dataset_copy / "data" / "topics.csv"
    file.write_text(file.read_text("utf-8").replace(",topic,", ',"topic,', 1), "utf-8", newline="")
    result = run("run", dataset_copy)
    assert result.output.startswith("data/topics.csv\n  quote-error: quote out of place")
    assert "foreign-key" not in result.output
    assert max(map(len, result.output.splitlines())) < 1000
