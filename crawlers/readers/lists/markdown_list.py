"""Events from the tables and lists of a Markdown file, such as an awesome-list (see markdown_blocks for the syntax).

What `at` of a declared field may name:

- in a table a column, as its head has it but for case and emphasis; an empty one is the whole row;
- in a list "link" (the first link: its text and its address), "text" or "" (all of the item), "rest" (what follows
  the link), "part 1", "part 2" and so on (its parts between dashes, bars and bullets), "parent" (the text of the item
  that it is inside of);
- in both "heading" (the nearest above), or "h1" to "h6".

Lists are read if one of the fields stands in a list, else tables. `entries` is a heading: only what is below it is
read. A file may begin with front matter; it says nothing.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import islice

from crawlers.readers import Context, Reading
from crawlers.readers.charset import decoded
from crawlers.readers.declared.rows import observations
from crawlers.readers.declared.values import Entry, Value
from crawlers.readers.faults import skipped
from crawlers.readers.lists.markdown_blocks import Item, Row, blocks, first_link, inline, link_targets
from crawlers.readers.looks_like import looks_like
from crawlers.readers.plain_text import line
from hobnob.errors import ReadError

__all__ = ["VERSION", "read"]

VERSION = "markdown/1"

LONGEST = 2_000_000
"""So many characters are read."""

MOST_BLOCKS = 50_000
"""So many rows of tables and items of lists are looked at."""

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n.*?\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_IN_LISTS = re.compile(r"link|text|rest|parent|part [1-9]\d?")
_ABOVE = ("heading", "h1", "h2", "h3", "h4", "h5", "h6")
# A dash between two figures is a range: "14 – 17 April".
_BETWEEN_PARTS = re.compile(r"(?:(?<!\d)\s+[-–—]+|\s+[-–—]+(?!\s+\d)|\s*[|•·])\s+")


def read(data: bytes, context: Context) -> Iterator[Reading]:
    """The events of the file; entries that cannot be read as Skipped.

    Raises ReadError when it has no table or list such as is declared.
    """
    text = decoded(data, context.content_type)
    cut, text = len(text) > LONGEST, text[:LONGEST].replace("\r\n", "\n").replace("\r", "\n")
    text = _FRONT_MATTER.sub(lambda match: "\n" * match[0].count("\n"), text, count=1)
    wanted = Item if any(_IN_LISTS.fullmatch(pick.at or "") for pick in context.fields.values()) else Row
    below = context.fields["entries"].at if "entries" in context.fields else None
    targets = link_targets(text)
    found = list(islice(blocks(text), MOST_BLOCKS))
    chosen = [one for one in found if isinstance(one, wanted) and _is_below(one, below)]
    chosen.sort(key=lambda one: one.line)
    if not chosen:
        what = looks_like(data)
        reason = f"no {'list' if wanted is Item else 'table'}{f' below a heading {below!r}' if below else ''}"
        raise ReadError(reason if what == "plain text" else f"{reason}; it looks like {what}")
    entries = (_item(one, targets) if isinstance(one, Item) else _row(one, targets) for one in chosen)
    yield from observations(entries, context.fields, context, version=VERSION)
    for over, most in ((cut, f"{LONGEST} characters"), (len(found) == MOST_BLOCKS, f"{MOST_BLOCKS} rows and items")):
        if over:
            yield skipped(f"more than {most}: the rest was left out", context)


def _is_below(one: Row | Item, heading: str | None) -> bool:
    return not heading or any(_folded(inline(above, {}).text) == _folded(heading) for _, above in one.headings)


def _above(one: Row | Item, at: str, targets: dict[str, str]) -> list[Value]:
    """The heading of that level, or the nearest."""
    headings = [text for level, text in one.headings if at in ("heading", f"h{level}")]
    return [inline(headings[-1], targets)] if headings else []


def _row(row: Row, targets: dict[str, str]) -> Entry:
    columns = _columns(row.columns)

    @cache
    def find(at: str) -> list[Value]:
        if not at:
            return [inline(", ".join(filter(None, row.cells)), targets)]
        place = columns.get(_folded(at))
        if place is None:
            return _above(row, at.casefold(), targets)
        return [inline(row.cells[place], targets)] if place < len(row.cells) else []

    return Entry(find, row.line, frozenset(_ABOVE))


@lru_cache(maxsize=64)
def _columns(names: tuple[str, ...]) -> dict[str, int]:
    columns: dict[str, int] = {}
    for place, name in enumerate(names):
        columns.setdefault(_folded(inline(name, {}).text), place)
    return columns


def _item(item: Item, targets: dict[str, str]) -> Entry:
    @cache
    def find(at: str) -> list[Value]:
        at = at.casefold()
        if at in ("", "text"):
            return [inline(item.text, targets)]
        if at in ("link", "rest"):
            link, rest = first_link(item.text, targets)
            return [value for value in (link if at == "link" else inline(rest, targets),) if value]
        if at == "parent":
            return [inline(item.parent, targets)] if item.parent else []
        if at.startswith("part "):
            text = " ".join(inline(item.text, targets).text.split())
            parts = [part for part in _BETWEEN_PARTS.split(text) if part.strip()]
            place = int(at[5:]) - 1
            return [_part(parts[place].strip(), item, targets)] if place < len(parts) else []
        return _above(item, at, targets)

    return Entry(find, item.line, frozenset((*_ABOVE, "parent")))


def _part(text: str, item: Item, targets: dict[str, str]) -> Value:
    """A part leads where the first link of the item does, if that link is in it."""
    link, _ = first_link(item.text, targets)
    return Value(text, link.url if link and link.text and link.text in text else None)


def _folded(name: str) -> str:
    return line(name).casefold().strip(" *_:#")
