"""What of a package is checked, and the report on that."""

from collections.abc import Collection, Iterable, Sequence, Set
from dataclasses import dataclass
from itertools import chain

from validate._src.diagnosis.folding import folded
from validate._src.engine.merging import merged
from validate._src.engine.selection import by_default_severity, some_resources, structure_and_types
from validate._src.report.collecting import make_report
from validate._src.report.report import Report
from validate._src.words.model import Package
from validate._src.words.outcome import Outcome


@dataclass(frozen=True)
class Chosen:
    """A package as far as it is to be checked.

    Attributes:
        package: the package.
        said: what is to be said of what is left out.
        others: names of the resources that are not asked for.
    """

    package: Package
    said: Sequence[Outcome]
    others: Set[str]

    def report(self, outcomes: Iterable[Outcome], *, unfolded: bool) -> Report:
        """The report on what the checks say of it.

        Args:
            outcomes: what they say.
            unfolded: whether findings are listed that follow from a misread file.
        """
        found = folded(self.package, merged(outcomes), listed=unfolded)
        return make_report(self.package, chain(found, self.said), self.others)


def chosen(
    package: Package,
    said: Iterable[Outcome],
    resources: Collection[str],
    *,
    fast: bool,
    default_severity: bool,
) -> Chosen:
    """A package as far as it is asked for.

    Args:
        package: the package.
        said: what is to be said of it whatever is asked.
        resources: names of the resources that are checked; none for all.
        fast: whether only structure and types are checked.
        default_severity: whether findings are as bad as they are by default.

    Raises:
        PackageError: there is no resource of such a name.
    """
    said = [*said]
    others = package.resources.keys() - set(resources) if resources else frozenset[str]()
    if resources:
        package, not_asked = some_resources(package, resources)
        said += not_asked
    if default_severity:
        package, remarks = by_default_severity(package)
        said += remarks
    if fast:
        package, without = structure_and_types(package)
        said += without
    return Chosen(package, said, others)
