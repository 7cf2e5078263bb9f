"""What README, docs/releases.md and the workflow say of releases is what is done."""

import re

import polars as pl
import yaml
from support.places import ROOT

from validate import load
from validate._src.cli.main import main
from validate._src.engine.run import read_valid
from validate._src.package.descriptor import load_package
from validate._src.publish.content import content_of
from validate._src.publish.metadata import citation
from validate._src.release.files import CODEBOOK, CODEBOOK_PURPOSE, DIGESTS, LANDING, planned
from validate._src.release.release import DIFFERENCES

README = ROOT / "README.md"
PAGE = (ROOT / "docs" / "releases.md").read_text("utf-8")
SCRIPT = (ROOT / ".ci" / "release").read_text("utf-8")
WORKFLOW = yaml.safe_load((ROOT / ".github" / "workflows" / "release.yml").read_text("utf-8"))
PACKAGE = load_package(ROOT)
ADDED = re.compile(r'^  --add "\$built"/(\S+) "((?:[^"\\]|\\.)*)"', re.MULTILINE)
"""The files that the script adds, and what each is for."""


def script_files():
    """They with their names, in which the script has a star for the version."""
    for name, purpose in ADDED.findall(SCRIPT):
        version = f"{PACKAGE.version}-py3-none-any" if name.endswith(".whl") else PACKAGE.version
        yield name.replace("*", version), purpose.replace('\\"', '"')


def rows():
    for one in planned(PACKAGE, (), ()):
        yield one.name, one.purpose
    yield from script_files()
    yield CODEBOOK, CODEBOOK_PURPOSE
    for name, purpose in DIFFERENCES.items():
        yield f"{PACKAGE.name}-{PACKAGE.version}-diff.{name}", purpose


def test_readme_says_which_file_is_for_what(golden):
    text = README.read_text("utf-8")
    before, head, rest = text.partition("| file | for |\n|---|---|\n")
    made = "".join(f"| `{name}` | {purpose} |\n" for name, purpose in rows())
    golden.text(README, before + head + made + "\n" + rest.partition("\n\n")[2])


def test_readme_cites_the_release_as_it_cites_itself():
    content = content_of(*read_valid(PACKAGE))
    text = README.read_text("utf-8")
    cited = re.search(r"^- The release: \*(.+)\*$", text, re.MULTILINE)[1]
    assert cited == citation(content)
    versions = re.findall(r"Alliance Claims (?:\(version )?(\d+\.\d+\.\d+)", text)
    assert {*versions} == {PACKAGE.version}


def test_the_page_names_every_check_and_option():
    source = (ROOT / "validate" / "_src" / "release").glob("*.py")
    checks = {
        what
        for file in source
        for what in re.findall(r'\bChecked\("([a-z ]+)"', file.read_text("utf-8"))
    }
    table = PAGE.partition("| check |")[2].partition("\n\n")[0]
    assert {*re.findall(r"^\| `([a-z ]+)` \|", table, re.MULTILINE)} == checks
    options = {one.opts[-1] for one in main.commands["release"].params if one.opts[0][0] == "-"}
    assert {option for option in options - {"--changelog"} if option not in PAGE} == set()
    assert {DIGESTS, LANDING} <= {*re.findall(r"^\| `(\S+)` \|", PAGE, re.MULTILINE)}


def test_what_to_know_before_use_names_tables_fields_and_verdicts_that_there_are():
    text = (ROOT / "docs" / "before-use.md").read_text("utf-8")
    fields = {one.name: one for one in PACKAGE.tables["verifications"].schema.fields}
    verdicts = {one["value"] for one in fields["verdict"].properties["categories"]}
    known = {*PACKAGE.tables, *verdicts, CODEBOOK, "alpha"}
    assert {*re.findall("`([^`]+)`", text)} <= known
    assert "alpha" in PACKAGE.tables["reliability"].schema.names


def test_claims_that_were_compared_are_about_the_one_document_that_is_at_hand():
    """As docs/before-use.md says of `verifications`."""
    rows = load(ROOT)["verifications"]
    compared = rows.filter(~pl.col("verdict").is_in(["unverified", "no-document"]))
    assert {*compared["document_id"]} == {"us-rok-joint-fact-sheet-2025"}
    about = rows["document_id"].is_null()
    assert about.equals(rows["verdict"] == "no-document")
    unverified = rows.filter(verdict="unverified")
    assert "us-rok-joint-fact-sheet-2025" not in {*unverified["document_id"]}
    assert unverified.height


def steps(job):
    return [step["run"] for step in WORKFLOW["jobs"][job]["steps"] if "run" in step]


def test_the_workflow_checks_before_it_releases_and_publishes_what_was_made():
    assert WORKFLOW[True] == {"push": {"tags": ["v*"]}}  # the key `on`, as YAML 1.1 reads it
    building = steps("build")
    assert building.index("bash .ci/run") < len(building) - 1
    released, looked_at = building[-1].splitlines()[-2:]
    assert released == "bash .ci/release"
    assert looked_at.startswith("validate site --output pages ")
    (publishing,) = steps("publish")
    assert "dist/* --verify-tag" in publishing
    assert f"--notes-file dist/{LANDING}" in publishing
    assert WORKFLOW["jobs"]["publish"]["needs"] == "build"
    kept, deployed = (
        [
            step["with"]["path"]
            for step in WORKFLOW["jobs"][job]["steps"]
            if "path" in step.get("with", {})
        ]
        for job in ("build", "pages")
    )
    assert kept == ["dist", "pages"]
    assert {*deployed} == {"pages"}
    checkout = WORKFLOW["jobs"]["build"]["steps"][0]
    assert checkout["with"]["fetch-depth"] == 0


def test_only_the_jobs_that_publish_may_write():
    assert WORKFLOW["permissions"] == {"contents": "read"}
    writing = {name for name, job in WORKFLOW["jobs"].items() if "write" in str(job)}
    assert writing == {"publish", "pages"}
    assert "permissions" not in WORKFLOW["jobs"]["build"]


def test_what_a_tag_is_called_reaches_no_script():
    scripts = [script for job in WORKFLOW["jobs"] for script in steps(job)]
    assert not [script for script in scripts if "${{" in script]


def test_ci_validates_old_releases():
    run = (ROOT / ".ci" / "run").read_text("utf-8")
    assert re.search(r"^bash \.ci/old-releases$", run, re.MULTILINE)
