"""The tricks of `validate`: fast paths that the result does not need, and how to switch each off.

`python benchmarks/switches.py TRICK[,TRICK] FOLDER` is `validate run FOLDER` without them.
"""

import gc
import os
import sys
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

CLEAN = ("clean", "measurements", "registry", "events")
OTHERS = CLEAN[1:]
AS_NDJSON = tuple(f"{table} ndjson" for table in CLEAN)
FAULTS = ("faults", "measurements faults", "registry faults", "events faults")
REPLACED: list[tuple[Any, str, Any]] = []


@dataclass(frozen=True)
class Trick:
    """A fast path.

    Attributes:
        name: what the command and the table call it.
        part: the part of a run that it makes faster, as `replaying.py` names it; "start"
            for what only a whole run shows.
        where: the module below `validate/_src` and the attribute.
        what: what it does, in a few words.
        off: switches it off, once everything is imported; for "start" before.
        tables: where it can make a difference.
    """

    name: str
    part: str
    where: str
    what: str
    off: Callable[[], None]
    tables: tuple[str, ...]


def replaced(owner: Any, name: str, new: Any) -> Any:
    """Puts something in the place of an attribute, which must be there, and returns the old."""
    old = getattr(owner, name)
    REPLACED.append((owner, name, old))
    setattr(owner, name, new)
    return old


def switch_on() -> None:
    """Puts everything back."""
    while REPLACED:
        setattr(*REPLACED.pop())


def _thorough_parser(kind: str) -> Callable[[], None]:
    def off() -> None:
        from validate._src.fields import _dates, _numbers, types

        thorough = {"number": _numbers._number, "integer": _numbers._integer, "date": _dates._date}
        by_name = dict(types.FIELD_TYPES)
        parsers = {**by_name[kind].parsers, "default": thorough[kind]}
        by_name[kind] = replace(by_name[kind], parsers=parsers)
        _use_types(by_name)

    return off


def _each_text() -> None:
    from validate._src.fields import types

    by_name = dict(types.FIELD_TYPES)
    for name, field_type in types.FIELD_TYPES.items():
        parsers = {key: _of_each_text(parser) for key, parser in field_type.parsers.items()}
        by_name[name] = replace(field_type, parsers=parsers)
    _use_types(by_name)


def _use_types(by_name: Any) -> None:
    from validate._src.fields import _arguments, _comparisons, constraints, types
    from validate._src.tables import _cells

    for module in (types, _arguments, _comparisons, constraints, _cells):
        replaced(module, "FIELD_TYPES", by_name)


def _of_each_text(parser: Any) -> Any:
    """A parser in Python that asks for each text, however often it stands there."""
    import polars as pl

    from validate._src.fields import _parsing

    if not parser.__qualname__.startswith("by_python."):
        return parser
    cells = dict(zip(parser.__code__.co_freevars, parser.__closure__, strict=True))
    function, dtype = cells["function"].cell_contents, cells["dtype"].cell_contents

    def parse(text: pl.Expr, field: Any) -> pl.Expr:
        def each(series: pl.Series) -> pl.Series:
            values = (
                None if value is None else _parsing._or_none(function, field, value)
                for value in series
            )
            return pl.Series(values, dtype=dtype, strict=False)

        return text.map_batches(each, return_dtype=dtype)

    return parse


def _without_shortcut(constraint: str) -> Callable[[], None]:
    def off() -> None:
        from validate._src.checks.constraints import _compiled

        def others(field: Any) -> Iterator[Any]:
            return (one for one in shortcuts(field) if constraint not in one.constraints)

        shortcuts = replaced(_compiled, "shortcuts", others)

    return off


def _each_by_pattern() -> None:
    from validate._src.fields import _text

    replaced(_text, "are_all", lambda texts, seen: False)


def _look_booleans_up() -> None:
    from validate._src.fields import _booleans

    replaced(_booleans, "FEW", 0)


def _look_up_few() -> None:
    from validate._src.fields import _comparisons

    replaced(_comparisons, "FEW", 0)


def _ask_each_cell() -> None:
    from validate._src.checks.constraints import _gate

    def judged(frame: Any, questions: Any, _: Any) -> Any:
        asked = [(one.column, *condition) for one in questions for condition in one.each.items()]
        met = _gate._answers(frame, [each for _, _, each in asked])
        broken = (
            _gate.Broken(column, condition, cells)
            for (column, condition, _), cells in zip(asked, met, strict=True)
            if not cells.all()
        )
        return _gate.Verdict(tuple(broken))

    replaced(_gate, "_judged", judged)


