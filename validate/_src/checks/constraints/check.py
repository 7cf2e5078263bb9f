"""Types, constraints and row rules: each Table Schema compiled into a Pandera schema.

The frame that Pandera judges has three kinds of columns: `text:<field>` for what
the cell holds, `value:<field>` for what it means, and `rule:<name>` for what a row
rule says of the row. One fault of a cell is one failure case of one named check.
"""

import re
import warnings
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import pandera.polars as pa
import polars as pl
from pandera.config import ValidationDepth, config_context, get_config_global, set_config
from pandera.errors import SchemaError, SchemaErrors

from validate._src.checks.check import Check
from validate._src.checks.constraints.shortcuts import Shortcut, shortcuts
from validate._src.checks.sql import QUOTED, check_size
from validate._src.fields.constraints import CONDITIONS, Condition, among
from validate._src.fields.types import FIELD_TYPES
from validate._src.tables.dataset import Dataset
from validate._src.tables.table import Table, whole
from validate._src.words.errors import PackageError
from validate._src.words.finding import Checked, NotChecked, Outcome, cut
from validate._src.words.model import Field, Package, RowRule

TEXT, VALUE, RULE = "text:", "value:", "rule:"
TYPE, REQUIRED = "type", "required"
LISTED = 40
MOST_SUSPECTS = 20_000
ADDED_BY_POLARS = "  This error occurred in the following expression"
WHOLE_NUMBER = r"^[+-]?[0-9]{19,}$"
READS_TABLES = re.compile(r"\b(?:select|(?:read|scan)_\w+)\b", re.IGNORECASE)
BEYOND_THE_ROW = re.compile(
    r"\b(?:over|array_agg|avg|corr|count|covar\w*|first|last|max|median|min|quantile\w*"
    r"|stddev\w*|stdev\w*|sum|unnest|var\w*|row_number)\s*\(",
    re.IGNORECASE,
)
PHRASES = {
    "enum": "is not one of {}",
    "categories": "is not one of {}",
    "pattern": "does not match the pattern {}",
    "minimum": "is less than {}",
    "maximum": "is greater than {}",
    "exclusiveMinimum": "is not greater than {}",
    "exclusiveMaximum": "is not less than {}",
    "minLength": "is shorter than {}",
    "maxLength": "is longer than {}",
    "jsonSchema": "does not fit the JSON Schema of the field",
}


class ConstraintsCheck(Check):
    """Judges every cell by its field's type and constraints, every row by the row rules.

    Source: Data Package 2.0, Table Schema, "Field Types" and "Field Constraints".
    """

    def __init__(self, package: Package) -> None:
        """Prepares for the tables of a package."""
        super().__init__(package)
        self._schemas: dict[str, CompiledSchema] = {}
        self._suspects: list[Table] = []
        self._constraints = 0
        self._rules = 0

    def batch(self, table: Table) -> Iterator[Outcome]:
        """Judges some rows, by the schema that their resource was compiled into once.

        Rows with faults are held until there are enough of them, or the table is another.

        Raises:
            PackageError: a constraint or rule is unknown, misplaced or malformed.
        """
        name = table.resource.name
        if name not in self._schemas:
            self._schemas[name] = compile_schema(table)
            self._constraints += sum(map(_constraints, table.fields))
            yield from self._judgeable_rules(table)
        held = self._suspects[0] if self._suspects else table
        if (held.resource.name, held.location) != (name, table.location):
            yield from self._judged()
        suspects = self._schemas[name].suspects(table)
        if suspects is not None:
            self._suspects.append(suspects)
        if sum(len(held.rows) for held in self._suspects) >= MOST_SUSPECTS:
            yield from self._judged()
        yield Checked("cells", table.text.height * table.text.width)

    def _judgeable_rules(self, table: Table) -> Iterator[NotChecked]:
        """Counts the rules whose fields all have a column, and names the others."""
        for rule in table.schema.rules:
            place = _place_of(table, rule)
            check_size(rule.check, place)  # once, before any of it is parsed
            named = _names_in(rule, place)
            absent = [name for name in named if not table.has([name])]
            if absent:
                what = f"row rule {rule.name} of {table.resource.name}"
                why = f"{table.location} has no column {', '.join(absent)}"
                yield NotChecked(what, why, frozenset({"row-constraint"}), table.resource.name)
            else:
                self._rules += 1

    def _judged(self) -> Iterator[pl.DataFrame]:
        """The findings in the rows that are held."""
        if self._suspects:
            table = whole(self._suspects)
            self._suspects = []
            yield from self._schemas[table.resource.name].findings(table)

    def end(self, dataset: Dataset) -> Iterator[Outcome]:
        """Judges the rows still held, and counts what cells and rows were judged by."""
        yield from self._judged()
        yield Checked("constraints", self._constraints)
        yield Checked("row rules", self._rules)


