"""Sugar Calendar: a small WordPress plugin of breweries, parishes and clubs.

It has no feed. The block of a month holds all events of that month, each with its number, times and page; the other
months are only shown by a script.
"""

from crawlers.platforms.adapter import Marks, Platform, Way, fields

__all__ = ["PLATFORM"]

PLATFORM = Platform(
    name="sugar-calendar",
    title="Sugar Calendar (WordPress)",
    marks=Marks(
        page=(
            r"/plugins/sugar-calendar(?:-lite)?/",
            r"\bclass=[\"'][^\"']{0,300}\bsugar-calendar-(?:block|event)",
        )
    ),
    ways=(
        Way(
            reader="html",
            url="{page}",
            fields=fields(
                entries="[data-eventurl]",
                name="[class$='event-cell__title']",
                uid="::attr(data-eventid)",
                url="::attr(data-eventurl)",
                start_date="time:nth-of-type(1)::attr(datetime)",
                end_date="time:nth-of-type(2)::attr(datetime)",
            ),
            note="the month that the page shows, without places",
        ),
    ),
    evidence="a real page in prestomation/206events sources/urban_family_brewing; the case here is made in its shape",
)
