"""What is seen of the home page of a case: what `crawlers.platforms.adapter.recognition` looks at."""

import json
import re
from collections.abc import Iterator
from urllib.parse import urljoin

from lxml import html

from crawlers.platforms.adapter.recognition import Seen
from tests.platforms.player import Answer, Player
from tests.platforms.recorded import Case

__all__ = ["embedded", "seen_at_home"]

_EMBEDDED = "//iframe/@src | //script/@src | //embed/@src | //object/@data | //link[@rel='alternate']/@href"
_CALENDAR = re.compile(r"webcal:|\.ics\b|\bical|calendar\.google\.com", re.IGNORECASE)


def seen_at_home(case: Case, player: Player) -> Seen:
    """`home` as whoever fetches it sees it, redirects followed, and the software that the site's NodeInfo names."""
    player.play(case.answers)
    answer = _fetched(player, case.home)
    text = answer.body.decode("utf-8", "replace")
    is_calendar = "BEGIN:VCALENDAR" in text[:200]
    is_page = not is_calendar and ("html" in answer.type or text.lstrip().startswith("<"))
    return Seen(
        url=answer.url,
        embedded=tuple(embedded(text, answer.url)) if is_page else (),
        page=text if is_page else "",
        header="\n".join(f"{name}: {value}" for name, value in answer.headers.items()),
        prodid=_prodid(text) if is_calendar else "",
        software=_software(player, answer.url),
    )


def _fetched(player: Player, url: str) -> Answer:
    for _ in range(5):
        answer = player.answer(url, {})
        if answer.status not in (301, 302, 303, 307, 308):
            break
        url = urljoin(url, answer.headers["Location"])
    return answer


def embedded(text: str, url: str) -> Iterator[str]:
    """What the page embeds, and the calendars that it links to."""
    page = html.fromstring(text.encode() or b"<p>")
    yield from (urljoin(url, str(address)) for address in page.xpath(_EMBEDDED))
    yield from (urljoin(url, str(address)) for address in page.xpath("//a/@href") if _CALENDAR.search(str(address)))


def _prodid(text: str) -> str:
    found = re.search(r"^PRODID[^:]*:(.*?)\r?$", re.sub(r"\r?\n[ \t]", "", text), re.MULTILINE)
    return found[1] if found else ""


def _software(player: Player, url: str) -> str:
    known = _fetched(player, urljoin(url, "/.well-known/nodeinfo"))
    if known.status != 200:
        return ""
    document = json.loads(_fetched(player, json.loads(known.body)["links"][-1]["href"]).body)
    return str(document["software"]["name"])
