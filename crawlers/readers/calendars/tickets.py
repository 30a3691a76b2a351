"""What it costs: iCalendar has no property for it (RFC 5545), but some programs write their own.

All-in-One Event Calendar and Time.ly: X-COST, X-COST-TYPE, X-TICKETS-URL; Bedework: X-BEDEWORK-COST; Trumba:
X-TRUMBA-CUSTOMFIELD;NAME="Cost".
"""

from collections.abc import Iterator

from crawlers.readers.calendars.fields import Fields, address, unescaped
from crawlers.readers.plain_text import line
from crawlers.readers.prices import price
from hobnob.observations import Offer

__all__ = ["is_free", "tickets"]

_COSTS = ("X-COST", "X-BEDEWORK-COST", "X-EVENT-COST")
_LINKS = ("X-TICKETS-URL", "X-TICKET-URL", "X-REGISTRATION-URL")
_TRUMBA = ("cost", "price", "admission", "fee", "ticket price")


def tickets(fields: Fields) -> tuple[Offer, ...]:
    """The price and where tickets are; a cost that is no single price goes to `raw`."""
    url = next(filter(None, (address(one.value) for name in _LINKS for one in fields.all(name))), None)
    cost = next(_costs(fields), "")
    if not cost:
        return (Offer(url=url),) if url else ()
    amount, currency = price(cost)
    if amount is None:
        fields.keep("offers", cost)
        return (Offer(url=url),) if url else ()
    return (Offer(price=amount, price_currency=currency, url=url),)


def is_free(fields: Fields) -> bool | None:
    """Whether a cost says so; None without one."""
    kind = fields.text("X-COST-TYPE").strip().lower()
    if kind == "free":
        return True
    cost = next(_costs(fields), "")
    return True if price(cost)[0] == "0" else None


def _costs(fields: Fields) -> Iterator[str]:
    for name in _COSTS:
        if cost := line(fields.text(name), 200):
            yield cost
    for prop in fields.all("X-TRUMBA-CUSTOMFIELD"):
        if prop.params.get("NAME", "").strip().lower() in _TRUMBA and (cost := line(unescaped(prop.value), 200)):
            yield cost
