"""Leads to the ways of platforms: from what is recognised in an address, on a page, in a calendar, behind links."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from crawlers.discovery.found import Lead, Promise
from crawlers.discovery.page_leads import Linked, PageLeads
from crawlers.discovery.parts import keeps_to, part_of
from crawlers.platforms import platforms
from crawlers.platforms.adapter.recognition import Recognised, Seen, recognised
from crawlers.readers.web_address import is_front_page, same_site, without_fragment
from hobnob.moments import zone_info

__all__ = ["is_on_shared_host", "leads_from_page", "platform_leads", "software_leads", "ways"]

_MOST_ANCHORS = 500
_MOST_EMBEDDED = 50
_FEW = 2
_MARKS = {
    "address": "its address",
    "software": "the software that the site names",
    "header": "the header of the answer",
    "prodid": "the PRODID of its calendar",
    "embedded": "what the page embeds",
    "page": "marks on the page",
}


def platform_leads(url: str) -> tuple[list[Lead], str | None]:
    """What the address alone says: leads by its platform's ways, and why a closed platform cannot be read."""
    found = recognised(Seen(url=url), platforms())
    closed = next((one.platform.closed for one in found if one.platform.closed and one.mark == "address"), None)
    return list(ways(found, url, 0)), closed


def software_leads(software: str, url: str) -> list[Lead]:
    """What the name of the software of a site says."""
    return list(ways(recognised(Seen(url=url, software=software), platforms()), url, 0))


def is_on_shared_host(url: str) -> bool:
    """Whether the address is on a host that all who use a platform share: its home page is nobody's own."""
    found = [one.platform for one in recognised(Seen(url=url), platforms()) if one.mark == "address"]
    return any(one.ways and not any("{site}" in way.url or "{page}" in way.url for way in one.ways) for one in found)


def leads_from_page(found: Sequence[Recognised], linked: PageLeads, page: str, depth: int) -> list[Lead]:
    """What a page that has marks of the platforms `found` leads to by their ways, and by those of platforms on which it
    names calendars.

    Where it names a part of another site's calendar, the whole of that is not meant.
    """
    leads = [*ways(found, page, depth), *_embedded(linked, page, depth), *_linked(linked.anchors, page, depth)]
    named = [one.url for one in linked.leads if not same_site(one.url, page)]
    parts = [(url, part) for url in named if (part := part_of(url))]
    return [
        lead
        for lead in leads
        if all(keeps_to(part, lead.url) or not _is_on_host_of(lead.url, url) for url, part in parts)
    ]


def ways(found: Iterable[Recognised], page: str, depth: int) -> Iterator[Lead]:
    """The ways of platforms that were recognised on `page`."""
    for one in found:
        zone = one.parameters.get("time_zone")
        for way, url in one.addresses():
            yield Lead(
                url=url,
                why=f"{one.platform.title}, recognised by {_MARKS[one.mark]}",
                promise=Promise.PLATFORM,
                page=page,
                platform=one.platform.name,
                way=way,
                time_zone=zone if zone and zone_info(zone) else None,
                depth=depth,
            )


def _embedded(linked: PageLeads, page: str, depth: int) -> Iterator[Lead]:
    """Further calendars of one platform that a page embeds: recognition tells the parameters of the first only."""
    for url in linked.embedded[:_MOST_EMBEDDED]:
        found = recognised(Seen(url=page, embedded=(url,)), platforms())
        yield from ways((one for one in found if one.mark == "embedded"), page, depth)


def _linked(anchors: Sequence[Linked], page: str, depth: int) -> Iterator[Lead]:
    """Calendars on platforms that the page links to, where it is one or two: more of them are others' calendars.

    A platform that is one list for all (a way that is the same for whoever is linked to) is not the page's. Where only
    the page that is linked to tells whose calendar it is, that page is the lead.
    """
    by_platform: dict[str, dict[str, list[Lead]]] = {}
    outside = [one.url for one in anchors if not same_site(one.url, page)][:_MOST_ANCHORS]
    for url in outside:
        for one in recognised(Seen(url=url), platforms()):
            if one.mark != "address" or one.platform.closed:
                continue
            part = part_of(url)
            leads = [lead for lead in ways([one], url, depth) if keeps_to(part, lead.url) and not _is_for_all(lead)]
            if not leads and not depth and not any(one.addresses()) and not is_front_page(url):
                leads = [_page_of_platform(one, url)]
            if leads:
                by_platform.setdefault(one.platform.name, {})[leads[0].url] = leads
    for found in by_platform.values():
        if len(found) <= _FEW:
            for leads in found.values():
                yield from (
                    replace(one, promise=Promise.LINKED_PLATFORM, why=f"the page links to {one.why}") for one in leads
                )


def _page_of_platform(one: Recognised, url: str) -> Lead:
    return Lead(
        url=without_fragment(url),
        why=f"a page of {one.platform.title}",
        promise=Promise.LINKED_PLATFORM,
        platform=one.platform.name,
        depth=1,
    )


def _is_for_all(lead: Lead) -> bool:
    return lead.way is not None and lead.way.url == lead.url


def _is_on_host_of(url: str, other: str) -> bool:
    return urlsplit(url).netloc.lower() == urlsplit(other).netloc.lower()
