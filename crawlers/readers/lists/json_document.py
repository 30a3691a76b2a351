"""The values of a JSON document (RFC 8259), of JSON Lines and JSON text sequences (RFC 7464), and what can be saved of
one that is broken.

What the web puts around JSON is taken off: a byte-order mark, a guard against script inclusion (")]}'"), the call of
JSONP. Trailing commas and comments are forgiven. Of an object that names a key twice the last value holds, as in
Python and JavaScript; NaN and infinity are null.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from crawlers.readers import charset
from crawlers.readers.faults import Fault
from crawlers.readers.looks_like import looks_like
from hobnob.errors import ReadError

__all__ = ["MOST_BYTES", "Document", "load"]

MOST_BYTES = 16 * 1024 * 1024
"""What is longer is cut off there, and read as far as it goes."""

MOST_FAULTS = 100
"""So many broken entries are gone over; behind them nothing more is looked for."""

_LONGEST_ENTRY = 1_000_000
_MOST_SPENT = 5_000_000
_GUARD = re.compile(r"\s*(?:\)\]\}'?,?|while\s*\(1\);|for\s*\(;;\);)\s*")
_LEADING = re.compile(r"(?:\s|//[^\n]*\n|/\*[^*]{0,2000}\*/)+")
_CALL = re.compile(r"(?:typeof [\w$.]{1,100} === 'function' && )?[\w$.]{1,100}\s*\(\s*(?=[\[{])")
_CALL_END = re.compile(r"\)\s*+;?\s*+\Z")
# A string is matched to its end, or to the end of the text, so that each character is looked at once.
_STRING = r'"(?:[^"\\]|\\.)*+(?:"|\Z)'
_COMMENT = re.compile(rf"({_STRING})|//[^\n]*|/\*[^*]{{0,2000}}\*/", re.DOTALL)
_TRAILING_COMMA = re.compile(rf"({_STRING})|,(?=\s*[}}\]])", re.DOTALL)
_MARK = re.compile(rf"{_STRING}|[{{}}]", re.DOTALL)
_LIST_OF_OBJECTS = re.compile(r"\[\s*\{")


@dataclass(slots=True)
class Document:
    """The `values` with the line on which each begins, and the `faults`.

    A sound document is one value, whose line is not told. JSON Lines are one value a line. Of a broken document, which
    is `saved`, they are the objects that could be read, whatever they are.
    """

    values: list[tuple[Any, int | None]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    saved: bool = False


def load(data: bytes, content_type: str | None = None) -> Document:
    """Raises ReadError when nothing in `data` is JSON."""
    document = Document()
    if len(data) > MOST_BYTES:
        document.faults.append(Fault(None, f"more than {MOST_BYTES >> 20} MB: the rest was left out"))
    text = _bare(_decoded(data[:MOST_BYTES], content_type))
    if text.lstrip("\x1e \t\r\n")[:1] not in ("{", "["):
        raise ReadError(f"no JSON object or list: it looks like {looks_like(data)}")
    try:
        document.values.append((_value(text), None))
    except (ValueError, RecursionError) as error:
        _piecemeal(text, document, error)
    if not document.values:
        raise ReadError(f"JSON that cannot be read: {document.faults[-1].reason}")
    return document


def _decoded(data: bytes, content_type: str | None) -> str:
    """UTF-8, UTF-16 or UTF-32 as its first bytes tell; where that fails, what the header declares."""
    name = json.detect_encoding(data)
    try:
        return data.decode(name)
    except UnicodeDecodeError:
        return data.decode(charset.declared(content_type) or name, "replace").removeprefix("\ufeff")


def _bare(text: str) -> str:
    for pattern in (_GUARD, _LEADING):
        if match := pattern.match(text):
            text = text[match.end() :]
    if match := _CALL.match(text):
        return _CALL_END.sub("", text[match.end() :])
    return text


def _value(text: str) -> Any:
    try:
        return json.loads(text, strict=False, parse_constant=_nothing)
    except json.JSONDecodeError:
        forgiven = text
        for pattern in (_COMMENT, _TRAILING_COMMA):
            forgiven = pattern.sub(lambda match: match[1] or "", forgiven)
        if len(forgiven) == len(text):
            raise
        return json.loads(forgiven, strict=False, parse_constant=_nothing)


def _nothing(_: str) -> None:
    return None


def _piecemeal(text: str, document: Document, error: Exception) -> None:
    """One value a line, where the lines look like it; else every object that can be read by itself."""
    lines = text.split("\n")
    sample = [one for line in lines[:50] if (one := line.strip("\x1e \t\r"))]
    whole = sum(line[0] + line[-1] in ("{}", "[]") for line in sample)
    if len(sample) > 1 and 2 * whole > len(sample):
        _by_line(lines, document)
        return
    document.saved = True
    faults: list[Fault] = []
    for value, number in _objects(text):
        if isinstance(value, Fault):
            faults.append(value)
        else:
            document.values.append((value, number))
    document.faults += faults or [_fault(error, None)]


def _by_line(lines: list[str], document: Document) -> None:
    for number, line in enumerate(lines, 1):
        if not (line := line.strip("\x1e \t\r")):
            continue
        try:
            document.values.append((json.loads(line, strict=False, parse_constant=_nothing), number))
        except (ValueError, RecursionError) as error:
            document.faults.append(_fault(error, number))
            if len(document.faults) >= MOST_FAULTS:
                document.faults.append(Fault(number, f"more than {MOST_FAULTS} broken lines: the rest was left out"))
                return


def _objects(text: str) -> Iterator[tuple[Any, int]]:
    """The objects that are sound, outer ones first, with the line each begins on; for a broken one its Fault.

    A broken object that holds a list of objects is gone into, any other one is passed over as a whole, if its end can
    be found. What that costs is bounded.
    """
    decoder = json.JSONDecoder(strict=False, parse_constant=_nothing)
    position, line, counted, faults, spent = 0, 1, 0, 0, 0
    while (start := text.find("{", position)) >= 0:
        line, counted = line + text.count("\n", counted, start), start
        try:
            value, position = decoder.raw_decode(text, start)
            yield value, line
            continue
        except (ValueError, RecursionError) as error:
            fault = _fault(error, line)
            spent += (getattr(error, "pos", start) - start) // 8
        end = _end(text, start)
        container = _LIST_OF_OBJECTS.search(text, start + 1, end or len(text))
        position = container.end() - 1 if container else end or start + 1
        if not container:
            yield fault, line
        faults, spent = faults + 1, spent + (end - start if end else min(len(text) - start, _LONGEST_ENTRY))
        if faults == MOST_FAULTS or spent > _MOST_SPENT:
            yield Fault(line, "too much of it is broken: the rest was left out"), line
            return


def _end(text: str, start: int) -> int | None:
    """Where the object that begins at `start` ends by its braces; None if it does not, or is too long."""
    depth = 0
    for match in _MARK.finditer(text, start, start + _LONGEST_ENTRY):
        mark = match[0]
        if mark == "{":
            depth += 1
        elif mark == "}":
            depth -= 1
            if not depth:
                return match.end()
    return None


def _fault(error: Exception, line: int | None) -> Fault:
    if isinstance(error, json.JSONDecodeError):
        return Fault(line or error.lineno, f"not JSON: {error.msg}")
    if isinstance(error, RecursionError):
        return Fault(line, "nested too deep")
    return Fault(line, "a number of too many digits")
