import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hobnob.printable import block, cell, line


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Zürich  PyMeetup", "Zürich PyMeetup"),
        (" a\tb\r\nc\u2028d\x85e\u00a0f ", "a b c d e f"),
        ("\x1b[31mred\x1b[0m\x07", "[31mred[0m"),
        ("\x9b31m\x00nul\x7f", "31mnul"),
        ("user\u202etxt.exe\u2066\u2069", "usertxt.exe"),
        ("\ufeffBOM", "BOM"),
        ("half \ud83d emoji", "half \ufffd emoji"),
        ("👩\u200d💻 می\u200cخواهم \u200fאב", "👩\u200d💻 می\u200cخواهم \u200fאב"),
    ],
)
def test_one_line(text: str, expected: str) -> None:
    assert line(text) == expected


def test_a_block_keeps_its_lines() -> None:
    assert block("Doors 18:00\r\n\r\n\r\n\r\nTalks\x1b[2J \t 19:00\x0bEnd\n") == "Doors 18:00\n\nTalks[2J 19:00\nEnd"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1+1", "\r=1", " =cmd|' /C calc'!A0", "＝1"])
def test_a_cell_starts_no_formula(text: str) -> None:
    assert cell(text).startswith("'")


def test_an_ordinary_cell_is_itself() -> None:
    assert cell("Python Meetup - Zürich") == "Python Meetup - Zürich"


@given(st.text(alphabet=st.characters(codec=None)))
def test_nothing_unsafe_is_left(text: str) -> None:
    for safe in (line(text), block(text).replace("\n", ""), cell(text)):
        safe.encode("utf-8")
        assert not any(unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp") for character in safe)
        assert not re.search("[\u202a-\u202e\u2066-\u2069]", safe)
    assert line(line(text)) == line(text)
    assert block(block(text)) == block(text)
