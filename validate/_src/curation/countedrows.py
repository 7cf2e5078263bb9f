"""The texts and rows that coverage counts, and the fields whose values it would show."""

from collections.abc import Iterable, Iterator, Sequence

from validate._src.tables.dataset import Dataset, anchored_rows, sound_rows
from validate._src.words.anchors import Anchors, Spans
from validate._src.words.errors import PackageError


def proved_rows(dataset: Dataset, spans: Sequence[Spans]) -> Iterator[tuple[str, str]]:
    """Key and table of every row that spans stand for.

    The tables are those whose primary key is a reference to what the spans refer to, but for
    those of verifications, which are about such rows.

    Raises:
        PackageError: a key of such a table is absent, empty or of the wrong type.
    """
    registers = {key.resource for one in spans for key in dataset.proving_keys(one)}
    declared = dataset.package.verifications
    others = () if declared is None else declared.resources
    for name, table in dataset.tables.items():
        for key in table.schema.foreign_keys if name not in others else ():
            if key.resource in registers and key.fields == table.schema.primary_key:
                rows = sound_rows(table, key.fields)
                yield from ((key_value, name) for key_value in rows[key.fields[0]])


def tables_of_claims(dataset: Dataset) -> dict[str, str]:
    """The table of each row that evidence stands for, by its key.

    That is the one of `proved_rows`, or else the one that the evidence refers to itself.

    Raises:
        PackageError: a key of such a table is absent, empty or of the wrong type.
    """
    found: dict[str, str] = {}
    for spans in dataset.package.evidence:
        for key in dataset.proving_keys(spans):
            rows = sound_rows(dataset.tables[key.resource], key.reference_fields)
            found |= dict.fromkeys(rows[key.reference_fields[0]], key.resource)
    return found | dict(proved_rows(dataset, dataset.package.evidence))


def coded_sources(dataset: Dataset, anchors: Anchors) -> list[str]:
    """The keys of the sources, of which each text at hand is the one that was coded.

    Raises:
        PackageError: one is not; the table of the sources has findings.
    """
    declared = anchors.sources
    rows = anchored_rows(dataset, declared).select(declared.source, declared.sha256).rows()
    for source, sha256 in rows:
        text = (dataset.texts or {}).get(source)
        if text is not None and text.sha256 != sha256:
            raise PackageError(
                f"{source}.txt: not the text that was coded; run `validate run --sources` first"
            )
    return [source for source, _ in rows]


def refuse_restricted(dataset: Dataset, resource: str, names: Iterable[str]) -> None:
    """Checks that no field is restricted whose values coverage is said by.

    Raises:
        PackageError: one is.
    """
    for name in dataset.tables[resource].schema.restricted.intersection(names):
        raise PackageError(
            f"{dataset.package.file.name}: coverage would show values of {resource}.{name}, "
            "which is restricted"
        )
