"""`validate anchor`: where a passage stands in its source, and the rows of a new source."""

from pathlib import Path

import click

from validate._src.cli._options import FILE, Command, examples, package_option


@click.command(
    cls=Command,
    epilog=examples(
        ("validate anchor sakata-2026 '5 percent' --sources DIR", "find a passage"),
        ("validate anchor T 'a pond' --package ponds --sources texts", "elsewhere"),
        ("validate anchor treaty-2026 --sources DIR", "a new source"),
    ),
)
@click.argument("source", metavar="SOURCE_ID")
@click.argument("text", required=False)
@package_option
@click.option("--sources", type=FILE, metavar="DIR", required=True, help="Folder of the texts.")
def anchor(source: str, text: str | None, package: Path, sources: Path) -> None:
    """Print the segment, offsets and digest of a passage as CSV.

    TEXT is the passage as it stands in the source; spaces and line breaks do not matter.

    Without TEXT, print the rows that a source needs which is new to the package: its own,
    with length and digest, and one for each of its segments, with offsets and digest. Each
    line of SOURCE_ID.txt is a segment, so the text is cut into segments by its line breaks.
    """
    from validate._src.curation import anchor as anchoring
    from validate._src.package.descriptor import load_valid_package
    from validate._src.tables.dataset import check_sources, read_dataset

    known = load_valid_package(package)
    if text is None:
        check_sources(known, sources)
        click.echo(anchoring.cut(known, source, sources), nl=False)
        return
    click.echo(anchoring.anchor(read_dataset(known, sources), source, text), nl=False)
