"""A row of declared fields as an Observation: what tables, lists and pages without structured data have in common.

A reader gives an Entry for each row: where it begins, and a function that finds what stands at a declared place
(hobnob.sources.Pick.at). Which fields there are: crawlers.sources.picks.
"""

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from crawlers.readers import Context
from crawlers.readers.declared.row_dates import TRUE, Span, spans, written_dates
from crawlers.readers.declared.row_places import whereabouts
from crawlers.readers.declared.values import Entry, Value, Values
from crawlers.readers.fallback_uid import bounded, digest
from crawlers.readers.faults import skipped
from crawlers.readers.iso_dates import instant
from crawlers.readers.plain_text import line, prose
from crawlers.readers.prices import price
from crawlers.readers.told_apart import told_apart
from crawlers.readers.web_address import absolute
from hobnob.moments import Moment
from hobnob.observations import Observation, Offer, Person, Place, Skipped, Status
from hobnob.sources import Pick
from hobnob.status_words import marked_title, of_field

__all__ = ["MOST_ENTRIES", "nothing_declared", "observations"]

MOST_ENTRIES = 20_000
"""So many entries of one document are read."""

_NOTHING = "entry without a name: "
_MOST_NOTHINGS = 3
_EMPTY_FOR_ONE = 10
_MOST_KEYWORDS = 50
_MOST_PEOPLE = 50
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_CURRENCY = re.compile(r"[A-Z]{3}")
_BETWEEN_KEYWORDS = re.compile(r"[,;|\n]")
_INNER_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_WEB = ("http", "https")


def observations(
    entries: Iterable[Entry | Skipped],
    fields: Mapping[str, Pick],
    context: Context,
    *,
    version: str,
    base: str | None = None,
    most: int = MOST_ENTRIES,
) -> Iterator[Observation | Skipped]:
    """The events of `entries` in their order, at most `most`; entries that cannot be read as Skipped.

    `version` is that of the reader, `base` what relative links are relative to (the document's address). An entry in
    which nothing stands at any declared place is none. Events of one name and year are told apart by their day.
    """
    rows = _Rows(Values(fields), context, version, base or context.url)
    found: list[Observation | Skipped] = []
    counted = 0
    for number, entry in enumerate(entries):
        if isinstance(entry, Skipped):
            found.append(entry)
            continue
        if counted == most or number == most * _EMPTY_FOR_ONE:
            found.append(skipped(f"more than {most} entries: the rest was left out", context, entry.line))
            break
        if rows.values.stand_in(entry):
            counted += 1
            found += rows.read(entry)
    if rows.values.slow:
        found.append(skipped("a match took too long: it was given up", context))
    return told_apart(_told_together(found, context), _day, _whereabouts)


@dataclass(frozen=True, slots=True)
class _Rows:
    values: Values
    context: Context
    version: str
    base: str

    def read(self, entry: Entry) -> Iterator[Observation | Skipped]:
        row = _Row(self, entry)
        name, marked = marked_title(row.line("name"))
        when = spans(row.found, self.context)
        if not when:
            written = line(written_dates(row.found), 200)
            reason = f"no date in {written!r}" if written else "it has no date"
            reason = f"{name[:80]!r}: {reason}" if name else f"{_NOTHING}{reason}"
            yield skipped(reason, self.context, entry.line)
        elif not name:
            yield skipped("entry without a name", self.context, entry.line)
        else:
            for span in when:
                yield row.observation(name, marked, span)