@dataclass(frozen=True, eq=False)
class Column:
    """A column of the frame that Pandera judges.

    Attributes:
        name: what it is, `text:`, `value:` or `rule:`, and of which field or rule.
        dtype: the Polars type of its cells.
        nullable: whether null is allowed.
        conditions: what its cells must meet, by name; null passes.
        shortcuts: how to see that all cells meet some of them.
    """

    name: str
    dtype: pl.DataType
    nullable: bool
    conditions: Mapping[str, Condition]
    shortcuts: tuple[Shortcut, ...] = ()

    def compiled(self) -> pa.Column:
        """The column in Pandera, with one named check a condition."""
        checks = [_check(name, condition) for name, condition in self.conditions.items()]
        return pa.Column(self.dtype, nullable=self.nullable, checks=checks)

    def verdicts(self) -> Iterator[tuple[pl.Expr, pl.Expr]]:
        """For each thing asked of the column, whether all cells meet it, and whether each does.

        The first are single values, the second null for a null.
        """
        cell = pl.col(self.name)
        left = dict(self.conditions)
        if not self.nullable:
            yield cell.null_count() == 0, cell.is_not_null()
        for shortcut in self.shortcuts:
            each = [left.pop(name)(cell) for name in shortcut.conditions]
            meets = shortcut.each(cell) if shortcut.each else pl.all_horizontal(each)
            yield shortcut.holds(cell), meets
        for condition in left.values():
            yield condition(cell).all(), condition(cell)


@dataclass(frozen=True, eq=False)
class Question:
    """Something that the cells of a column must meet.

    Attributes:
        column: the column.
        all: whether all cells meet it, as a single value.
        each: whether each cell does.
    """

    column: Column
    all: pl.Expr
    each: pl.Expr


