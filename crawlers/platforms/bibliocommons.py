"""BiblioCommons: events of public libraries, by a gateway that all of them share.

`https://gateway.bibliocommons.com/v2/libraries/{library}/events`, by page: the order of the events, and apart from it
the events themselves, branches, other places, kinds of event and audiences, each by its id. Times are local; a branch
has a zone, and where all branches have the same it is that of events elsewhere and online, too. It cannot be asked for
days: the first page is that of today.
"""

from collections.abc import Iterator
from typing import Any

from crawlers.platforms.adapter import Marks, Platform, Way, fields
from crawlers.platforms.adapter.entries import first_text, joined, members
from crawlers.platforms.adapter.paging import ByPage

__all__ = ["PLATFORM"]

_ZONE = "mapLocation.timeZone"


def _events(answer: Any) -> Iterator[dict[str, Any]]:
    """The events in their order, each with what its ids lead to."""
    entities, listed = members(answer["entities"]), members(answer["events"]).get("items")
    events = members(entities.get("events"))
    zones = {first_text(branch, _ZONE) for branch in members(entities.get("locations")).values()} - {""}
    usual = zones.pop() if len(zones) == 1 else ""
    for key in listed if isinstance(listed, list) else list(events):
        event = members(events.get(str(key)))
        definition = members(event.get("definition"))
        if not definition:
            continue
        place = _place(entities, definition)
        yield {
            **definition,
            "key": event.get("id") or str(key),
            "link": f"/events/{event.get('id') or key}",
            "start": first_text(definition, "start") or first_text(event, "indexStart"),
            "end": first_text(definition, "end") or first_text(event, "indexEnd"),
            "place": place,
            "zone": first_text(place, _ZONE) or usual,
            "street": " ".join(filter(None, (first_text(place, f"address.{part}") for part in ("number", "street")))),
            "where": joined(definition.get("locationDetails")),
            "words": [*_named(entities, "eventTypes", definition, "typeIds"),
                      *_named(entities, "eventAudiences", definition, "audienceIds")],
            "image": _image(entities, definition),
        }  # fmt: skip


def _place(entities: dict[str, Any], definition: dict[str, Any]) -> dict[str, Any]:
    """The branch, or the place outside of the library's own."""
    for kind, name in (("locations", "branchLocationId"), ("places", "nonBranchLocationId")):
        if found := members(members(entities.get(kind)).get(first_text(definition, name))):
            return found
    return {}


def _named(entities: dict[str, Any], kind: str, definition: dict[str, Any], ids: str) -> list[str]:
    known, wanted = members(entities.get(kind)), definition.get(ids)
    return [first_text(known.get(str(one)), "name") for one in wanted] if isinstance(wanted, list) else []


def _image(entities: dict[str, Any], definition: dict[str, Any]) -> str:
    """The event's own picture; that of its kind is no picture of it."""
    image = members(members(entities.get("images")).get(first_text(definition, "featuredImageId")))
    return "" if image.get("tag") == "EventType" else first_text(image, "url")


PLATFORM = Platform(
    name="bibliocommons",
    title="BiblioCommons",
    marks=Marks(
        address=(
            r"^https?://(?!gateway\.|www\.|cor-)(?P<library>[\w-]+)\.bibliocommons\.com(?:[/?#]|$)",
            r"^https?://gateway\.bibliocommons\.com/v2/libraries/(?P<library>[\w-]+)",
        ),
        page=(
            r"\bgateway\.bibliocommons\.com/v2/libraries/(?P<library>[\w-]{1,50})/",
            r"\bhref=[\"']https?://(?!gateway\.|www\.|cor-)(?P<library>[\w-]{1,50})\.bibliocommons\.com/(?:v2/)?events\b",
        ),
    ),
    ways=(
        Way(
            reader="json",
            url="https://gateway.bibliocommons.com/v2/libraries/{library}/events?limit=100",
            entries=_events,
            base=(r"^(https?://)gateway(\.bibliocommons\.com)/v2/libraries/([\w-]+)/.*", r"\1\3\2/"),
            fields=fields(
                name="title",
                uid="key",
                start_date="start",
                end_date="end",
                time_zone="zone",
                url="link",
                description="description",
                venue="place.name",
                location="where",
                address="street",
                city="place.address.city",
                region="place.address.state",
                postal_code="place.address.zip",
                country="place.address.country",
                latitude="place.mapLocation.centrePoint.lat",
                longitude="place.mapLocation.centrePoint.lng",
                online="isVirtual",
                status="isCancelled",
                keywords="words",
                image="image",
            ),
            paging=ByPage("page", total="events.pagination.pages"),
        ),
    ),
    evidence="a real answer in dareonion/kid_event_calendar tests/fixtures/bibliocommons_sccl.json; the case here is "
    "made in its shape",
)
