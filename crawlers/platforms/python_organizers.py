"""The list of Python conferences that their organizers keep: github.com/python-organizers/conferences.

A CSV file for each year; that of the next may not exist yet. Its countries are three letters (ISO 3166-1).
"""

from crawlers.platforms.adapter import Marks, Platform, Way, fields

__all__ = ["PLATFORM"]

PLATFORM = Platform(
    name="python-organizers",
    title="Python organizers' conferences",
    marks=Marks(
        address=(
            r"^https?://(?:raw\.githubusercontent\.com|github\.com)/python-organizers/conferences",
            r"^https?://python-organizers\.github\.io/conferences",
        ),
    ),
    ways=(
        Way(
            reader="csv",
            url="https://raw.githubusercontent.com/python-organizers/conferences/main/{year}.csv",
            fields=fields(
                name="Subject",
                start_date="Start Date",
                end_date="End Date",
                location="Location",
                country="Country",
                venue="Venue",
                url="Website URL",
            ),
        ),
    ),
    evidence="the real file of 2027 in python-organizers/conferences; the case here is made in its shape",
)
