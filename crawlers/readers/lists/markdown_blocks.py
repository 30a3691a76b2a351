"""The table rows and list items of a Markdown text, each with the headings above it.

CommonMark 0.31 (headings 4.2 and 4.3, fenced code 4.5, link definitions 4.7, list items 5.2) and GitHub Flavored
Markdown's tables (4.10), read line by line: of the rest only so much that nothing in it is taken for an entry.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from crawlers.readers.declared.values import Value, linked

__all__ = ["Item", "Row", "blocks", "first_link", "inline", "link_targets"]

_LONGEST_LINE = 4000
_LONGEST_ITEM = 4000
_MOST_COLUMNS = 200
_MOST_TARGETS = 20_000

_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*\Z")
_UNDERLINE = re.compile(r" {0,3}(=+|-{2,})[ \t]*\Z")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_ITEM = re.compile(r"(\s*)(?:[-*+]|\d{1,9}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?(?=\S)")
_BAR = re.compile(r"(?<!\\)\|")
_DELIMITER_CELL = re.compile(r":?-+:?")
_TARGET = re.compile(r" {0,3}\[([^\[\]]{1,200})\]:\s*<?([^\s<>]{1,2000})>?")
_REFERENCE = re.compile(r"\[([^\[\]]{1,500})\](?:\[([^\[\]]{0,200})\])?(?![\[(:])")
_EMPHASIS = re.compile(r"(\*{1,3}|~~|`{1,3}|(?<!\w)_{1,3})(?=\S)([^*~`]{1,300}?)(?<=\S)\1(?!\w)")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_LINK = re.compile(
    r"(?<!!)\[(?P<text>(?:!\[[^\[\]]{0,300}\]\([^()\s]{0,2000}\)|[^\[\]]){1,500})\]"
    r"(?:\(\s*<?(?P<address>[^()\s<>]{1,2000}(?:\([^()\s]{0,200}\)[^()\s<>]{0,500})?)>?[^()]{0,300}\)|\[(?P<label>[^\[\]]{0,200})\])?"
    r"|<a\s[^<>]{0,500}?\bhref\s*=\s*[\"']?(?P<html>[^\"'\s<>]{1,2000})[^<>]{0,500}>(?P<inner>[^<>]{0,500})(?:</a>)?"
    r"|<?(?P<bare>https?://[^\s<>\"()\[\]]{1,2000})>?",
    re.IGNORECASE,
)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: the texts of its cells below the `columns`. `headings` are those above it, by their level."""

    line: int
    headings: tuple[tuple[int, str], ...]
    columns: tuple[str, ...]
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list, without those that are inside it; `parent` is the text of the item that it is inside of."""

    line: int
    headings: tuple[tuple[int, str], ...]
    text: str
    parent: str | None


def blocks(text: str) -> Iterator[Row | Item]:
    """The rows and items in their order."""
    yield from _Scanner(_COMMENT.sub(lambda match: "\n" * match[0].count("\n"), text)).blocks()


def link_targets(text: str) -> dict[str, str]:
    """The addresses of reference links by their folded labels."""
    found: dict[str, str] = {}
    for one in text.splitlines():
        if "]:" in one[:210] and (match := _TARGET.match(one)) and len(found) < _MOST_TARGETS:
            found.setdefault(_label(match[1]), match[2])
    return found


def inline(text: str, targets: dict[str, str]) -> Value:
    """The text of a cell or item without emphasis, code marks and escapes, and the address of its first link."""
    value = linked(text)
    written, url = value.text, value.url
    if "[" in written and targets:
        for match in _REFERENCE.finditer(written):
            if address := targets.get(_label(match[2] or match[1])):
                url = url or address
        written = _REFERENCE.sub(lambda one: one[1] if _label(one[2] or one[1]) in targets else one[0], written)
    for _ in range(3):
        written = _EMPHASIS.sub(r"\2", written)
    return Value(_ESCAPED.sub(r"\1", written).strip(), url)


def first_link(text: str, targets: dict[str, str]) -> tuple[Value | None, str]:
    """The text and address of the first link, None if there is none, and what follows it (or else the whole text)."""
    for match in _LINK.finditer(text):
        written, address, label = match["text"], match["address"], match["label"]
        address = address or targets.get(_label(label or written or "")) or match["html"] or match["bare"]
        if address:
            shown = inline(written or match["inner"] or address, targets).text
            return Value(shown or address, address), text[match.end() :].lstrip(" \t\n:,;.|–—-*_")
    return None, text


def _label(text: str) -> str:
    return " ".join(text.casefold().split())


@dataclass(slots=True)
class _Started:
    """An item whose lines are being gathered."""

    line: int
    indent: int
    text: str
    parent: str | None


@dataclass(slots=True)
class _Scanner:
    text: str
    headings: dict[int, str] = field(default_factory=dict)
    columns: tuple[str, ...] = ()
    items: list[_Started] = field(default_factory=list)

    def blocks(self) -> Iterator[Row | Item]:
        fence, before = None, ""
        for number, written in enumerate([*self.text.splitlines(), ""], 1):
            one = written[:_LONGEST_LINE].rstrip()
            mark = _FENCE.match(one)
            if fence or mark:
                yield from self._ended()
                if mark and fence is None:
                    fence = mark[1][:3]
                elif mark and fence and mark[1].startswith(fence):
                    fence = None
                before = ""
                continue
            yield from self._line(one, number, before)
            before = one
        yield from self._ended()

    def _line(self, one: str, number: int, before: str) -> Iterator[Row | Item]:
        if match := _HEADING.match(one):
            yield from self._ended()
            self._heading(len(match[1]), match[2] or "")
        elif (match := _UNDERLINE.match(one)) and before.strip() and not self.items and "|" not in before:
            self._heading(1 if match[1][0] == "=" else 2, before)
        elif self.columns and "|" in one:
            yield Row(number, self._above(), self.columns, _cells(one))
        elif "|" in one and (columns := _columns(before, one)):
            yield from self._ended()
            self.columns = columns
        elif match := _ITEM.match(one):
            self.columns = ()
            yield from self._item(one, number, len(match[1].expandtabs(4)), match.end())
        elif not one.strip():
            self.columns = ()
        elif self.items and (one[0].isspace() or before.strip()):
            if len(self.items[-1].text) < _LONGEST_ITEM:
                self.items[-1].text += f"\n{one.strip()}"
        else:
            yield from self._ended()

    def _item(self, one: str, number: int, indent: int, text_at: int) -> Iterator[Item]:
        while self.items and self.items[-1].indent >= indent:
            yield self._done(self.items.pop())
        parent = self.items[-1].text if self.items else None
        self.items.append(_Started(number, indent, one[text_at:], parent))

    def _ended(self) -> Iterator[Item]:
        self.columns = ()
        while self.items:
            yield self._done(self.items.pop())

    def _done(self, item: _Started) -> Item:
        return Item(item.line, self._above(), item.text, item.parent)

    def _heading(self, level: int, text: str) -> None:
        self.headings = {known: above for known, above in self.headings.items() if known < level}
        self.headings[level] = text.strip()

    def _above(self) -> tuple[tuple[int, str], ...]:
        return tuple(self.headings.items())


def _columns(head: str, delimiter: str) -> tuple[str, ...]:
    """The columns of a table whose head and delimiter row these are; () if they are none."""
    marks = _cells(delimiter)
    if not marks or not all(_DELIMITER_CELL.fullmatch(mark) for mark in marks):
        return ()
    names = _cells(head)
    return names if len(names) == len(marks) else ()


def _cells(one: str) -> tuple[str, ...]:
    inner = one.strip().removeprefix("|")
    if inner.endswith("|") and not inner.endswith("\\|"):
        inner = inner[:-1]
    return tuple(cell.strip().replace("\\|", "|") for cell in _BAR.split(inner)[:_MOST_COLUMNS])
