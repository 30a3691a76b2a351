"""frab's schedule.xml: programmes of hackers' congresses, BSD and Linux days, FOSDEM; also in JSON.

Many programs write it besides frab: Pentabarf, wafer, eventyay, Indico and websites made by hand (schema:
github.com/voc/schedule). The conference is one event here, its talks are not (crawlers.platforms.adapter.programme).
"""

from collections.abc import Iterator
from typing import Any

from crawlers.platforms.adapter import Marks, Platform, Way
from crawlers.platforms.adapter.programme import CONFERENCE, conference

__all__ = ["PLATFORM"]


def _conference(answer: Any) -> Iterator[dict[str, Any]]:
    """Of XML the root is the schedule, in JSON it has a name."""
    yield conference(answer.get("schedule", answer))


_FILE = r"schedule(?:[._-]\w{1,20})?\.xml"

PLATFORM = Platform(
    name="frab",
    title="frab schedule.xml",
    marks=Marks(
        address=(rf"(?P<schedule>^https?://[^\s?#]+/{_FILE})(?:$|[?#])",),
        page=(
            rf"(?:href=|\s)[\"']?(?P<schedule>https?://[^\s\"'<>?#]{{1,300}}/{_FILE})",
            rf"href=[\"'](?P<path>/(?!/)[^\s\"'<>?#]*{_FILE})",
            r"<meta[^<>]{1,200}content=\"frab\b",
        ),
    ),
    ways=(
        Way(reader="xml", url="{schedule}", entries=_conference, fields=CONFERENCE),
        Way(reader="xml", url="{site}{path}", entries=_conference, fields=CONFERENCE),
        Way(reader="xml", url="{site}/schedule.xml", entries=_conference, fields=CONFERENCE),
        Way(reader="json", url="{site}/schedule.json", entries=_conference, fields=CONFERENCE),
    ),
    evidence="the programmes of a congress in FelixU/31C3-Fahrplan schedule.xml and of a camp in voc/schedule "
    "validator/json/examples/frab-camp2019.json and hub-schedule2.json; the cases here are made in their shape",
)
