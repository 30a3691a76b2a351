"""The bytes of an iCalendar file made regular, before anything is read in them (RFC 5545, section 3.1).

What programs do to line ends, folds and character sets is undone here for the file as a whole and by the fastest means
there are, so that all that follows finds one content line between two line feeds. Unfolding comes before decoding,
because a fold may cut a character in two.
"""

import re
from bisect import bisect_right, insort
from operator import itemgetter

__all__ = ["Unfolded"]

_MARKS = ((b"\xff\xfe\0\0", "utf-32"), (b"\0\0\xfe\xff", "utf-32"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_UTF_8_MARK = b"\xef\xbb\xbf"
_WIDE_BEGIN = re.compile(rb"B\0E\0G\0I\0N", re.IGNORECASE)
_BEGIN = re.compile(rb"BEGIN:VCALENDAR[ \t]*(?=\n|\Z)", re.IGNORECASE)
# A carriage return alone is text, as a rule; not before what is written like the name of a property.
_LOST_LINE_FEED = re.compile(rb"\r(?=[A-Z][A-Z-]+[;:])")
_LINE_END = re.compile(rb"\n(?!\n{0,3}[ \t])")


class Unfolded:
    """The content lines of a file: `data` holds each after a line feed.

    They are UTF-8, or what the file has in its place; without NULs, marks of byte order and what stood before the
    first calendar in its line.
    """

    def __init__(self, data: bytes) -> None:
        data = _without_junk(_with_line_feeds(_narrow(data)))
        self._folded = b"\n" + data[1:].lstrip(b" \t") if data[1:2] in b" \t" else data
        self.data = _unfold(self._folded)
        self._marks = [(0, 0, 0, 0)]

    def line(self, offset: int) -> int:
        """The number of the file's line, counted from 1, in which the content line at `offset` begins.

        It is counted from the nearest place before that was asked for.
        """
        asked, lines, place, number = self._marks[bisect_right(self._marks, offset + 1, key=itemgetter(0)) - 1]
        ends = self.data.count(b"\n", asked, offset + 1)
        if len(self.data) == len(self._folded):
            place, number = offset + 1, lines + ends
        else:
            for _, end in zip(range(ends), _LINE_END.finditer(self._folded, place), strict=False):
                number += self._folded.count(b"\n", place, end.end())
                place = end.end()
        insort(self._marks, (offset + 1, lines + ends, place, number))
        return number


def _narrow(data: bytes) -> bytes:
    """UTF-16 and UTF-32, with a mark of their byte order or without, as UTF-8; anything else without its NULs."""
    for mark, charset in _MARKS:
        if data.startswith(mark):
            return data.decode(charset, "replace").encode("utf-8", "replace").removeprefix(_UTF_8_MARK)
    if b"\0" in data:
        if wide := _WIDE_BEGIN.search(data):
            charset = "utf-16-be" if wide.start() % 2 else "utf-16-le"
            return data.decode(charset, "replace").encode("utf-8", "replace")
        data = data.replace(b"\0", b"")
    return data.removeprefix(_UTF_8_MARK)


def _with_line_feeds(data: bytes) -> bytes:
    """One line feed for each line end, and one before the first line."""
    returns = data.count(b"\r")
    if returns and returns == data.count(b"\r\n"):
        data = data.translate(None, b"\r")
    elif returns:
        data = data.replace(b"\r\r\n", b"\n").replace(b"\r\n", b"\n")
        old_mac = data.count(b"\r") > data.count(b"\n")
        data = data.replace(b"\r", b"\n") if old_mac else _LOST_LINE_FEED.sub(b"\n", data)
    return b"\n" + data.replace(b"\n" + _UTF_8_MARK, b"\n")


def _without_junk(data: bytes) -> bytes:
    """Without what stands before the first calendar, if it is in the same line: a page's tags, a program's warning.

    If it is only space, and in the next line, too, the whole file is indented.
    """
    first = _BEGIN.search(data)
    if first is None or data[first.start() - 1] == ord("\n"):
        return data
    line = data.rindex(b"\n", 0, first.start())
    before = data[line + 1 : first.start()]
    rest = data[first.start() :]
    if not before.strip() and rest.startswith(b"\n" + before, first.end() - first.start()):
        rest = rest.replace(b"\n" + before, b"\n")
    return b"\n" * data.count(b"\n", 0, line + 1) + rest


def _unfold(data: bytes) -> bytes:
    if b"\n\n" in data:
        for _ in range(3):  # programs that double every line end leave empty lines within what is folded
            data = data.replace(b"\n\n ", b"\n ").replace(b"\n\n\t", b"\n\t")
    return data.replace(b"\n ", b"").replace(b"\n\t", b"")