class CompiledSchema:
    """A Table Schema compiled for Pandera, in two forms.

    A batch passes the gate first, one scalar check of everything; only rows in which
    something is at fault are judged cell by cell, in the columns where there are faults.
    """

    def __init__(self, columns: Sequence[Column]) -> None:
        """Compiles the columns of the frames that will be judged."""
        asked = [(column, *verdicts) for column in columns for verdicts in column.verdicts()]
        self._questions = [
            Question(
                column, holds.alias(str(number)), each.fill_null(value=True).alias(str(number))
            )
            for number, (column, holds, each) in enumerate(asked)
        ]
        self._doubted: list[Question] = []
        self._met: list[pl.Series] = []
        self._at_fault: dict[Column, pa.Column] = {}
        self._refusal: PackageError | None = None
        self._asked = False
        self._gate = pa.DataFrameSchema(checks=[pa.Check(self._holds, name="gate")])

    def suspects(self, table: Table) -> Table | None:
        """The rows of a batch in which something is at fault; None where nothing is."""
        self._asked = False
        with _pinned_configuration():
            try:
                # As a lazy frame it is not copied for each of Pandera's steps.
                self._gate.validate(_frame(table).lazy())
            except SchemaError as error:
                if self._refusal is not None:
                    raise self._refusal from None
                if not self._doubted:
                    raise RuntimeError(
                        f"Pandera's gate could not judge {table.location}"
                    ) from error
                error.with_traceback(None)  # it refers to itself, and so would keep the frame
                for question in self._doubted:
                    self._at_fault.setdefault(question.column, question.column.compiled())
                return _those_at_fault(table, ~pl.select(pl.all_horizontal(self._met)).to_series())
        if not self._asked:
            raise RuntimeError(f"Pandera let {table.location} pass without asking the gate")
        return None

    def _holds(self, data: pa.PolarsData) -> bool:
        """Whether every cell of a frame meets everything; remembers what they do not.

        What some cell did not meet in the batch before is asked of each cell at once.
        """
        self._asked = True
        if not self._questions:
            return True
        self._refusal = None
        doubted, self._doubted, self._met = self._doubted, [], []
        try:
            others = [question for question in self._questions if question not in doubted]
            said = _answers(data, [question.all for question in others])
            failed = [
                question for question, holds in zip(others, said, strict=True) if not holds[0]
            ]
            asked = _answers(data, [question.each for question in doubted + failed])
        except PackageError as error:  # Pandera would take it for a fault of the data
            self._refusal = _without_what_polars_adds(error)
            return False
        answers = zip(doubted + failed, asked, strict=True)
        broken = [(question, met) for question, met in answers if not met.all()]
        self._doubted, self._met = [one for one, _ in broken], [met for _, met in broken]
        return not broken

    def findings(self, table: Table) -> Iterator[pl.DataFrame]:
        """The faults of rows that have some.

        Raises:
            RuntimeError: Pandera found none, or could not judge a column.
        """
        at_fault = {column.name: compiled for column, compiled in self._at_fault.items()}
        frame = _frame(table)
        subjects = {name.partition(":")[2] for name in at_fault}
        frame = frame.select(name for name in frame.columns if name.partition(":")[2] in subjects)
        with _pinned_configuration():
            try:
                pa.DataFrameSchema(at_fault).validate(frame, lazy=True)
            except SchemaErrors as errors:
                cases = errors.with_traceback(None).failure_cases
            else:
                raise RuntimeError("Pandera's gate and its columns disagree")
        rules = {rule.name: rule for rule in table.schema.rules}
        by_check = cases.group_by("column", "check", maintain_order=True).agg("index")
        for number, (column, name) in enumerate(by_check.select("column", "check").iter_rows()):
            kind, _, subject = column.partition(":")
            at = by_check["index"][number].cast(pl.Int64)
            if at.null_count():
                raise _refusal(self._at_fault, frame, column, name)
            if f"{kind}:" == RULE:
                yield _broken_rule(table, at, rules[subject])
            else:
                yield _broken_constraint(table, at, subject, name)


def _refusal(
    columns: Iterable[Column], frame: pl.DataFrame, name: str, condition: str
) -> Exception:
    """Why Pandera could not judge a column: what the condition itself says, or we are wrong."""
    for column in columns:
        if column.name == name and condition in column.conditions:
            try:
                frame.select(column.conditions[condition](pl.col(name)))
            except PackageError as error:
                return _without_what_polars_adds(error)
    return RuntimeError(f"Pandera could not judge {name}: {condition}")


def _without_what_polars_adds(error: PackageError) -> PackageError:
    return PackageError(str(error).partition(ADDED_BY_POLARS)[0])


def _those_at_fault(table: Table, at_fault: pl.Series) -> Table:
    """Some rows of a table; few of them in memory of their own, since they will be held."""
    if at_fault.all():
        return replace(table, findings=())
    found = table.filter(at_fault)
    return found if len(found.rows) >= MOST_SUSPECTS else found.compacted()


def _answers(data: pa.PolarsData, questions: Sequence[pl.Expr]) -> list[pl.Series]:
    # For a query of its own each question would be planned, which takes longer than some answers.
    return data.lazyframe.collect().select(questions).get_columns() if questions else []


