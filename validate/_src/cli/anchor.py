"""`validate anchor`: where a passage stands in its source."""

from pathlib import Path

import click

from validate._src.cli._options import FILE, examples, package_option


@click.command(
    epilog=examples(
        ("validate anchor sakata-2026 '5 percent' --sources DIR", "find a passage"),
        ("validate anchor T 'a pond' --package ponds --sources texts", "elsewhere"),
    )
)
@click.argument("source", metavar="SOURCE_ID")
@click.argument("text")
@package_option
@click.option("--sources", type=FILE, metavar="DIR", required=True, help="Folder of the texts.")
def anchor(source: str, text: str, package: Path, sources: Path) -> None:
    """Print the segment, offsets and digest of a passage as CSV.

    TEXT is the passage as it stands in the source; spaces and line breaks do not matter.
    """
    from validate._src.curation import anchor as anchoring
    from validate._src.package.descriptor import load_valid_package
    from validate._src.tables.dataset import read_dataset

    dataset = read_dataset(load_valid_package(package), sources)
    click.echo(anchoring.anchor(dataset, source, text), nl=False)
