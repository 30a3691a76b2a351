"""JSON (RFC 8259) as pages break it: every object that can still be told apart.

Understood besides JSON: comments of JavaScript and of HTML between values, tags that an editor put there, trailing and
missing commas, single, curly and missing quotes, line breaks and unknown escapes in strings, quotes inside a string
that nobody escaped (one ends a string only where the text goes on as JSON would), words of JavaScript, several values
one after the other, brackets that are never closed. Nothing is evaluated. Time grows with the length of the text; there
is no recursion, so depth costs nothing.
"""

import html
import json
import re
from typing import Any, NamedTuple

__all__ = ["LONGEST", "Repaired", "repaired"]

LONGEST = 1_000_000
_MOST_OBJECTS = 20_000
_LONGEST_STRING = 100_000
_WITHOUT_KEY = "@included"
_MOST_INNER_QUOTES = 200
_MOST_GUESSES = 20_000
_LONGEST_NUMBER = 40

_SPACE = r"[\s\x00-\x20\ufeff\u200b\u2028\u2029]"
_MARKS = r"<!--(?:(?:[^{}\[\]<]|<(?!!)){0,300}?-->)?|-->|<!\[CDATA\[|\]\]>|</?(?:p|br|div|span|pre|code)\b[^<>]{0,200}>"
_NO_COMMENT = r"//(?=[^\S\n]{0,9}(?:<!\[CDATA\[|\]\]>|-->))"
_GAP = rf"(?:{_SPACE}++|{_NO_COMMENT}|//[^\n]*+|/\*(?s:.*?)(?:\*/|\Z)|{_MARKS})*+"
# The same for a look ahead: short, so that many of them cost little.
_NEAR = rf"(?:{_SPACE}{{1,200}}+|{_NO_COMMENT}|//[^\n]{{0,300}}+|/\*(?s:.{{0,300}}?)\*/|{_MARKS}){{0,8}}+"
_QUOTED_KEY = rf"(?:\"[^\"\n]{{1,200}}+\"|'[^'\n]{{1,200}}+'){_NEAR}:"
_KEY = rf"(?:{_QUOTED_KEY}|[\w@$][\w@$.-]{{0,100}}+{_NEAR}:)"
_gap = re.compile(_GAP)
_quoted = {mark: re.compile(rf"{mark}((?:[^{mark}\\]++|\\.)*+){mark}", re.DOTALL) for mark in ('"', "'", "`")}
_word = re.compile(r"https?://[^\s,\"'<>{}\[\]]+|[^\s,:;{}\[\]\"'<>]+")
_colon = re.compile(_GAP + r"[:=]")
_opens = re.compile(r"[{\[]")
# Where a string has ended: what may follow it as a value of an object, and of an array.
_after_member = re.compile(rf"{_NEAR}(?:(\Z)|[}}\]]|,{_NEAR}(?:[}}\]{{]|{_KEY})|;|{_QUOTED_KEY})")
_after_item = re.compile(rf"{_NEAR}(?:(\Z)|[}}\]]|,{_NEAR}(?:[\"'{{\[\]\d-]|(?:true|false|null)\b))")
_next_key = re.compile(rf"\s*\n\s*{_KEY}")
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|u\{([0-9a-fA-F]{1,6})\}|x([0-9a-fA-F]{2})|(\r?\n)|(.))", re.DOTALL)
_LETTERS = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}
_MEANT_LITERALLY = "\"'`/\\"
_WORDS = {"true": True, "false": False, "null": None, "undefined": None, "NaN": None}
_CURLY = str.maketrans(dict.fromkeys("“”„″", '"'))


class Repaired(NamedTuple):
    """`values`: what stood one after the other. `fault`: what is missing of it, None if nothing is."""

    values: list[Any]
    fault: str | None


def repaired(text: str, longest: int = LONGEST) -> Repaired:
    """The objects and arrays in `text`, of which `longest` characters are read. Of one that is cut off, the complete
    objects inside it are kept."""
    text = _with_quotes(text[: 2 * longest])
    reading = _Reading(text[:longest])
    reading.run()
    fault = f"more than {longest:,} characters to repair: cut off there" if len(text) > longest else reading.fault
    found = reading.values(complete=fault is None)
    return Repaired(found, fault if found or fault else "no object in it")


def _with_quotes(text: str) -> str:
    """The text, its quotes no longer written as entities, escapes or typography if all of them are."""
    for _ in range(2):
        if text.count("&quot;") + text.count("&#34;") + text.count("&#8220;") > text.count('"'):
            text = html.unescape(text)
        elif "&amp;quot;" in text and '"' not in text:
            text = text.replace("&amp;", "&")
    if '"' not in text:
        text = text.translate(_CURLY)
    if (escaped := text.count('\\"')) and escaped == text.count('"'):
        text = _unescaped(text)
    return text


class _Container(NamedTuple):
    """An object or array that is open; `waiting` holds the key that waits for its value, if one does."""

    value: Any
    waiting: list[str]


