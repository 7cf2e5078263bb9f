"""Whatever a descriptor says, it is judged or refused with one line, never a traceback."""

import json
import shutil
from copy import deepcopy

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.places import ROOT

from validate import PackageError, validate

PACKAGES = ROOT / "tests" / "packages"
JUDGED = sorted(
    expected.parent
    for expected in PACKAGES.glob("*/expected.json")
    if "findings" in json.loads(expected.read_text("utf-8"))
)
ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-2, 2),
    st.floats(allow_nan=False),
    st.sampled_from(
        ["", "*", "^a.*$", "//[", "..", "/", "\\", "a\0b", "hex", "%Y%Y", "any", "\n", "📎"]
    ),
    st.sampled_from([[], [[]], {}, [{}], {"value": 1}, ["a", "a"], {"$ref": "#"}]),
)


def places(content, path=()):
    """Every place in a JSON value, as a path of keys and indexes."""
    yield path
    if isinstance(content, dict | list):
        entries = content.items() if isinstance(content, dict) else enumerate(content)
        for step, part in entries:
            yield from places(part, (*path, step))


def replaced(content, path, value):
    if not path:
        return value
    changed = deepcopy(content)
    part = changed
    for step in path[:-1]:
        part = part[step]
    part[path[-1]] = value
    return changed


@settings(
    max_examples=500,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_a_broken_descriptor_is_judged_or_refused(tmp_path, data):
    package = data.draw(st.sampled_from(JUDGED))
    folder = tmp_path / package.name
    if not folder.exists():
        shutil.copytree(package, folder)
    descriptor = json.loads((package / "datapackage.json").read_text("utf-8-sig"))
    path = data.draw(st.sampled_from(list(places(descriptor))))
    broken = replaced(descriptor, path, data.draw(ODD))
    (folder / "datapackage.json").write_text(json.dumps(broken), "utf-8")
    assert is_judged_or_refused(folder)


def is_judged_or_refused(folder):
    try:
        return bool(validate(folder).checked)
    except PackageError as error:
        return len(str(error).splitlines()) == 1