def _judge_each_batch() -> None:
    from validate._src.checks.constraints import _judge

    replaced(_judge, "MOST_SUSPECTS", 0)


def _rename() -> None:
    from validate._src.checks.constraints import _compiled

    def renamed(prefix: str, frame: Any) -> Any:
        return frame.rename(lambda name: prefix + name)

    replaced(_compiled, "_prefixed", renamed)


def _always_hash() -> None:
    from validate._src.checks import _uniqueness

    replaced(_uniqueness, "_ends", lambda values, hashes: None)


def _always_join() -> None:
    from validate._src.checks import _keysjudge, _keyvalues

    def joined(table: Any, key: Any, targets: Any) -> Any:
        rows = _keyvalues.key_values(table, key.fields)
        return _keyvalues.rows_among(rows, targets.values, how="anti")[_keyvalues.INDEX]

    replaced(_keysjudge, "rows_without", joined)


def _none_known() -> None:
    from validate._src.checks import _references

    replaced(_references, "MOST_TARGETS", -1)


def _read_again(*, columns: bool) -> Callable[[], None]:
    def off() -> None:
        from validate._src.checks import keys
        from validate._src.tables.reading import read_batches

        def all_again(resource: Any, only: Any, rows: Any, stretches: Any) -> Any:
            return read_batches(resource, only=None if columns else only)

        replaced(keys, "tables_again", all_again)

    return off


def _one_by_one() -> None:
    from validate._src.reading import _plain

    replaced(_plain, "may_be_plain", lambda block, dialect, width: False)


def _look_for_surplus() -> None:
    from validate._src.reading import _textfile

    def block_of(*given: Any, has_surplus: bool) -> Any:
        return plain_block(*given, has_surplus=True)

    plain_block = replaced(_textfile, "plain_block", block_of)


def _no_arithmetic() -> None:
    from validate._src.reading import _plain

    replaced(_plain.PlainBlock, "_is_all", lambda block: False)


def _look_at_every_byte() -> None:
    from validate._src.reading import _quoting

    replaced(_quoting, "_few", lambda block, quote: None)


def _copy_bytes() -> None:
    import polars as pl

    from validate._src.reading import _quoting

    def codes(block: bytes) -> pl.Series:
        one = pl.Series([block], dtype=pl.Binary)
        return one.bin.reinterpret(dtype=pl.Array(pl.UInt8, len(block))).explode()

    replaced(_quoting, "codes_of", codes)


def _lines_by_polars() -> None:
    import polars as pl

    from validate._src.reading import _quoting

    def text(quoting: Any, index: pl.Series) -> pl.Series:
        if quoting.records is not None:
            return by_bytes(quoting, index)
        return pl.read_lines(quoting.block, name="text")["text"].gather(index)

    by_bytes = replaced(_quoting.Quoting, "text", text)


def _blocks_cut_afterwards() -> None:
    from validate._src.reading import blocks, files

    def line_blocks(part: Any) -> Iterator[bytes]:
        return blocks._ended_by_lines(files.file_blocks(part))

    replaced(blocks, "_line_blocks", line_blocks)


def _rows_one_by_one() -> None:
    from validate._src.reading import json, ndjson

    for module in (json, ndjson):
        replaced(module, "reads_by_columns", lambda resource: False)


def _gate_of_frames() -> None:
    import pandera.polars as pa
    import polars as pl

    def eager(schema: Any, given: Any, **options: Any) -> Any:
        given = given.collect() if isinstance(given, pl.LazyFrame) else given
        return validate(schema, given, **options)

    validate = replaced(pa.DataFrameSchema, "validate", eager)


def _look_at_every_row() -> None:
    import polars as pl

    from validate._src.tables import batches

    def filled(batch: Any, text: Any) -> Any:
        values = [batch.cells.select(pl.all().replace("", None)), text.rename("text:{}".format)]
        anything = pl.any_horizontal(pl.all().is_not_null())
        has = pl.concat(values, how="horizontal").select(anything).to_series()
        return None if has.all() else has

    replaced(batches, "_filled", filled)