def compile_schema(table: Table) -> CompiledSchema:
    """The schema by which the frames of a table's batches are judged.

    Raises:
        PackageError: a constraint is unknown, or does not fit its field.
    """
    columns: list[Column] = []
    for field in table.fields:
        required = table.schema.requires(field)
        columns.append(_text_column(field, required=required))
        dtype, conditions = FIELD_TYPES[field.type].dtype, _conditions(field, table)
        columns.append(Column(VALUE + field.name, dtype, True, conditions, (*shortcuts(field),)))
    for rule in table.schema.rules:
        columns.append(
            Column(RULE + rule.name, pl.Boolean(), True, {rule.name: lambda holds: holds})
        )
    return CompiledSchema(columns)


def _constraints(field: Field) -> int:
    return len(field.constraints) + (field.categories is not None)


def _text_column(field: Field, *, required: bool) -> Column:
    """That a cell with a text has a value; where there is no text there is no value either."""
    value = pl.col(VALUE + field.name)
    of_its_type: Condition = lambda text: text.is_null() | value.is_not_null()  # noqa: E731
    as_many = Shortcut((TYPE,), lambda text: text.null_count() == value.null_count())
    return Column(TEXT + field.name, pl.String(), not required, {TYPE: of_its_type}, (as_many,))


def _check(name: str, condition: Condition) -> pa.Check:
    def holds(data: pa.PolarsData) -> pl.LazyFrame:
        return data.lazyframe.select(condition(pl.col(data.key)).fill_null(True))

    return pa.Check(holds, name=name, error=name)


def _conditions(field: Field, table: Table) -> dict[str, Condition]:
    place = f'resource "{table.resource.name}": field "{field.name}"'
    allowed = FIELD_TYPES[field.type].constraints
    conditions: dict[str, Condition] = {}
    for name, argument in field.constraints.items():
        if name not in allowed:
            raise PackageError(
                f'{place}: type {field.type} cannot have the constraint "{name}"; '
                f"it can have {', '.join(sorted(allowed))}"
            )
        if name in CONDITIONS:
            conditions[name] = CONDITIONS[name](field, argument, place)
    if field.categories is not None:
        if field.type not in ("string", "integer"):
            raise PackageError(f"{place}: categories go with type string or integer")
        allowed_values = [category.value for category in field.categories]
        for value in field.constraints.get("enum", ()):
            if value not in allowed_values:
                raise PackageError(f'{place}: "{value}" in enum is not among the categories')
        conditions["categories"] = among(field, allowed_values, place)
    return conditions


@contextmanager
def _pinned_configuration() -> Generator[None]:
    """Pandera as we need it, whatever its environment variables or our host say."""
    configuration = get_config_global()
    host_uses_narwhals = configuration.use_narwhals_backend
    with warnings.catch_warnings(action="ignore", category=UserWarning):  # that it is changed
        set_config(use_narwhals_backend=False)
    try:
        with config_context(
            validation_enabled=True, validation_depth=ValidationDepth.SCHEMA_AND_DATA
        ):
            yield
    finally:
        configuration.use_narwhals_backend = host_uses_narwhals


def _frame(table: Table) -> pl.DataFrame:
    return pl.concat(
        [
            _prefixed(TEXT, table.text),
            _prefixed(VALUE, table.values),
            *(_verdicts(table, rule) for rule in table.schema.rules),
        ],
        how="horizontal",
    )


def _prefixed(prefix: str, frame: pl.DataFrame) -> pl.DataFrame:
    """A frame with other names; `rename` would start a query for it."""
    named = frame.clone()
    named.columns = [prefix + name for name in frame.columns]
    return named


