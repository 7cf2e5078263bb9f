"""Versions and what is said of them are read from changelogs as people write them."""

import pytest

from validate._src.release.changelog import entries_of


@pytest.mark.parametrize(
    ("heading", "version"),
    [
        ("## [1.2.3] - 2026-01-31", "1.2.3"),
        ("## [v1.2.3] - 2026-01-31", "1.2.3"),
        ("## 1.2.3", "1.2.3"),
        ("## v1.2.3 (2026-01-31)", "1.2.3"),
        ("## [2.0.0-rc.1+x] - today", "2.0.0-rc.1+x"),
        ("##\t1.2.3: the title", "1.2.3"),
        ("## [1.2.3][link] [YANKED]", "1.2.3"),
        ("## [Unreleased]", None),
        ("## UNRELEASED", None),
    ],
)
def test_headings(heading, version):
    (entry,) = entries_of(f"# Changelog\n\nAbout it.\n\n{heading}\n\n- a\n")
    assert (entry.version, entry.text) == (version, "- a")


@pytest.mark.parametrize(
    "heading", ["## About", "### [1.2.3]", "# 1.2.3", "##1.2.3", "## 1.2", "## 1.2.3.4"]
)
def test_what_is_no_heading_of_a_version(heading):
    assert entries_of(f"# Changelog\n\n{heading}\n\n- a\n") == ()


def test_an_entry_ends_at_the_next_heading_of_its_level():
    text = "## [2.0.0]\n\n### Rows\n\n- a\n\n## [1.0.0]\n\n- b\n\n## Links\n\n- c\n"
    assert [(one.version, one.text) for one in entries_of(text)] == [
        ("2.0.0", "### Rows\n\n- a"),
        ("1.0.0", "- b"),
    ]


def test_the_commit_is_not_part_of_the_text():
    (entry,) = entries_of("## [1.0.0]\n\nCommit `abc1234`.\n\nText.\n")
    assert (entry.commit, entry.text) == ("abc1234", "Text.")


@pytest.mark.parametrize("line", ["Commit `abc123`.", "Commit abc1234.", "In commit `abc1234`."])
def test_what_names_no_commit(line):
    (entry,) = entries_of(f"## [1.0.0]\n\n{line}\n")
    assert (entry.commit, entry.text) == (None, line)


def test_a_heading_in_code_is_none():
    (entry,) = entries_of("## [2.0.0]\n\n```md\n## [1.0.0]\n```\n\nEnd.\n")
    assert entry.text == "```md\n## [1.0.0]\n```\n\nEnd."