def _always_sort() -> None:
    from validate._src.words import findings

    replaced(findings, "_is_in_order", lambda frame: False)


def _give_back() -> None:
    from validate._src.cli import _startup

    replaced(_startup, "ALLOCATOR", "")


def _nothing_hidden() -> None:
    from validate._src.cli import _startup

    replaced(_startup, "UNNEEDED", ())


def _collect_garbage() -> None:
    replaced(gc, "disable", lambda: None)


def _no_freezing() -> None:
    replaced(gc, "freeze", lambda: None)


def _tidy_end() -> None:
    replaced(os, "_exit", sys.exit)


def _remember_nothing() -> None:
    from validate._src.fields import _distinct

    replaced(_distinct, "MOST_REMEMBERED", 0)


def _parse_repeated() -> None:
    from validate._src.fields import _distinct

    replaced(_distinct, "many_repeat", lambda texts: False)


def _no_runs() -> None:
    from validate._src.fields import _distinct

    replaced(_distinct, "_number_of_runs", len)


def _no_plain_json() -> None:
    from validate._src.fields import _plainjson

    replaced(_plainjson, "FEW", sys.maxsize)


def _patterns_by_python() -> None:
    from validate._src.fields import _dates

    replaced(_dates, "_form", lambda pattern, needed: None)


class _Doubtful:
    def is_valid(self, value: object) -> bool:
        """Says of nothing that it is valid."""
        return False


def _by_jsonschema() -> None:
    from validate._src.package import profile

    replaced(profile, "_gate", lambda schema, name, version: _Doubtful())


