"""python-deadlines: conferences about Python with the deadlines of their calls, kept by many hands (MIT licence).

github.com/JesperDramsch/python-deadlines has them in YAML. What happens is the conference, from `start` to `end`; its
deadlines (`cfp`) are no events, which is why its calendar of them is not read.
"""

from crawlers.platforms.adapter import Marks, Platform, Way, fields

__all__ = ["PLATFORM"]

PLATFORM = Platform(
    name="python-deadlines",
    title="Python deadlines",
    marks=Marks(
        address=(
            r"^https?://(?:www\.)?pythondeadlin\.es(?:[/?#]|$)",
            r"^https?://(?:raw\.githubusercontent\.com|github\.com)/JesperDramsch/python-deadlines",
        ),
    ),
    ways=(
        Way(
            reader="yaml",
            url="https://raw.githubusercontent.com/JesperDramsch/python-deadlines/main/_data/conferences.yml",
            fields=fields(
                name="conference",
                start_date="start",
                end_date="end",
                year="year",
                location="place",
                latitude="location[0].latitude",
                longitude="location[0].longitude",
                url="link",
                keywords="sub",
            ),
        ),
    ),
    evidence="the real file in JesperDramsch/python-deadlines _data/conferences.yml; the case is made in its shape",
)
