"""`validate tidy` as a user meets it."""

from support.command import run


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
    file = dataset_copy / "data" / "dates.csv"
    file.write_text(file.read_text("utf-8").replace("Release", "Issue"), "utf-8", newline="")
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
    monkeypatch.setattr("validate._src.words.replacing.urandom", lambda _: b"x" * 300)
    result = run("tidy", dataset_copy)
    assert result.exit_code == 2
    assert result.output.startswith(f"validate: {file}: cannot be written: ")
    assert file.read_bytes() == untidy
