"""confs.tech: lists of conferences for developers, kept by many hands on GitHub (MIT licence).

github.com/tech-conferences/conference-data: a file for each year and topic; that of the next year may not exist yet.
"""

from crawlers.platforms.adapter import Marks, Platform, Way

__all__ = ["PLATFORM"]

_FILES = "https://raw.githubusercontent.com/tech-conferences/conference-data/main/conferences/{year}"
_REPOSITORY = r"tech-conferences/conference-data"

PLATFORM = Platform(
    name="confs-tech",
    title="confs.tech",
    marks=Marks(
        address=(
            rf"^https?://(?:raw\.githubusercontent\.com|github\.com|cdn\.jsdelivr\.net)/(?:gh/)?{_REPOSITORY}"
            r"(?:[@/][^?#]*?/conferences/\d{4}/(?P<topic>[a-z0-9-]+)\.json)?",
            r"^https?://(?:www\.)?confs\.tech(?:/(?P<topic>(?!new|cfp)[a-z][a-z0-9-]*))?(?:[/?#]|$)",
        ),
    ),
    ways=(
        Way(reader="confs-tech", url=f"{_FILES}/{{topic}}.json"),
        Way(reader="confs-tech", url=f"{_FILES}/general.json", note="the general topic, where none is named"),
    ),
    evidence="real files of tech-conferences/conference-data, two of them in the cases of the reader and one here",
)
