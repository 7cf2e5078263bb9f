"""Units of measurement."""

import pytest

from validate._src.describe.units import is_unit


@pytest.mark.parametrize(
    "text",
    ["m", "kg", "°C", "℃", "[mm]", "(m/s)", "[anything]", "m/s", "m s-1", "kg m^-3", "W/m2", "W/m²",
     "µg/L", "hPa", "kWh", "%", "‰", "Deg C", "volts", "mg·l⁻¹", "km/h", "M", "KG", "円", "百万円",
     "ha", "µS/cm", "cm3", "EUR", "kg/ha", "persons"],
)  # fmt: skip
def test_a_unit(text):
    assert is_unit(text)


@pytest.mark.parametrize(
    "text",
    ["", "North", "3", "3.5", "n.b.", "AB", "Tern", "2024-01-31", "x y", "/", "Station 4", "["],
)
def test_no_unit(text):
    assert not is_unit(text)
