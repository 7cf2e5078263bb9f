from validate import validate


def test_faults_in_many_columns(make_package):
    names = [f"c{number}" for number in range(101)]
    fields = [
        {"name": name, "type": "integer", "constraints": {"required": True}} for name in names
    ]
    cells = ["x" if number % 2 else "" for number in range(len(names))]
    rows = [["1"] * len(names), cells]
    text = "\n".join(",".join(row) for row in [names, *rows]) + "\n"
    found = [(one.row, one.field, one.code) for one in validate(make_package(fields, text))]
    codes = ["type-error" if cell else "constraint-error" for cell in cells]
    assert found == [(3, name, code) for name, code in zip(names, codes, strict=True)]


def test_faults_of_a_cell_are_told_in_the_order_of_its_constraints(make_package):
    constraints = {"maxLength": 1, "pattern": "[a-c]*", "minLength": 1, "enum": ["a"]}
    field = {"name": "word", "type": "string", "constraints": constraints}
    found = [one.rule for one in validate(make_package([field], "word\na\nxyz\n"))]
    assert found == ["maxLength", "pattern", "enum"]


def test_rows_with_faults_of_several_batches_are_told_by_their_numbers(make_package, monkeypatch):
    monkeypatch.setattr("validate._src.reading._plain.MOST_CELLS", 6)  # three rows of two cells
    fields = [
        {"name": "id", "type": "integer"},
        {"name": "word", "type": "string", "constraints": {"enum": ["a"], "required": True}},
    ]
    words = ["a", "b", "a", "", "a", "a", "b", "b", "b", "a"]
    numbers = [*map(str, range(9)), "x"]
    text = "".join(
        f"{number},{word}\n"
        for number, word in zip(["id", *numbers], ["word", *words], strict=True)
    )
    found = [(one.row, one.field, one.rule) for one in validate(make_package(fields, text))]
    assert found == [
        (3, "word", "enum"),
        (5, "word", "required"),
        (8, "word", "enum"),
        (9, "word", "enum"),
        (10, "word", "enum"),
        (11, "id", None),
    ]