def _verdicts(table: Table, rule: RowRule) -> pl.DataFrame:
    """What a row rule says of each row: true, false or unknown."""
    place = _place_of(table, rule)
    if not table.has(_names_in(rule, place)):
        missing = [name for name in _names_in(rule, place) if name not in table.schema.names]
        if missing:
            raise PackageError(f'{place}: there is no field "{missing[0]}"')
        return pl.DataFrame(
            {RULE + rule.name: pl.Series([None] * table.text.height, dtype=pl.Boolean)}
        )
    try:
        verdicts = table.values.select(pl.sql_expr(rule.check).alias(RULE + rule.name))
    except pl.exceptions.PolarsError as error:
        raise PackageError(f"{place}: {str(error).splitlines()[0]}") from None
    if verdicts.dtypes != [pl.Boolean] or verdicts.height != table.text.height:
        raise PackageError(f"{place}: the expression must say true or false of each row")
    return verdicts


def _place_of(table: Table, rule: RowRule) -> str:
    return f'resource "{table.resource.name}": rule "{rule.name}"'


def _names_in(rule: RowRule, place: str) -> list[str]:
    # Parsing would read the files already, and what hides in a text only the parser knows.
    if reader := READS_TABLES.search(rule.check):
        raise PackageError(
            f"{place}: a row rule looks at one row and reads no tables or files; "
            f'the word "{reader[0]}" cannot stand in it, not even in a text'
        )
    try:
        expression = pl.sql_expr(rule.check)
    except pl.exceptions.PolarsError as error:
        raise PackageError(f"{place}: {str(error).splitlines()[0]}") from None
    if BEYOND_THE_ROW.search(QUOTED.sub("", rule.check)):
        raise PackageError(f"{place}: the expression looks at other rows; that is a table rule")
    return expression.meta.root_names()


def _broken_rule(table: Table, indexes: pl.Series, rule: RowRule) -> pl.DataFrame:
    names = list(dict.fromkeys(pl.sql_expr(rule.check).meta.root_names()))
    cells = [pl.concat_str(pl.lit(f"{name}="), pl.col(name).fill_null("")) for name in names]
    described = table.text[indexes].select(
        pl.concat_str(cells or [pl.lit("")], separator=", ").alias("described")
    )["described"]
    message = f"{rule.message} (rule {rule.name})"
    return table.findings_at(
        indexes,
        "row-constraint",
        message,
        rule=rule.name,
        value=described,
        severity=rule.severity,
    )


def _broken_constraint(
    table: Table, indexes: pl.Series, name: str, constraint: str
) -> pl.DataFrame:
    field = table.schema.field(name)
    if constraint == TYPE:
        return table.findings_at(
            indexes, "type-error", _no_value(field, table.text[name].gather(indexes)), field=name
        )
    if constraint == "not_nullable":
        message, rule = "a value is required", REQUIRED
    else:
        if field.categories is not None and constraint == "categories":
            argument: Any = [category.value for category in field.categories]
        else:
            argument = field.constraints[constraint]
        message, rule = PHRASES[constraint].format(_shown(argument)), constraint
    return table.findings_at(indexes, "constraint-error", message, field=name, rule=rule)


def _no_value(field: Field, texts: pl.Series) -> pl.Series:
    """What to say of texts that are no values of a field's type."""
    kind = field.type if field.format == "default" else f"{field.type}/{field.format}"
    message = pl.lit(f"not a value of type {kind}")
    if FIELD_TYPES[field.type].dtype == pl.Int64:
        beyond = pl.lit("a number beyond 64 bits, which cannot be judged here")
        message = pl.when(pl.col("text").str.contains(WHOLE_NUMBER)).then(beyond).otherwise(message)
    return texts.alias("text").to_frame().with_columns(message.alias("message"))["message"]


def _shown(argument: Any) -> str:
    if not isinstance(argument, list):
        return cut(str(argument))
    shown = ", ".join(cut(str(value)) for value in argument[:LISTED])
    rest = len(argument) - LISTED
    return shown + (f" or one of {rest} more" if rest > 0 else "")
