"""Mobilizon: groups of neighbours, activists and culture, on many servers that know of each other.

https://docs.mobilizon.org: every group has a calendar at `/@GROUP/feed/ics`; a server has one of all its public events
at `/feed/instance/ics`, unless it is switched off. At most 500 events, with their status and place.
"""

from crawlers.platforms.adapter import Marks, Platform, Way

__all__ = ["PLATFORM"]


PLATFORM = Platform(
    name="mobilizon",
    title="Mobilizon",
    marks=Marks(
        address=(
            r"^(?:https?|webcal)://[^/]+/(?P<list>@[\w.%-]{1,100}(?:@[\w.:-]{1,100})?/feed)/(?:ics|atom)\b",
            r"^(?:https?|webcal)://[^/]+/(?P<list>feed/instance)/(?:ics|atom)\b",
        ),
        page=(
            r"href=\"[^\"<>]{0,200}/(?P<list>@[\w.%-]{1,100}(?:@[\w.:-]{1,100})?/feed)/(?:ics|atom)\"",
            r"content=\"@joinmobilizon\"",
            r"We&#39;re sorry but Mobilizon|We're sorry but Mobilizon",
        ),
        every_page=r"mobilizon",
        prodid=(r"//Mobilizon\b",),
        software=("mobilizon",),
    ),
    ways=(
        Way(
            reader="ics",
            url="{site}/{list}/ics",
            otherwise={"list": "feed/instance"},
            note="at most 500 events",
        ),
    ),
    evidence="the calendar that test/service/export/icalendar_test.exs of framasoft/mobilizon expects of the program; "
    "the case here is made in its shape",
)
