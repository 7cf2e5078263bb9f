"""Bytes of a block as numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validate._src.reading import _codes
from validate._src.reading._codes import codes_of, places_of


@pytest.mark.parametrize("step", [1, 3, 2**18])
@given(block=st.text('a"\n', max_size=20).map(str.encode))
def test_places_of_a_byte_are_those_where_it_stands(step, block):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_codes, "STEP", step)
        places = places_of(ord('"'), codes_of(block))
    assert [*places] == [place for place, code in enumerate(block) if code == ord('"')]
    assert places.dtype == (codes_of(b'"') == ord('"')).arg_true().dtype
