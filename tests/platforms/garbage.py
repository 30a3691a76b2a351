"""Texts that a hostile page may hold against a regular expression: what it goes through, over and over, without end.

Each repetition in a pattern is fed with what it repeats, after what leads to it and beside it. A pattern whose work
grows with the square of such a text needs minutes for it; any other is done in the blink of an eye.
"""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from re import _constants as code  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

__all__ = ["LENGTH", "garbage", "limited"]

LENGTH = 200_000
_PLAIN = ("a", '"', "<", "/", ".", " ")
_CANDIDATES = "a1-\"'<>/=&. \n"
_CATEGORIES = {
    code.CATEGORY_WORD: "a",
    code.CATEGORY_DIGIT: "1",
    code.CATEGORY_SPACE: " ",
    code.CATEGORY_NOT_WORD: "<",
    code.CATEGORY_NOT_DIGIT: "a",
    code.CATEGORY_NOT_SPACE: "a",
}
_REPEATS = (code.MAX_REPEAT, code.MIN_REPEAT, code.POSSESSIVE_REPEAT)


def garbage(pattern: str) -> Iterator[str]:
    """Texts of LENGTH characters: plain ones, and for each repetition what it repeats, alone and with what leads to
    it."""
    seen = set()
    parsed = parser.parse(pattern)
    for choice in range(1 + pattern.count("|")):
        led = ""
        for piece, repeated in _pieces(parsed, choice):
            if repeated:
                seen |= {(led, piece), ("", led + piece)}
            led += piece
    for before, unit in [*(("", one) for one in _PLAIN), *sorted(seen)]:
        if unit:
            yield (before + unit * (LENGTH // len(unit) + 1))[:LENGTH]


@contextmanager
def limited(seconds: float, what: str) -> Iterator[None]:
    """Raises AssertionError, saying `what`, when this process works for longer (time of the processor, not of the
    wall)."""

    def stop(*_: object) -> None:
        raise AssertionError(f"{what} takes more than {seconds} s")

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _pieces(parsed: Any, choice: int) -> Iterator[tuple[str, bool]]:
    """Something that each part of a pattern matches, in their order, and whether the part may be repeated; of
    alternatives the one of this number, counted around."""
    for op, value in parsed:
        if op is code.SUBPATTERN:
            yield from _pieces(value[-1], choice)
        elif op is code.ATOMIC_GROUP:
            yield from _pieces(value, choice)
        elif op is code.BRANCH:
            yield from _pieces(value[1][choice % len(value[1])], choice)
        elif op in _REPEATS:
            least, most, repeated = value
            sample = "".join(piece for piece, _ in _pieces(repeated, choice))
            if most > 1:
                yield from _pieces(repeated, choice)  # repetitions within
            yield sample * max(1, min(least, 20)), most > 100
        elif op not in (code.AT, code.ASSERT, code.ASSERT_NOT, code.GROUPREF):
            yield _character(op, value), False


def _character(op: Any, value: Any) -> str:
    if op is code.LITERAL:
        return chr(value)
    if op is code.IN:
        return _of_set(value)
    return "b" if op is code.NOT_LITERAL and value == ord("a") else "a"


def _of_set(members: Any) -> str:
    if members[0][0] is code.NEGATE:
        return next((one for one in _CANDIDATES if not any(_holds(one, *member) for member in members[1:])), "\x01")
    op, value = members[0]
    if op is code.CATEGORY:
        return _CATEGORIES[value]
    return chr(value[0] if op is code.RANGE else value)


def _holds(character: str, op: Any, value: Any) -> bool:
    if op is code.LITERAL:
        return ord(character) == value
    if op is code.RANGE:
        return bool(value[0] <= ord(character) <= value[1])
    return {
        code.CATEGORY_WORD: character.isalnum(),
        code.CATEGORY_DIGIT: character.isdigit(),
        code.CATEGORY_SPACE: character.isspace(),
        code.CATEGORY_NOT_WORD: not character.isalnum(),
        code.CATEGORY_NOT_DIGIT: not character.isdigit(),
        code.CATEGORY_NOT_SPACE: not character.isspace(),
    }[value]