class _Reading:
    """One pass over the text. `_open` holds what is not closed yet, outermost first."""

    def __init__(self, text: str) -> None:
        self.fault: str | None = None
        self._text = text
        self._at = 0
        self._found: list[Any] = []
        self._open: list[_Container] = []
        self._objects = 0
        self._expects_more = False
        self._guesses = _MOST_GUESSES

    def run(self) -> None:
        text, length = self._text, len(self._text)
        while self.fault is None:
            self._at = at = _gap.match(text, self._at).end()  # type: ignore[union-attr]  # it matches anywhere
            if at >= length:
                break
            self._step(text[at])
        if self.fault is None and self._open and (self._expects_more or self._open[-1].waiting):
            self.fault = "cut off at its end"

    def values(self, *, complete: bool) -> list[Any]:
        """What was read; if that is not `complete`, in place of each open container what was complete in it."""
        if complete or not self._open:
            return self._found
        kept = self._found[:-1]
        for number, one in enumerate(self._open):
            inner = self._open[number + 1].value if number + 1 < len(self._open) else None
            whole = [each for each in _members(one.value) if each is not inner and isinstance(each, (dict, list))]
            context = one.value.get("@context") if isinstance(one.value, dict) else None
            kept.append({"@context": context, "@graph": whole} if context else whole)
        return kept

    def _step(self, mark: str) -> None:
        if mark in "{[":
            self._begin({} if mark == "{" else [])
        elif not self._open:
            following = _opens.search(self._text, self._at)
            self._at = following.start() if following else len(self._text)
        elif mark in "}]":
            self._end(dict if mark == "}" else list)
        elif mark in ",;:":
            self._at += 1
            self._expects_more = mark == ","
            if mark != ":":
                self._open[-1].waiting.clear()
        elif mark in _quoted:
            self._string(mark)
        else:
            self._bare()

    def _begin(self, value: Any) -> None:
        self._objects += 1
        if self._objects > _MOST_OBJECTS:
            self.fault = f"more than {_MOST_OBJECTS:,} objects and arrays: the rest was left out"
            return
        self._put(value)
        self._open.append(_Container(value, []))
        self._at += 1

    def _end(self, kind: type) -> None:
        self._at += 1
        # A bracket too many closes nothing; one that is missing is supplied.
        depth = next((number for number in (1, 2, 3) if self._nth(number) is kind), 0)
        if depth:
            del self._open[-depth:]
            self._expects_more = False

    def _nth(self, number: int) -> type | None:
        return type(self._open[-number].value) if number <= len(self._open) else None

    def _put(self, value: Any) -> None:
        """`value` into the innermost open container; without a key to go by, an object's goes where it is found."""
        self._expects_more = False
        if not self._open:
            self._found.append(value)
            return
        holder, waiting = self._open[-1]
        if isinstance(holder, list):
            holder.append(value)
        elif waiting:
            holder[waiting.pop()] = value
        elif isinstance(value, (dict, list)):
            others = holder.setdefault(_WITHOUT_KEY, [])
            if isinstance(others, list):
                others.append(value)

    def _wants_key(self) -> bool:
        holder, waiting = self._open[-1]
        return isinstance(holder, dict) and not waiting

    def _name(self, key: str) -> None:
        """What was read is a key if a colon follows, and nothing otherwise."""
        if colon := _colon.match(self._text, self._at):
            self._open[-1].waiting.append(key.strip())
            self._at = colon.end()

    def _string(self, mark: str) -> None:
        match = _quoted[mark].match(self._text, self._at)
        if match is None:
            self.fault = "cut off at its end"
            return
        if self._wants_key():
            self._at = match.end()
            self._name(_unescaped(match[1]))
            return
        begin = self._at + 1
        end = self._end_of_string(mark, match.end() - 1)
        self._at = min(end + 1, len(self._text)) if self._text[end] == mark else end
        self._put(_unescaped(self._text[begin:end]))

    def _end_of_string(self, mark: str, first: int) -> int:
        """Where a string ends whose next quote is at `first`: there, if the text then goes on as JSON does; else at a
        later quote where it does; at the line's end if the next key begins there, as the closing quote was forgotten.
        """
        text, begin = self._text, self._at + 1
        after = _after_item if isinstance(self._open[-1].value, list) else _after_member
        end = first
        for _ in range(min(_MOST_INNER_QUOTES, self._guesses)):
            goes_on = after.match(text, end + 1)
            if goes_on and (end == first or goes_on[1] is None):
                return end
            self._guesses -= 1
            broken = text.rfind("\n", begin, end)
            if broken >= 0 and _next_key.match(text, broken, end + 200):
                return begin + len(text[begin:broken].rstrip().removesuffix(","))
            end = text.find(mark, end + 1, begin + _LONGEST_STRING)
            if end < 0:
                break
        return first

    def _bare(self) -> None:
        """A word without quotes: a key, a number, a word of JavaScript, or text."""
        match = _word.match(self._text, self._at)
        if match is None:
            self._at += 1
            return
        self._at = match.end()
        if self._wants_key():
            self._name(match[0])
        else:
            self._put(_scalar(match[0]))


def _members(value: Any) -> list[Any]:
    if not isinstance(value, dict):
        return list(value)
    others = value.get(_WITHOUT_KEY)
    found = [each for each in value.values() if each is not others]
    return [*found, *(others if isinstance(others, list) else (others,))]


def _scalar(word: str) -> Any:
    if word in _WORDS:
        return _WORDS[word]
    if len(word) < _LONGEST_NUMBER:
        try:
            return json.loads(word, parse_float=str)
        except ValueError:
            pass
    return word[:_LONGEST_STRING]


def _unescaped(text: str) -> str:
    """A string's content; an escape that JSON does not know stands for itself."""
    if "\\" not in text:
        return text
    text = _ESCAPE.sub(_character, text)
    try:
        return text.encode("utf-16", "surrogatepass").decode("utf-16")
    except UnicodeDecodeError:  # a lone surrogate stays; whoever makes text of it takes it out
        return text


def _character(match: re.Match[str]) -> str:
    if code := match[1] or match[2] or match[3]:
        return chr(min(int(code, 16), 0x10FFFF))
    if match[4]:
        return ""
    letter = match[5]
    return _LETTERS.get(letter, letter if letter in _MEANT_LITERALLY else match[0])
