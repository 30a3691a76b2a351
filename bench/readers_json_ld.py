"""How fast the reader of pages turns JSON-LD into Observations, beside extruct, which only turns it into dictionaries.

The pages are a real one (a WordPress site of 170 kB from the cases, its own events taken out) cut to size or repeated,
with JSON-LD as it stands on three kinds of pages: one event with all that Google asks for, an event beside the graph of
an SEO plug-in, and a list of many events. The texts in it are made up. One page is made of many small elements instead,
as page builders write them. Both get the same bytes, in turns; of each the best processor time counts.

    python -m bench.readers_json_ld [ROUNDS]
"""

import datetime as dt
import json
import re
import sys
from functools import partial
from pathlib import Path
from typing import Any

import extruct

from bench.turns import best
from crawlers.readers import Context
from crawlers.readers.pages import html
from hobnob.observations import Observation

CASE = Path(__file__).parents[1] / "tests/cases/readers/html/eventon_json_ld_garbled_microdata_clear/input.html"
CONTEXT = Context(
    now=dt.datetime(2026, 11, 23, tzinfo=dt.timezone.utc),
    source="bench",
    url="https://example.org/events/",
    time_zone="Europe/Berlin",
)
_MARKS = re.compile(r"<script[^>]*ld\+json.*?</script>|\s(?:itemscope|itemprop|itemtype)(?:=(['\"]).*?\1)?", re.DOTALL)
_TEXT = "An evening about what we build and how, with three short talks, questions and time to meet. " * 6


def event(number: int) -> dict[str, Any]:
    day = dt.date(2027, 1, 1) + dt.timedelta(days=number % 300)
    return {
        "@type": "Event",
        "name": f"Meeting {number} of the makers",
        "url": f"https://example.org/events/{number}/",
        "startDate": f"{day}T19:00:00+01:00",
        "endDate": f"{day}T21:30:00+01:00",
        "eventStatus": "https://schema.org/EventScheduled",
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "location": {
            "@type": "Place",
            "name": "Alte Halle",
            "address": {
                "@type": "PostalAddress",
                "streetAddress": "Gleis 1",
                "addressLocality": "Köln",
                "postalCode": "50667",
                "addressCountry": "DE",
            },
            "geo": {"@type": "GeoCoordinates", "latitude": 50.9413, "longitude": 6.9583},
        },
        "image": [f"https://example.org/images/{number}.jpg"],
        "description": _TEXT,
        "offers": {
            "@type": "Offer",
            "url": f"https://example.org/events/{number}/tickets",
            "price": "12",
            "priceCurrency": "EUR",
            "availability": "https://schema.org/InStock",
        },
        "organizer": {"@type": "Organization", "name": "The makers", "url": "https://example.org/"},
    }


def graph() -> dict[str, Any]:
    """What an SEO plug-in writes into every page, around the page's event."""
    site = "https://example.org/"
    return {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "WebPage", "@id": f"{site}#webpage", "url": site, "isPartOf": {"@id": f"{site}#website"}},
            {"@type": "BreadcrumbList", "@id": f"{site}#breadcrumb", "itemListElement": [
                {"@type": "ListItem", "position": number, "name": f"Level {number}"} for number in range(4)
            ]},
            {"@type": "WebSite", "@id": f"{site}#website", "url": site, "name": "The makers"},
            {"@type": "Organization", "@id": f"{site}#organization", "name": "The makers", "sameAs": ["https://social.example/@makers"]},
            {**event(1), "@id": f"{site}events/1/#event", "organizer": {"@id": f"{site}#organization"}},
        ],
    }  # fmt: skip


def page(size: int, *blocks: Any) -> bytes:
    """A page of about `size` bytes with `blocks` in its head."""
    text = _MARKS.sub("", CASE.read_text(encoding="utf-8"))
    head, _, body = text.partition("</head>")
    scripts = "".join(f'<script type="application/ld+json">{json.dumps(one)}</script>\n' for one in blocks)
    if size < len(head) + len(body):  # a small site has little style
        head = head[: head.index("<style")]
    room = max(size - len(scripts) - len(head), 500)
    body = (body * (room // len(body) + 1))[:room]
    return f"{head}{scripts}</head>{body}".encode()


def built(size: int, *blocks: Any) -> bytes:
    """A page as page builders for WordPress write it: about 19 elements and 21 attributes for every kB, the JSON-LD at
    its end."""
    widget = """
<div class="elementor-element elementor-element-{0:07x} elementor-widget elementor-widget-icon-box" data-id="{0:07x}" \
data-element_type="widget" data-widget_type="icon-box.default"><div class="elementor-widget-container">
<div class="elementor-icon-box-wrapper"><div class="elementor-icon-box-icon"><a href="https://example.org/topics/{0}/" \
class="elementor-icon" tabindex="-1"><svg aria-hidden="true" viewBox="0 0 512 512"><path d="M0 0h512v512z"/></svg>\
</a></div><div class="elementor-icon-box-content"><h3 class="elementor-icon-box-title"><span>Topic {0}</span></h3>
<p class="elementor-icon-box-description">What we build, and <em>how</em>.<br>Every month.</p></div></div></div>
</div>"""
    head = '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>The makers</title></head><body>'
    scripts = "".join(f'<script type="application/ld+json">{json.dumps(one)}</script>' for one in blocks)
    count = (size - len(scripts)) // len(widget.format(0))
    return f"{head}{''.join(map(widget.format, range(count)))}{scripts}</body></html>".encode()


def pages() -> dict[str, tuple[bytes, int]]:
    """Each page by its kind, with the number of its events."""
    context = {"@context": "https://schema.org"}
    return {
        "one event, 5 kB": (page(5_000, {**context, **event(1)}), 1),
        "one event, 60 kB": (page(60_000, {**context, **event(1)}), 1),
        "event in a graph, 170 kB": (page(170_000, graph()), 1),
        "event in a page builder, 170 kB": (built(170_000, graph()), 1),
        "30 events, 170 kB": (page(170_000, [{**context, **event(number)} for number in range(30)]), 30),
        "one event, 500 kB": (page(500_000, {**context, **event(1)}), 1),
        "200 events, 500 kB": (page(500_000, [{**context, **event(number)} for number in range(200)]), 200),
    }


def ours(data: bytes) -> int:
    return sum(isinstance(one, Observation) for one in html.read(data, CONTEXT))


def theirs(data: bytes) -> int:
    found = extruct.extract(data, base_url=CONTEXT.url, syntaxes=["json-ld"])["json-ld"]
    return sum(len(one.get("@graph", [one])) for one in found)


def main(rounds: int = 60) -> None:
    print(f"{'JSON-LD, a page':<32}{'kB':>6}{'ms':>9}{'extruct':>9}{'events/s':>10}{'of bare':>9}")
    for name, (data, events) in pages().items():
        if ours(data) != events or theirs(data) < events:
            raise SystemExit(f"{name}: {ours(data)} events, expected {events}")
        mine, bare = best(rounds, partial(ours, data), partial(theirs, data), warm=True)
        print(
            f"{name:<32}{len(data) / 1000:>6,.0f}{mine * 1e3:>9.2f}{bare * 1e3:>9.2f}{events / mine:>10,.0f}"
            f"{bare / mine:>9.2f}"
        )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
