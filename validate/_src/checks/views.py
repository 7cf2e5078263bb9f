"""Views: queries over the package's tables that become pages."""

from collections.abc import Iterator

from validate._src.checks.check import Check
from validate._src.checks.queries import beyond_sql
from validate._src.checks.viewqueries import (
    Answer,
    answers_of,
    column_problems,
    rows_of,
    why_not_shown,
)
from validate._src.package.ledger import Ledger
from validate._src.package.viewpages import lost_view
from validate._src.tables.dataset import Dataset, tables_queried
from validate._src.words.errors import PackageError
from validate._src.words.findingframe import framed
from validate._src.words.outcome import Checked, NotChecked, Outcome
from validate._src.words.place import Steps
from validate._src.words.views import View, Views


class ViewsCheck(Check):
    """Runs the query of every view; what keeps it from being shown is a fault of the descriptor.

    A query sees every table under its resource's name, with the fields of the schema as typed
    values, but for restricted ones.
    """

    def end(self, dataset: Dataset) -> Iterator[Outcome]:
        """Runs the queries, of which one that returns no rows is in order."""
        views, ledger, count = self.package.views, Ledger(), 0
        if views is None:
            yield Checked("views", count)
            return
        reasons = [(view, why_not_shown(view, dataset)) for view in views.pages]
        answers = answers_of([view for view, why in reasons if not why], dataset)
        for view, why in reasons:
            what = f"view {view.name}"
            if why:
                yield NotChecked(what, why)
                continue
            queried = tables_queried(view.query, self.package)
            yield from beyond_sql(what, queried, dataset, frozenset(), None)
            problems = [*_problems(view, views, dataset, answers.get(view.query))]
            for steps, message in problems:
                lost_view(view.name, view.place, view.place.at(*steps), message, ledger)
            count += not problems
        yield from framed(ledger.findings())
        yield from ledger.not_checked
        yield Checked("views", count)


def _problems(
    view: View, views: Views, dataset: Dataset, answer: Answer | None
) -> Iterator[tuple[Steps, str]]:
    try:
        rows = rows_of(view, dataset, answer)
    except PackageError as error:
        yield ("query",), str(error)
        return
    yield from column_problems(view, views, dataset.package, rows)
