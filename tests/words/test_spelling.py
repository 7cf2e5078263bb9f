"""Names and labels that mean the same and are spelt otherwise."""

import pytest

from validate._src.words.spelling import difference, plain


@pytest.mark.parametrize(
    ("label", "name", "only"),
    [
        ("ID", "id", "upper and lower case"),
        ("STRASSE", "straße", "upper and lower case"),
        (" id", "id", "spaces"),
        ("id\u00a0", "id", "spaces"),
        ("pond id", "pond_id", "upper and lower case, spaces or signs"),
        ("Ｉｄ", "id", "upper and lower case, spaces or signs"),
        ("ide", "id", ""),
        ("-", "_", ""),
    ],
)
def test_what_two_names_differ_in(label, name, only):
    assert difference([(label, name)]) == only


def test_what_several_differ_in():
    assert difference([("ID", "id"), ("NAME", "name")]) == "upper and lower case"
    assert difference([("ID", "id"), ("na me", "name")]) == "upper and lower case, spaces or signs"
    assert difference([("ID", "id"), ("x", "y")]) == ""


def test_signs_and_spaces_are_no_part_of_a_plain_label():
    assert plain(" Pond-ID (m) ") == "pondidm"
