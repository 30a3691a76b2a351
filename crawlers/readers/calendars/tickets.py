"""What it costs: iCalendar has no property for it (RFC 5545), but some programs write their own.

All-in-One Event Calendar and Time.ly: X-COST, X-COST-TYPE, X-TICKETS-URL; Bedework: X-BEDEWORK-COST; Trumba:
X-TRUMBA-CUSTOMFIELD;NAME="Cost".
"""

import re
from collections.abc import Iterator

from crawlers.readers.calendars.fields import Fields, address, unescaped
from crawlers.readers.plain_text import line
from hobnob.observations import Offer

__all__ = ["is_free", "tickets"]

_COSTS = ("X-COST", "X-BEDEWORK-COST", "X-EVENT-COST")
_LINKS = ("X-TICKETS-URL", "X-TICKET-URL", "X-REGISTRATION-URL")
_TRUMBA = ("cost", "price", "admission", "fee", "ticket price")
_FREE = re.compile(
    r"(?:free(?: (?:admission|entry|event|of charge))?|gratis|kostenlos|gratuit|eintritt frei)[.!]?", re.I
)
_PRICE = re.compile(r"(?P<before>[$€£¥]|[A-Z]{3})?\s*(?P<number>\d{1,6}(?:[.,]\d{2})?)\s*(?P<after>[$€£¥]|[A-Z]{3})?")
_CURRENCY = {"€": "EUR", "£": "GBP"}


def tickets(fields: Fields) -> tuple[Offer, ...]:
    """The price and where tickets are; a cost that is no single price goes to `raw`."""
    url = next(filter(None, (address(one.value) for name in _LINKS for one in fields.all(name))), None)
    cost = next(_costs(fields), "")
    if not cost:
        return (Offer(url=url),) if url else ()
    if _FREE.fullmatch(cost):
        return (Offer(price="0", url=url),)
    found = _PRICE.fullmatch(cost)
    if found is None:
        fields.keep("offers", cost)
        return (Offer(url=url),) if url else ()
    mark = found["before"] or found["after"] or ""
    price = found["number"].replace(",", ".")
    currency = _CURRENCY.get(mark) or (mark if len(mark) == 3 else None)
    return (Offer(price="0" if float(price) == 0 else price, price_currency=currency, url=url),)


def is_free(fields: Fields) -> bool | None:
    """Whether a cost says so; None without one."""
    kind = fields.text("X-COST-TYPE").strip().lower()
    if kind == "free":
        return True
    cost = next(_costs(fields), "")
    return True if _FREE.fullmatch(cost) else None


def _costs(fields: Fields) -> Iterator[str]:
    for name in _COSTS:
        if cost := line(fields.text(name), 200):
            yield cost
    for prop in fields.all("X-TRUMBA-CUSTOMFIELD"):
        if prop.params.get("NAME", "").strip().lower() in _TRUMBA and (cost := line(unescaped(prop.value), 200)):
            yield cost
