"""Sched: programmes of conferences and festivals, each at EVENT.sched.com.

`/all.ics` has every session, in UTC and with strays of other editions. The conference is one event here, its sessions
are not (crawlers.platforms.adapter.programme): declare its days' zone as that of the source, and its name as the title.
"""

from crawlers.platforms.adapter import Marks, Platform, Way

__all__ = ["PLATFORM"]

_NOT_AN_EVENT = r"(?!www\.|static\.|api\.|cdn\.|support\.|blog\.|help\.)"

PLATFORM = Platform(
    name="sched",
    title="Sched",
    marks=Marks(
        address=(rf"^https?://{_NOT_AN_EVENT}(?P<event>[\w-]+)\.sched\.(?:com|org)(?:[/?#]|$)",),
        page=(rf"(?:href|src)=[\"']?(?:https?:)?//{_NOT_AN_EVENT}(?P<event>[\w-]+)\.sched\.(?:com|org)[/\"']",),
        prodid=(r"-//Sched\.(?:com|org)\b",),
    ),
    ways=(
        Way(
            reader="ics",
            url="https://{event}.sched.com/all.ics",
            programme=True,
            note="the title of the source is the name of the conference",
        ),
    ),
    evidence="the head and the first session of a real all.ics (Litquake 2026), as a public program quotes them; the "
    "case here is made in their shape",
)