class _Row:
    """One entry; each field is looked up once."""

    def __init__(self, rows: _Rows, entry: Entry) -> None:
        self._rows = rows
        self._entry = entry
        self._known: dict[str, list[Value]] = {}
        self._raw: dict[str, str] = {}

    def found(self, name: str) -> list[Value]:
        if name not in self._known:
            self._known[name] = self._rows.values.of(name, self._entry)
        return self._known[name]

    def line(self, name: str) -> str:
        """The first text of the field, on one line; "" if there is none."""
        return next(filter(None, (line(value.text) for value in self.found(name))), "")

    def observation(self, name: str, marked: Status | None, span: Span) -> Observation:
        context, self._raw = self._rows.context, {}
        if marked:
            self._raw["name"] = self.line("name")
        if span.guessed:
            self._raw["guess"] = ", ".join(f"start_date: {what}" for what in span.guessed)
        self._raw |= {field: line(text, 200) for field, text in span.unread}
        here = whereabouts(self.found, self._rows.base)
        self._raw |= here.raw
        offered = self._offers()
        return Observation(
            source=context.source,
            uid=bounded(self.line("uid")) if self.line("uid") else _key(name, span.start, here.place, context),
            name=name,
            start_date=span.start,
            end_date=span.end,
            description=prose("\n\n".join(value.text for value in self.found("description"))),
            url=self._address("url") or self._link_of_name(),
            event_status=self._status() or marked,
            event_attendance_mode=here.attendance,
            location=here.place,
            virtual_location=here.meeting,
            organizer=self._people("organizer"),
            performer=self._people("performer"),
            offers=offered,
            is_accessible_for_free=self._is_free(offered),
            keywords=self._keywords(),
            image=self._address("image"),
            in_language=self._language(),
            last_modified=instant(self.line("updated")),
            source_url=context.url,
            fetched_at=context.now,
            reader=self._rows.version,
            raw=self._raw,
        )

    def _address(self, name: str) -> str | None:
        stated = (absolute(value.url or value.text, self._rows.base) for value in self.found(name))
        return next(filter(None, stated), None)

    def _link_of_name(self) -> str | None:
        pick = self._rows.values.fields.get("name")
        if pick is None or pick.at in self._entry.shared:
            return None
        return next(filter(None, (absolute(value.url, self._rows.base) for value in self.found("name"))), None)

    def _status(self) -> Status | None:
        return next(filter(None, (self._status_of(value.text) for value in self.found("status"))), None)

    def _status_of(self, written: str) -> Status | None:
        """What the text says; of a mere "true" what the place says where it stands ("isCancelled")."""
        text = " ".join(written.split())
        if text.casefold() not in TRUE:
            return of_field(text)
        at = self._rows.values.fields["status"].at or ""
        return of_field(_INNER_CAPITAL.sub(" ", at).replace("_", " "))

    def _people(self, name: str) -> tuple[Person, ...]:
        people: dict[str, Person] = {}
        for value in self.found(name):
            if (written := line(value.text)) and "@" not in written.lstrip("@"):
                people.setdefault(written, Person(name=written, url=absolute(value.url, self._rows.base, _WEB)))
        return tuple(people.values())[:_MOST_PEOPLE]

    def _offers(self) -> tuple[Offer, ...]:
        text = self.line("price")
        if not text:
            return ()
        amount, currency = price(text)
        if amount is None:
            self._raw["price"] = text
            return ()
        stated = self.line("currency").upper()
        return (Offer(price=amount, price_currency=currency or (stated if _CURRENCY.fullmatch(stated) else None)),)

    def _is_free(self, offered: tuple[Offer, ...]) -> bool | None:
        if stated := self.line("free").casefold():
            return stated in TRUE
        return True if offered and offered[0].price == "0" else None

    def _keywords(self) -> tuple[str, ...]:
        texts = (html.unescape(value.text) for value in self.found("keywords"))
        words = (line(part) for text in texts for part in _BETWEEN_KEYWORDS.split(text))
        return tuple(dict.fromkeys(filter(None, words)))[:_MOST_KEYWORDS]

    def _language(self) -> str | None:
        text = self.line("language")
        if text and not _LANGUAGE.fullmatch(text):
            self._raw["in_language"] = text
            return None
        return text.replace("_", "-") or None


def _day(event: Observation) -> tuple[object, ...]:
    return (event.start_date,)


def _whereabouts(event: Observation) -> tuple[object, ...]:
    return event.location, event.url


def _key(name: str, start: Moment, place: Place | None, context: Context) -> str:
    """Name, year and town: they outlive a change of the days. Of a source that is several pages also the day, since the
    meetings of a board may each have a page of their own; whatever page tells one, its key is the same."""
    when = start.date if context.one_of_several else start.date.year
    return digest(name, when, place.address_locality if place else None)


def nothing_declared(count: int) -> str:
    """What is wrong when `count` entries give neither an event nor a Skipped: the declared places are others."""
    return f"of {count} entries none has anything where its name or its dates are declared to stand"


def _told_together(found: list[Observation | Skipped], context: Context) -> list[Observation | Skipped]:
    """What has neither a name nor a date is hardly an event: where there is much of it, it is told once."""
    blank = [one for one in found if isinstance(one, Skipped) and one.reason.startswith(_NOTHING)]
    if len(blank) <= _MOST_NOTHINGS:
        return found
    reason = f"{len(blank)} entries have neither a name nor a date; the first: {blank[0].reason.removeprefix(_NOTHING)}"
    rest = [one for one in found if not (isinstance(one, Skipped) and one.reason.startswith(_NOTHING))]
    return [*rest, skipped(reason, context, blank[0].line)]
