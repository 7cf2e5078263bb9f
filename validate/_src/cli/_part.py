"""One part of a run, which is written and not reported."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from validate._src.cli._outputs import check_folder, check_free, check_nameable
from validate._src.cli._startup import quick_start
from validate._src.cli._streams import STANDARD_INPUT
from validate._src.package.addresses import Address
from validate._src.words.printing import counted, printable

OF_THE_WHOLE = {
    "sources": "give it to `validate merge`, which proves the anchors",
    "codes": "give it to `validate merge`, which reports",
    "limit": "give it to `validate merge`, which reports",
    "unfolded": "give it to `validate merge`, which reports",
    "format_name": "give it to `validate merge`, which reports",
    "fail_on": "give it to `validate merge`, which tells valid from invalid",
    "folder": "rows are parted by a run of the whole only",
    "changed": "name the package itself, as each part has to be of the same",
    "jobs": "a part is judged by one process; make more parts",
    "engine": "Spark judges all parts, and merges them",
    "master": "Spark judges all parts, and merges them",
}
"""The parameters that have no meaning for a part, and what to do."""


def check_alone(ctx: click.Context) -> None:
    """Refuses options beside `--part` that are of the whole run."""
    options = {one.name: one for one in ctx.command.params}
    for name, what_to_do in OF_THE_WHOLE.items():
        source = ctx.get_parameter_source(name)
        if source not in (None, click.core.ParameterSource.DEFAULT):
            raise click.UsageError(f"{options[name].opts[-1]} beside --part: {what_to_do}")


def write_part_of(
    part: str,
    packages: Sequence[Path | Address],
    outputs: Sequence[str],
    asked: Mapping[str, Any],
) -> None:
    """Judges one part of a package, and writes what it tells.

    Args:
        part: which part it is, such as `3/8`.
        packages: the package; none for that in the working folder.
        outputs: the file that takes the result.
        asked: what is asked, by the names of what `Asked` has.

    Raises:
        PackageError: the package or an argument cannot be used, or the file cannot be written.
    """
    if len(packages) > 1:
        raise click.UsageError("--part: judge one package at a time")
    package = packages[0] if packages else Path()
    if str(package) == STANDARD_INPUT:
        raise click.UsageError("--part: standard input can be read once only; name a file")
    if len(outputs) != 1 or not outputs[0]:
        raise click.UsageError("--part: name one file for the result, by --output FILE")
    output = Path(outputs[0])
    with quick_start():
        from validate._src.engine.asked import Asked
        from validate._src.engine.parts import write_part
        from validate._src.engine.progress import progress_bar
        from validate._src.engine.shares import Share

        share = Share.of(part)
        check_nameable(output)
        check_folder(output, str(output))
        check_free([output], [package], asked["schema"], None)
        with progress_bar() as progress:
            wrote = write_part(Asked(path=str(package), **asked), share, output, progress=progress)
    left = f", without {', '.join(wrote.left)}, which the merge reads" if wrote.left else ""
    told = f"part {share}: {counted(wrote.rows, 'row')} judged{left}"
    click.echo(f"validate: {printable(told)}", err=True)
