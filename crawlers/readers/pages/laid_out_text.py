"""The text of an element as a browser would lay it out: line breaks where blocks end, no scripts, pictures in words.

All elements that are looked at for one page are counted, so that no page takes more time than it is granted.
"""

import re

import lxml.etree
import lxml.html

__all__ = ["LaidOutText", "TooMuch"]

_MOST_CHARACTERS = 50_000
_SPACE = re.compile(r"[ \t\r\n\f]+")
_HIDDEN = frozenset({"script", "style", "template", "noscript", "iframe", "head", "svg"})
_BLOCK = {
    *("address", "article", "aside", "blockquote", "dd", "details", "div", "dl", "dt", "fieldset"),
    *("figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li"),
    *("main", "nav", "ol", "p", "pre", "section", "table", "tr", "ul"),
}
_EVENTS = ("start", "end", "comment", "pi")


class TooMuch(Exception):
    """The elements of a page are too many, or too deep in one another, to be read in reasonable time."""


class LaidOutText:
    """Lays out elements of one page; `most` is how many may be looked at altogether."""

    def __init__(self, most: int) -> None:
        self._left = most

    def spend(self, count: int = 1) -> None:
        """Counts elements that were looked at; raises TooMuch when the page is granted no more."""
        self._left -= count
        if self._left < 0:
            raise TooMuch

    def of(self, element: lxml.html.HtmlElement) -> str:
        """Its text, cut at 50,000 characters. Raises TooMuch."""
        if len(element) == 0:
            return "" if element.tag in _HIDDEN else _SPACE.sub(" ", element.text or "").strip()
        parts: list[str] = []
        size = count = 0
        walk = lxml.etree.iterwalk(element, events=_EVENTS)
        for event, node in walk:
            count += 1
            if event == "start":
                part = _opening(node)
                if node.tag in _HIDDEN:
                    walk.skip_subtree()
            else:
                part = _closing(node) if node is not element else ""
            parts.append(part)
            size += len(part)
            if size > _MOST_CHARACTERS:
                break
        self.spend(count)
        lines = (_SPACE.sub(" ", one).strip() for one in "".join(parts).split("\v"))
        return "\n".join(one for one in lines if one)


# A vertical tab stands for a line break, since those of the source mean a space.
def _opening(node: lxml.html.HtmlElement) -> str:
    if node.tag in _HIDDEN:
        return ""
    if node.tag == "br":
        return "\v" + (node.text or "")
    if node.tag == "img":
        return f" {node.get('alt', '')} "
    text = node.text or ""
    return "\v" + text if node.tag in _BLOCK else text


def _closing(node: lxml.html.HtmlElement) -> str:
    tail = node.tail or ""
    return "\v" + tail if node.tag in _BLOCK else tail
