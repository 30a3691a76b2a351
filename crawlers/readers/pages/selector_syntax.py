"""The selectors of a declaration: CSS Selectors Level 3 and 4 as cssselect knows them, with parsel's "::text" and
"::attr(name)", or XPath 1.0.

A text is taken for XPath when it begins with "/", "(", "./", "../", "@", an axis ("preceding::h3[1]") or a function
("concat(", "normalize-space("). CSS looks inside the entry, a bare "::attr(name)" or "::text" at the entry itself;
XPath starts from it. What begins with "/" or "(/", or with "^" before CSS, looks at the whole page. A selector that
ends in "::lines" gives, for each element, the lines that its line breaks and blocks make.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import lxml.etree
from cssselect import SelectorError
from parsel.csstranslator import HTMLTranslator

__all__ = ["Selector", "compiled"]

_XPATH = re.compile(
    r"[/(@]|\.\.?(?:/|\Z)|(?:ancestor|ancestor-or-self|attribute|child|descendant|descendant-or-self|following"
    r"|following-sibling|parent|preceding|preceding-sibling|self)::"
    r"|(?:concat|normalize-space|string|substring|substring-after|substring-before|translate|id)\("
)
_LINES = "::lines"
_WHOLE_PAGE = re.compile(r"\(*/")
_OUT_OF_ENTRY = re.compile(r"\b(?:preceding|following)(?:-sibling)?::|//")


@dataclass(frozen=True, slots=True)
class Selector:
    """A compiled selector: `find(element)`, of whose results the `lines` are meant. One of the `whole_page` gives the
    same for every entry; one that `looks_out` reads more than the entry."""

    find: Any
    whole_page: bool
    looks_out: bool
    lines: bool


@lru_cache(maxsize=1024)
def compiled(at: str) -> Selector:
    """`at` ready for use. Raises ValueError saying what is wrong with it."""
    at = at.strip()
    lines = at.endswith(_LINES)
    page, css = at.startswith("^"), at.removeprefix("^").removesuffix(_LINES).strip()
    try:
        if _XPATH.match(css):
            xpath, page = css, page or _WHOLE_PAGE.match(css) is not None
        else:
            prefix = "//" if page else "self::" if css.startswith("::") else "descendant::"
            xpath = HTMLTranslator().css_to_xpath(css, prefix=prefix)
        looks_out = not page and xpath is css and _OUT_OF_ENTRY.search(xpath) is not None
        return Selector(lxml.etree.XPath(xpath), page, looks_out, lines)
    except (SelectorError, lxml.etree.XPathError, ValueError) as error:
        raise ValueError(f"is no selector: {error}") from error
