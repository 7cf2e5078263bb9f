"""The checks: what is judged, each by one module, in this order."""

from collections.abc import Callable, Iterator

from validate.checks import anchors, constraints, edtf, files, keys, rules, structure
from validate.dataset import Dataset
from validate.findings import Outcome

Check = Callable[[Dataset], Iterator[Outcome]]

CHECKS: tuple[Check, ...] = (
    files.check,
    structure.check,
    constraints.check,
    keys.check,
    edtf.check,
    rules.check,
    anchors.check,
)
