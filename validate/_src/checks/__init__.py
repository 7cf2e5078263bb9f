"""What is judged: one module a subject.

check: what every check is.
sql: how much SQL a package may bring along.
files: sizes and digests.
structure: what reading the tables has found.
constraints: types, constraints and row rules.
_keyvalues: the values of keys.
_hashedrows: rows with a hash, on disk where there are many.
_uniqueness: keys that stand in one row only.
_references: foreign keys.
_keysjudge: what judges the keys of a batch.
_rereading: rows that are read again for their keys.
_cycles: foreign keys that must not run in circles.
keys: all of these.
keytexts: keys as texts, for engines that bring equal keys together by themselves.
_companions: fields that go with another one.
edtfdates: EDTF dates, and what follows from them.
edtf: fields that hold such dates.
_numeralwords: what numbers are written with.
_numerals: the numbers that a text states.
numerals: fields that print a number.
queries: what queries over tables see, and what comes of them.
rules: table rules.
anchors: text anchors.
_textpatterns: patterns that cells hold, for canonical text.
_markertable: the markers, and what they allow.
_passages: the passages in which they are looked for.
markers: words of a passage that decide how its claim is coded.
absences: what must not stand in a whole text.
verifications: claims compared with the documents that they report.
viewqueries: the rows of views, and whether they have what is shown.
views: queries that become pages.
schemas: Table Schemas as schemas of Pandera, for frames of others.
"""

from validate._src.checks._keysjudge import Keys
from validate._src.checks._references import Referring
from validate._src.checks._uniqueness import Hashed, Uniqueness
from validate._src.checks.absences import AbsencesCheck
from validate._src.checks.anchors import AnchorsCheck
from validate._src.checks.check import Check
from validate._src.checks.constraints._judge import Begun, Found, Small, Suspects, Unjudged
from validate._src.checks.constraints.check import ConstraintsCheck
from validate._src.checks.edtf import EdtfCheck
from validate._src.checks.files import FilesCheck
from validate._src.checks.keys import KeysCheck
from validate._src.checks.markers import MarkersCheck
from validate._src.checks.numerals import NumeralsCheck
from validate._src.checks.rules import RulesCheck
from validate._src.checks.structure import Read, StructureCheck
from validate._src.checks.verifications import VerificationsCheck
from validate._src.checks.views import ViewsCheck

CHECKS: tuple[type[Check], ...] = (
    FilesCheck,
    StructureCheck,
    ConstraintsCheck,
    KeysCheck,
    EdtfCheck,
    NumeralsCheck,
    RulesCheck,
    AnchorsCheck,
    MarkersCheck,
    AbsencesCheck,
    VerificationsCheck,
    ViewsCheck,
)

FACTS: tuple[type, ...] = (
    Read,
    Small,
    Begun,
    Suspects,
    Found,
    Unjudged,
    Keys,
    Uniqueness,
    Hashed,
    Referring,
)
"""What batches tell to be seen together, and what that is made of."""
