from validate import validate
from validate._src.checks.constraints._cells import AT_ONCE


def test_faults_in_more_columns_than_are_judged_at_once(make_package):
    names = [f"c{number}" for number in range(2 * AT_ONCE + 1)]
    fields = [
        {"name": name, "type": "integer", "constraints": {"required": True}} for name in names
    ]
    cells = ["x" if number % 2 else "" for number in range(len(names))]
    rows = [["1"] * len(names), cells]
    text = "\n".join(",".join(row) for row in [names, *rows]) + "\n"
    found = [(one.row, one.field, one.code) for one in validate(make_package(fields, text))]
    codes = ["type-error" if cell else "constraint-error" for cell in cells]
    assert found == [(3, name, code) for name, code in zip(names, codes, strict=True)]
