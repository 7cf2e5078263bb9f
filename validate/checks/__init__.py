"""The checks: what is judged, each by one module, in this order."""

from validate.checks.anchors import AnchorsCheck
from validate.checks.check import Check
from validate.checks.constraints import ConstraintsCheck
from validate.checks.edtf import EdtfCheck
from validate.checks.files import FilesCheck
from validate.checks.keys import KeysCheck
from validate.checks.rules import RulesCheck
from validate.checks.structure import StructureCheck

CHECKS: tuple[type[Check], ...] = (
    FilesCheck,
    StructureCheck,
    ConstraintsCheck,
    KeysCheck,
    EdtfCheck,
    RulesCheck,
    AnchorsCheck,
)
