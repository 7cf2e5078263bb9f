"""`validate merge`: the report on a package of which the parts were judged."""

from pathlib import Path

import click

from validate._src.cli._options import (
    FILE,
    PACKAGE,
    Command,
    color_option,
    examples,
    sources_option,
)
from validate._src.cli._outputs import check_free, output_files
from validate._src.cli._reporting import (
    Shown,
    code_option,
    fail_on_option,
    format_option,
    limit_option,
    output_option,
    unfolded_option,
)
from validate._src.cli._startup import quick_start
from validate._src.package.addresses import Address, path_or_address
from validate._src.words.errors import PackageError


@click.command(
    cls=Command,
    epilog=examples(
        ("validate merge *.result", "those of all parts"),
        ("validate merge --package boats *.result", "if it lies elsewhere"),
        ("validate merge --sources DIR *.result", "and prove text anchors"),
        ("validate merge --code foreign-key --limit 9 *.result", "more of one"),
        ("validate merge --unfolded *.result", "what was folded too"),
        ("validate merge --format jsonl *.result > a.jsonl", "every finding"),
        ("validate merge --output report.html *.result", "and a page"),
        ("validate merge --fail-on warning *.result", "warnings count as well"),
        ("validate merge --color *.result | less -R", "in colours"),
    ),
)
@click.argument("results", metavar="RESULT...", type=FILE, nargs=-1, required=True)
@click.option(
    "--package",
    type=PACKAGE,
    metavar="PACKAGE",
    help="The package, if it is not where the parts found it.",
)
@sources_option
@code_option
@limit_option
@unfolded_option
@format_option
@output_option
@fail_on_option
@color_option
@click.pass_context
def merge(
    ctx: click.Context,
    results: tuple[Path, ...],
    package: Path | Address | None,
    sources: Path | None,
    codes: tuple[str, ...],
    limit: int | None,
    unfolded: bool,
    format_name: str,
    outputs: tuple[str, ...],
    fail_on: str,
    color: bool | None,
) -> None:
    """Report on a package of which the parts were judged.

    Each RESULT is what `validate run --part` has written; give those of all
    parts, in any order. The report is that of a run of the whole: what was
    asked of the parts is not given again. The files of the package have to be
    at hand, as keys that repeat and rules across tables are judged here.
    """
    targets = output_files(outputs)
    with quick_start():
        from validate._src.engine.parts import opened_results, report_of
        from validate._src.engine.progress import progress_bar

        opened = opened_results(results)
        asked = opened[0].contents.asked
        place = path_or_address(asked.path) if package is None else package
        schema = Path(asked.schema) if isinstance(asked.schema, str) else None
        check_free(targets, [place], schema, sources)
        for target in targets:
            if target.resolve() in {result.resolve() for result in results}:
                raise PackageError(f"--output {target}: a report does not replace a result")
        with progress_bar() as progress:
            report = report_of(opened, str(place), sources, unfolded=unfolded, progress=progress)
        Shown(codes, limit, format_name, targets, color).tell([report])
    ctx.exit(report.exit_code(fail_on))
