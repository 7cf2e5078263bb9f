"""Files of another format, told by what they begin with."""

from collections.abc import Iterator

from validate._src.diagnosis.diagnosis import Diagnosis, of_every_row
from validate._src.diagnosis.evidence import Evidence
from validate._src.reading.misnamed import misnamed


def another_format(evidence: Evidence) -> Iterator[Diagnosis]:
    """A file that begins as files of another format do, and not as its own.

    Source: Data Package 2.0, Data Resource, "format", "compression".
    """
    if found := misnamed(evidence.resource, evidence.part):
        yield of_every_row(found.rule, found.message)
