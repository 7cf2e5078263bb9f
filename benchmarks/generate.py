"""Writes the package that the benchmarks judge: `actors`, and `claims` that refer to them.

The same arguments give the same bytes, however the rows are cut into chunks.
"""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

from faults import FIRST_ROW, Fault, planned, spoilt
from rows import ACTORS_SCHEMA, CLAIMS_SCHEMA, COLUMNS, actors, claims, with_a_wrong_column

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
VARIANTS = ("clean", "faults", "column")
CHUNK = 200_000
FAULTS_A_KIND = 50


def rendered(seed: int, rows: int, variant: str, faults: list[Fault]) -> Iterator[str]:
    """The file of `claims` in chunks of text, the header first."""
    yield ",".join(COLUMNS) + "\n"
    for start in range(0, rows, CHUNK):
        stop = min(start + CHUNK, rows)
        frame = claims(seed, start, stop)
        if variant == "column":
            frame = with_a_wrong_column(frame)
        here = [fault for fault in faults if start <= fault.row - FIRST_ROW < stop]
        yield spoilt(frame.write_csv(include_header=False), start + FIRST_ROW, here)


def descriptor() -> dict[str, object]:
    """The descriptor of the package."""
    schemas = {"actors": ACTORS_SCHEMA, "claims": CLAIMS_SCHEMA}
    resources = [
        {
            "name": name,
            "type": "table",
            "path": f"{name}.csv",
            "format": "csv",
            "encoding": "utf-8",
            "schema": schema,
        }
        for name, schema in schemas.items()
    ]
    return {"$schema": PROFILE, "name": "benchmark", "resources": resources}


def generate(folder: Path, rows: int, variant: str, seed: int, of_each: int) -> None:
    """Writes a package, the descriptor last, and for the variant `faults` the list of them."""
    faults = planned(seed, rows, of_each) if variant == "faults" else []
    folder.mkdir(parents=True, exist_ok=True)
    write(folder / "actors.csv", [actors(seed).write_csv()])
    write(folder / "claims.csv", rendered(seed, rows, variant, faults))
    if variant == "faults":
        listed = [
            {"resource": "claims", "row": f.row, "field": f.field, "code": f.code, "kind": f.kind}
            for f in faults
        ]
        write(folder / "faults.json", [as_json(listed)])
    write(folder / "datapackage.json", [as_json(descriptor())])


def as_json(value: object) -> str:
    """A value as JSON text for people."""
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def write(file: Path, chunks: Iterator[str] | list[str]) -> None:
    """Writes text to a file; it appears under its name when it is whole."""
    partial = file.with_name(f"{file.name}.partial")
    with partial.open("w", encoding="utf-8", newline="") as stream:
        stream.writelines(chunks)
    partial.replace(file)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    parser.add_argument("--rows", type=int, required=True, metavar="N", help="rows of claims")
    parser.add_argument("--variant", choices=VARIANTS, default="clean")
    parser.add_argument("--seed", type=int, default=1, metavar="S")
    parser.add_argument("--faults-a-kind", type=int, default=FAULTS_A_KIND, metavar="K")
    arguments = parser.parse_args()
    generate(
        arguments.folder,
        arguments.rows,
        arguments.variant,
        arguments.seed,
        arguments.faults_a_kind,
    )


if __name__ == "__main__":
    main()
