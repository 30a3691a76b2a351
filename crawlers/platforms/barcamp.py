"""BarCamps: the wiki that all of them share (barcamp.org, on PBworks), and the websites of some (barcamp-events/sites).

The wiki is free text. Its lists name a camp with a link and a date in words; the page of a camp has "When:" and
"Where:" among its first lines (barcamp.org/w/page/405376/UsingTheBarCampWiki). A website keeps its words in
`_data/LANGUAGE/event.json`, where the hour of `date` is called UTC but means nothing: the local one is in `time`.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from crawlers.platforms.adapter import Marks, Platform, Way, fields
from crawlers.readers.lists.json_entries import list_of

__all__ = ["PLATFORM"]


def _camp(answer: Any) -> Iterator[dict[str, Any]]:
    """The camp, from its day or from the days of its agenda."""
    meta, agenda = _inside(answer, "meta"), _inside(answer, "agenda")
    days = [_inside(day).get("date") for day in list_of(agenda.get("days"))]
    day = str(answer.get("date") or "").partition("T")[0]
    yield {
        **answer,
        "name": answer.get("title") or meta.get("author"),
        "days": day or " – ".join(str(one).replace("&nbsp;", " ") for one in days if one),
    }


def _inside(holder: Any, name: str | None = None) -> Mapping[str, Any]:
    found = holder.get(name) if name and isinstance(holder, Mapping) else holder
    return found if isinstance(found, Mapping) else {}


_TEXT = "*[@id='wikipage-inner']"
_WHEN = r"(?:When|Date)s?\s*:"
_NEXT_LABEL = r"(?=\s(?:Who|What|When|Where|Why|How|Hosts?|Hashtag|Tags?|Cost|Price|Register\w*|Sponsors?)\b|$)"

PLATFORM = Platform(
    name="barcamp",
    title="BarCamp wikis and websites",
    marks=Marks(
        address=(
            r"^https?://(?:www\.)?barcamp\.org(?:[/?#]|$)",
            r"^https?://[\w-]*barcamp[\w-]*\.pbworks\.com(?:[/?#]|$)",
            r"^(?P<camp>https?://[^\s?#]+)/_data/(?P<language>[a-z]{2})/event\.json",
        ),
    ),
    ways=(
        Way(
            reader="json",
            url="{camp}/_data/{language}/event.json",
            entries=_camp,
            fields=fields(
                name="name",
                dates="days",
                time="time",
                url="meta.url",
                description="meta.description",
                venue="venue.name",
                address="venue.address",
                latitude="venue.lat",
                longitude="venue.lng",
            ),
        ),
        Way(
            reader="html",
            url="{page}",
            fields=fields(
                entries=f"//{_TEXT}//li[.//a][translate(., '0123456789', '') != .] | //{_TEXT}[contains(., 'When')]",
                name="self::li/descendant::a[1] | self::*[@id='wikipage-inner']/ancestor::html/head/title",
                dates={"at": "", "match": rf"{_WHEN}\s*(.{{4,120}}?){_NEXT_LABEL}|^((?!.*{_WHEN}).*)$"},
                location={"at": "", "match": rf"Where\s*:\s*(.{{3,150}}?){_NEXT_LABEL}"},
            ),
            note="free text: a camp whose date is told in another way is skipped",
        ),
    ),
    evidence="real: the website of Lincoln's camp in barcamp-events/sites, whose shape the case here has; the pages of "
    "the wiki are made, after its own description of them",
)
