"""`validate coverage`: how completely the sources are coded and compared with documents."""

from itertools import chain
from pathlib import Path

import click

from validate._src.cli._options import Command, examples, package_argument, sources_option
from validate._src.words.printing import printable


@click.command(
    cls=Command,
    epilog=examples(
        ("validate coverage", "segments coded and excused"),
        ("validate coverage --sources DIR", "and what is not accounted for"),
        ("validate coverage --waiting nss-2025", "claims to compare with it"),
    ),
)
@package_argument
@sources_option
@click.option(
    "--waiting",
    metavar="DOCUMENT",
    help="List the claims of a document that wait to be compared with it, and nothing else.",
)
@click.pass_context
def coverage(ctx: click.Context, package: Path, sources: Path | None, waiting: str | None) -> None:
    """Say how completely each source is coded.

    With the source texts, every expression is listed that coders must account for and
    that lies in no span. Exits with 1 when a segment is neither coded nor excused, or
    when something is not accounted for.

    Where claims are compared with documents, say for each section of a document in how
    many segments, and on what share of its characters, claims agree with it, differ from it
    or leave something out, and count the verdicts on each document. --waiting prints CSV:
    a claim a line, where its evidence stands, and what it says.
    """
    from validate._src.curation import coverage as measuring
    from validate._src.curation import verdicts as judged
    from validate._src.package.descriptor import load_valid_package
    from validate._src.tables.dataset import read_dataset

    dataset = read_dataset(load_valid_package(package), sources)
    if waiting is not None:
        click.echo(judged.waiting(dataset, waiting), nl=False)
        return
    results, counts = measuring.coverage(dataset), judged.verdicts(dataset)
    declared = dataset.package.verifications
    of_documents = judged.verdict_table(counts, declared) if declared else ()
    for line in chain(*map(measuring.lines_of, results), of_documents):
        click.echo(printable(line))
    ctx.exit(0 if all(result.complete for result in results) else 1)
