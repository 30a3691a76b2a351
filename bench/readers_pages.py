"""How fast the reader of pages is beside the bare libraries for each syntax in markup: extruct for microdata and RDFa,
mf2py for microformats. They give dictionaries of one syntax; the reader looks for all syntaxes, maps what it finds to
Observations and merges what is one event.

The pages are real ones from the cases, once as they are and once as a list: what surrounds the event stands once, the
event many times, each under a name of its own. Both sides get the same bytes, in turns; of each the best processor time
counts. mf2py takes a third of a second for each event of that page, so its list is shorter.

    python -m bench.readers_pages [ROUNDS]
"""

import datetime as dt
import re
import sys
from pathlib import Path

import lxml.html
import mf2py
from extruct.rdfa import RDFaExtractor
from extruct.w3cmicrodata import MicrodataExtractor

from bench.turns import best
from crawlers.readers import Context
from crawlers.readers.pages.html import read
from hobnob.errors import ReadError
from hobnob.observations import Observation

CASES = Path(__file__).parents[1] / "tests/cases/readers/html"
CONTEXT = Context(
    now=dt.datetime(2026, 11, 23, tzinfo=dt.timezone.utc), source="bench", url="https://example.org/events/"
)
#: Syntax, library, case, where in it the event is, and how often the list has it.
PAGES = (
    ("microdata", "extruct", "microdata_of_a_chamber_of_commerce", "//*[@itemscope][contains(@itemtype, 'Event')]", 40),
    ("RDFa", "extruct", "rdf_calendar_beside_hcalendar", "//*[@typeof='cal:Vevent']", 40),
    ("microformats", "mf2py", "hcalendar_upcoming", "//*[@class='vevent']", 4),
)


def as_list(data: bytes, path: str, copies: int) -> bytes:
    """The page with its event that many times."""
    root = lxml.html.document_fromstring(data, parser=lxml.html.HTMLParser(encoding="utf-8"))
    event = root.xpath(path)[0]
    text = lxml.html.tostring(event, encoding="unicode", with_tail=False)
    name = re.search(r"(?:\"summary\"|itemprop=\"name\"|name summary)[^>]*>\s*", text)
    end = name.end() if name else 0
    made = "".join(f"{text[:end]}{number}. {text[end:]}".replace("#event", f"#e{number}") for number in range(copies))
    event.getparent().replace(event, lxml.html.fragment_fromstring(made, create_parent="div"))
    found: bytes = lxml.html.tostring(root, encoding="utf-8")
    return found


def theirs(syntax: str, data: bytes) -> object:
    text = data.decode("utf-8", "replace")
    if syntax == "microdata":
        return MicrodataExtractor().extract(text, base_url=CONTEXT.url)
    if syntax == "RDFa":
        return RDFaExtractor().extract(text, base_url=CONTEXT.url)
    return mf2py.Parser(doc=text, url=CONTEXT.url, html_parser="lxml").to_dict()


def ours(data: bytes) -> int:
    try:
        return sum(isinstance(one, Observation) for one in read(data, CONTEXT))
    except ReadError:
        return 0


def row(name: str, count: int, data: bytes, times: list[float]) -> str:
    bare, mine = (1000 * seconds for seconds in times)
    return f"  {name:42} {count:6} {len(data) / 1000:6.0f} {bare:8.1f} {mine:8.1f} {bare / mine:8.2f}"


def main(rounds: int = 15) -> None:
    print("Reading events in markup, ms a page; wanted: at least 0.8 of the bare library")
    print(f"  {'':42} {'events':>6} {'kB':>6} {'bare':>8} {'ours':>8} {'of bare':>8}")
    for syntax, library, case, path, copies in PAGES:
        one = (CASES / case / "input.html").read_bytes()
        for kind, data in (("one event", one), (f"a list of {copies}", as_list(one, path, copies))):
            count = ours(data)
            times = best(rounds, lambda s=syntax, d=data: theirs(s, d), lambda d=data: ours(d))
            print(row(f"{syntax}, {kind} ({library})", count, data, times))
    empty = (CASES / "no_event_data" / "input.html").read_bytes()
    times = best(rounds, lambda: lxml.html.document_fromstring(empty), lambda: ours(empty))
    print(row("no event at all (a bare parse by lxml)", 0, empty, times))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
