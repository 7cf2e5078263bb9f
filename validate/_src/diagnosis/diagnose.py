"""What a file is, once faults were found in it."""

from collections.abc import Callable, Iterator

from validate._src.diagnosis.amounts import signs_elsewhere
from validate._src.diagnosis.columns import other_columns
from validate._src.diagnosis.dates import other_forms
from validate._src.diagnosis.decimals import decimals_apart
from validate._src.diagnosis.delimiters import another_delimiter, other_header
from validate._src.diagnosis.diagnosis import Diagnosis
from validate._src.diagnosis.evidence import Evidence
from validate._src.diagnosis.formats import another_format
from validate._src.diagnosis.headers import header_further_down, no_header, other_spelling
from validate._src.diagnosis.numbers import other_marks
from validate._src.diagnosis.quotes import quotes_as_text
from validate._src.diagnosis.rownames import row_names
from validate._src.words.errors import FileError
from validate._src.words.model import Part, TabularResource
from validate._src.words.partitions import in_files

Diagnose = Callable[[Evidence], Iterator[Diagnosis]]

OF_THE_FILE: tuple[Diagnose, ...] = (
    another_format,
    row_names,
    another_delimiter,
    other_header,
    quotes_as_text,
    header_further_down,
    no_header,
    decimals_apart,
    other_columns,
    other_spelling,
)
"""Of these the first that says something is believed: what another would say follows from it."""
OF_COLUMNS: tuple[Diagnose, ...] = (other_marks, other_forms, signs_elsewhere)
"""These hold beside one that leaves the columns in their places."""


def diagnoses(resource: TabularResource, part: Part) -> Iterator[Diagnosis]:
    """What a file of a resource is, as far as it is not what is declared.

    Args:
        resource: the resource, in which there are faults.
        part: the file in which they are.
    """
    evidence = Evidence(resource, part)
    if resource.partitions:  # fields that no column is of tell nothing of the file
        evidence = Evidence(in_files(resource, evidence.labels), part)
    try:
        for diagnose in OF_THE_FILE:
            found = [*diagnose(evidence)]
            yield from found
            if any(one.whole for one in found):
                return
            if found:
                break
        for diagnose in OF_COLUMNS:
            for one in diagnose(evidence):
                yield one.without_example if resource.schema.restricted else one
    except FileError:
        return  # of a file that is absent there is nothing more to say