CELLS, GATE, KEYS = "fields/", "checks/constraints/", "checks/keys.py: "
UNIQUENESS, REFERENCES = "checks/_uniqueness.py: ", "checks/_references.py: "
PLAIN, QUOTING = "reading/_plain.py: ", "reading/_quoting.py: "
TRICKS = (
    Trick("numbers", "types", CELLS + "_numbers.py: _cast", "casts a column of numbers at once",
          _thorough_parser("number"), ("clean", "measurements", "registry")),
    Trick("integers", "types", CELLS + "_numbers.py: _cast", "casts a column of integers at once",
          _thorough_parser("integer"), CLEAN),
    Trick("dates", "types", CELLS + "_dates.py: _days", "parses dates before it sees their form",
          _thorough_parser("date"), ("clean", "registry")),
    Trick("distinct", "types", CELLS + "_parsing.py: by_python", "parses each distinct text once",
          _each_text, OTHERS),
    Trick("remembered", "types", CELLS + "_distinct.py: RememberedColumns",
          "remembers what Python made of texts", _remember_nothing, OTHERS),
    Trick("repeated", "types", CELLS + "_distinct.py: RememberedColumns.of_many",
          "parses texts once that take long and repeat", _parse_repeated, OTHERS),
    Trick("runs", "types", CELLS + "_distinct.py: by_runs",
          "parses the first of equal texts in row after row", _no_runs, ("measurements", "events")),
    Trick("plain-json", "types", CELLS + "_plainjson.py: plain_objects",
          "sees plain JSON of a column at once", _no_plain_json, ("events",)),
    Trick("patterns", "types", CELLS + "_dates.py: _by_polars",
          "has Polars read dates by a pattern", _patterns_by_python, ("registry",)),
    Trick("plain-texts", "types", CELLS + "_text.py: _plain",
          "sees e-mails, URIs and UUIDs of a column at once", _each_by_pattern,
          ("clean", "registry", "events")),
    Trick("booleans", "types", CELLS + "_booleans.py: FEW", "compares with few words, no look-up",
          _look_booleans_up, ("measurements", "events")),
    Trick("lengths", "gate", GATE + "_shortcuts.py: _lengths", "counts a length for both bounds",
          _without_shortcut("minLength"), ("clean", "registry")),
    Trick("ids", "gate", GATE + "_shortcuts.py: _ids", "sees ids and digests by their bytes",
          _without_shortcut("pattern"), ("clean", "registry", "events")),
    Trick("few", "gate", CELLS + "_comparisons.py: FEW", "compares with few values, no look-up",
          _look_up_few, CLEAN),
    Trick("filled", "types", "tables/batches.py: _filled",
          "counts nulls before it looks for blanks", _look_at_every_row, CLEAN),
    Trick("scalars", "gate", GATE + "_gate.py: _judged", "asks a column before its cells",
          _ask_each_cell, CLEAN),
    Trick("lazy", "gate", GATE + "_gate.py: verdict_on", "gives Pandera a lazy frame",
          _gate_of_frames, CLEAN),
    Trick("prefixed", "gate", GATE + "_compiled.py: _prefixed", "names a clone, without a query",
          _rename, CLEAN),
    Trick("held", "check", GATE + "_judge.py: MOST_SUSPECTS",
          "words the faults of several batches together", _judge_each_batch, FAULTS),
    Trick("ascending", "keys", UNIQUENESS + "_ends",
          "looks at no hashes of ascending keys", _always_hash, ("clean", "registry")),
    Trick("look-up", "keys", REFERENCES + "rows_without", "looks targets up instead of a join",
          _always_join, ("clean", "registry")),
    Trick("targets", "keys", REFERENCES + "Targets.known", "looks references up as they are read",
          _none_known, ("clean", "registry")),
    Trick("picked-rows", "keys", KEYS + "_read_again", "reads only rows that matter again",
          _read_again(columns=False), FAULTS),
    Trick("picked-columns", "keys", KEYS + "_read_again", "reads only columns of keys again",
          _read_again(columns=True), FAULTS),
    Trick("plain", "reading", PLAIN + "plain_block", "has Polars read plain text",
          _one_by_one, CLEAN),
    Trick("surplus", "reading", "reading/_parsing.py: parsed",
          "looks for surplus cells once Polars refuses some", _look_for_surplus, CLEAN),
    Trick("arithmetic", "reading", PLAIN + "PlainBlock._is_all",
          "sees by the size that no cell was passed over", _no_arithmetic, (*CLEAN, "faults")),
    Trick("quotes", "reading", QUOTING + "_few", "finds few quotes one by one",
          _look_at_every_byte, CLEAN),
    Trick("codes", "reading", "reading/_codes.py: codes_of", "has Polars look at bytes uncopied",
          _copy_bytes, CLEAN),
    Trick("lines", "reading", QUOTING + "lines_at", "takes single lines out of a block",
          _lines_by_polars, ("faults", "measurements", "registry", "events")),
    Trick("blocks", "reading", "reading/blocks.py: _line_blocks",
          "looks for the end of a block before it reads it", _blocks_cut_afterwards, CLEAN),
    Trick("json-columns", "reading", "reading/_jsoncolumns.py: JsonColumns",
          "reads rows of JSON by whole columns", _rows_one_by_one, AS_NDJSON),
    Trick("in-order", "findings", "words/findings.py: _is_in_order",
          "sorts no findings that are in order", _always_sort, ("column", "events faults")),
    Trick("allocator", "start", "cli/_startup.py: ALLOCATOR", "gives no memory back",
          _give_back, CLEAN),
    Trick("hidden", "start", "cli/_startup.py: UNNEEDED",
          "hides NumPy, pandas and PyArrow, where they are installed", _nothing_hidden, ("small",)),
    Trick("no-garbage", "start", "cli/_startup.py: quick_start",
          "collects no garbage while it imports", _collect_garbage, ("small",)),
    Trick("freeze", "start", "cli/_startup.py: quick_start", "freezes what was imported",
          _no_freezing, ("small",)),
    Trick("exit", "start", "../__main__.py: _exit", "ends without freeing every object",
          _tidy_end, ("small",)),
    Trick("jsonschema-rs", "start", "package/profile.py: _gate",
          "passes valid descriptors by jsonschema-rs", _by_jsonschema, ("small",)),
)  # fmt: skip


def main() -> None:
    """Runs the command without some tricks."""
    names, folder = sys.argv[1:]
    tricks = [trick for trick in TRICKS if trick.name in names.split(",")]
    for trick in tricks:
        if trick.part == "start":
            trick.off()
    from validate._src.cli import run

    @contextmanager
    def without_tricks(*, judges: bool) -> Generator[None]:
        with quick_start(judges=judges):
            for trick in tricks:
                if trick.part != "start":
                    trick.off()
            yield

    quick_start = replaced(run, "quick_start", without_tricks)
    # The process has to end as that of the command does, which looks for this name.
    global program
    from validate.__main__ import program

    sys.argv = ["validate", "run", folder, "--format", "json"]
    program()


if __name__ == "__main__":
    main()
