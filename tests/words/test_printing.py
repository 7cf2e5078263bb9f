import pytest

from validate._src.words.printing import printable, said_by, shortened


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (ValueError("no such table"), "no such table"),
        (OSError(" \n no log:\n\tpart 3\n"), "no log: part 3"),
        (OSError("no log\n   0: <unknown>\n   1: start_thread\n"), "no log"),
        (OSError("no log\n   1: is lost"), "no log 1: is lost"),
        (EOFError(), "EOFError"),
        (KeyError(), "KeyError"),
        (RuntimeError(" \n"), "RuntimeError"),
    ],
)
def test_errors_are_said_in_one_line(error, said):
    assert said_by(error) == said


def test_controls_are_printed_as_their_escapes():
    assert printable("a\x1b[2J\tb") == "a\\x1b[2J\\tb"


@pytest.mark.parametrize("text", ["", "池" * 60])
def test_texts_that_are_short_enough_are_shown_whole(text):
    assert shortened(text) == text


def test_of_long_texts_both_ends_are_shown():
    assert shortened("a" * 31 + "b" * 30) == "a" * 30 + "…" + "b" * 30
