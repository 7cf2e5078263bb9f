"""Table rules, asked at once and one by one."""

import json

import pytest

from validate import validate
from validate._src.checks import rules

FIELDS = [{"name": "a", "type": "string"}, {"name": "b", "type": "integer"}]
ROWS = "a,b\nx,1\ny,2\nx,3\n,4\n"
REPEATED = "SELECT _row FROM t WHERE a IN (SELECT a FROM t GROUP BY a HAVING COUNT(*) > 1)"
GREAT = "SELECT _row FROM t WHERE b > 3"
FAILING = "SELECT _row FROM t WHERE CAST(a AS INTEGER) > 0"
UNKNOWN = "SELECT _row FROM ponds"


@pytest.fixture
def judged(make_package):
    """Writes a table and queries; gives the rows and rules that are found, and all messages."""

    def judge(queries):
        folder = make_package(FIELDS, ROWS)
        file = folder / "datapackage.json"
        package = json.loads(file.read_text("utf-8"))
        package["rules"] = []
        for name, query in queries.items():
            (folder / f"{name}.sql").write_text(query, "utf-8")
            rule = {"name": name, "resource": "t", "query": f"{name}.sql", "message": "is wrong"}
            package["rules"].append(rule)
        file.write_text(json.dumps(package), "utf-8")
        report = validate(folder)
        found = [(one.row, one.rule, one.code, one.message) for one in report]
        return found, [(part.what, part.why) for part in report.not_checked]

    return judge


def at_rows(found):
    return [(row, rule) for row, rule, code, _ in found if code == "table-rule"]


def test_rules_are_asked_at_once(judged, monkeypatch):
    monkeypatch.setattr(rules, "result_of", None)  # which asks one by one
    found, _ = judged({"repeated": REPEATED, "great": GREAT, "again": GREAT})
    assert at_rows(found) == [(2, "repeated"), (4, "repeated"), (5, "great"), (5, "again")]


@pytest.mark.parametrize("other", [GREAT, FAILING, UNKNOWN])
def test_one_by_one_they_say_the_same(judged, monkeypatch, other):
    queries = {"repeated": REPEATED, "other": other}
    at_once = judged(queries)
    monkeypatch.setattr("validate._src.checks.queries.AT_ONCE", 0)
    assert judged(queries) == at_once
    assert at_rows(at_once[0])[:2] == [(2, "repeated"), (4, "repeated")]
