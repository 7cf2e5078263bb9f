"""What a session needs, and that it says so in one line."""

import sys

import pytest

from validate import PackageError
from validate._src.engine.spark import session


@pytest.mark.parametrize(
    ("given", "made"),
    [
        ("local", "local[1,4]"),
        ("local[2]", "local[2,4]"),
        ("local[*]", "local[*,4]"),
        ("local[2,1]", "local[2,1]"),
        ("spark://there:7077", "spark://there:7077"),
        ("yarn", "yarn"),
    ],
)
def test_a_part_is_tried_again_on_one_machine_too(given, made):
    assert session.with_retries(given) == made


@pytest.fixture
def installed(monkeypatch):
    """Has all modules installed, whatever is."""
    monkeypatch.setattr(session, "MODULES", ("json",))
    monkeypatch.delenv("JAVA_HOME", raising=False)


def test_pyspark_that_is_not_installed_is_named(monkeypatch):
    monkeypatch.setattr(session, "MODULES", ("pyspark_that_is_not_there",))
    with pytest.raises(PackageError, match=r'^--engine spark needs PySpark: pip install "pyspark'):
        session.check_installed()


@pytest.mark.usefixtures("installed")
def test_java_that_is_not_installed_is_named(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(PackageError, match="needs Java, and there is none: install Java 17"):
        session.check_installed()
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(PackageError, match=r"needs Java, and JAVA_HOME, .*, has none: install"):
        session.check_installed()


@pytest.mark.skipif(sys.platform == "win32", reason="a script is no program on Windows")
@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize(
    ("said", "what"),
    [
        ('openjdk version "1.8.0_402"', r"Java 1\.8\.0_402"),
        ('openjdk version "11.0.2" 2019', r"Java 11\.0\.2"),
        ("nothing of the kind", "no Java that works"),
    ],
)
def test_java_that_is_too_old_is_named(monkeypatch, tmp_path, said, what):
    java = tmp_path / "java"
    java.write_text(f"#!/bin/sh\necho '{said}' >&2\n")
    java.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin")
    with pytest.raises(PackageError, match=rf"java is {what}: install Java 17"):
        session.check_installed()


@pytest.mark.parametrize(
    ("error", "log", "why"),
    [
        ("o1\n: org.x.SparkException: too little\n\tat a.B", "ERROR Spark: Error x", "too little"),
        ("[JAVA_GATEWAY_EXITED] x", "so\n Error: no Java \nmore", "Error: no Java"),
        ("[JAVA_GATEWAY_EXITED] x\ny", "", "[JAVA_GATEWAY_EXITED] x"),
    ],
)
def test_why_spark_does_not_start_is_said(tmp_path, error, log, why):
    pytest.importorskip("pyspark")
    (tmp_path / "log").write_text(log)
    assert session._reason(tmp_path / "log", RuntimeError(error)) == why
