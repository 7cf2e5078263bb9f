"""CITATION.cff is what `validate export --to citation` makes of the descriptor."""

from support.places import ROOT

from validate._src.publish.export import export


def test_the_citation_file_is_that_of_the_descriptor(golden, tmp_path):
    made = tmp_path / "CITATION.cff"
    list(export(ROOT, [f"citation:{made}"]))
    golden.text(ROOT / "CITATION.cff", made.read_text("utf-8"))
