"""Wild Apricot: clubs, societies and professional chapters.

In its RSS the time of publication is the start of the event, in UTC; an end is not told, a place only in the text. The
day stands once more behind the title: "Annual meeting (Thu, Dec 10, 2026)".
"""

from crawlers.platforms.adapter import Marks, Platform, Way, fields

__all__ = ["PLATFORM"]

_FIELDS = fields(
    name={"at": "title", "match": r"^(.*?)\s*(?:\([^()]*\b\d{4}\b[^()]*\)\s*)?$"},
    start_date="pubdate",
)

PLATFORM = Platform(
    name="wild-apricot",
    title="Wild Apricot",
    marks=Marks(
        address=(
            r"^(?P<feed>https?://[^?#]+/EventModule/\d{1,12}/RSS)",
            r"^(?P<feed>https?://[^?#]+\.wildapricot\.org/(?:widget/)?events/RSS)",
            r"^(?P<site>https?://(?!(?:www|help|support|forums?|live-sf|sf|cdn|kb)\.)[\w.-]+\.wildapricot\.(?:org|com))"
            r"(?:[/?#]|$)",
        ),
        page=(
            r"(?P<feed>https?://[^\s\"'<>\\]{1,200}/EventModule/\d{1,12}/RSS)",
            r"/EventModule/\d",
            r"\bWaGlobal|\bWaMasterPage\b|id=[\"']id_[\w]{1,40}_wa[A-Z]\w{0,40}",
            r"[\"'](?:https?:)?//(?:live-sf|sf|cdn|kb)\.wildapricot\.(?:org|com)/",
        ),
    ),
    ways=(
        Way(reader="feed", url="{feed}", fields=_FIELDS, note="no ends, and places only in the text"),
        Way(reader="feed", url="{site}/events/RSS", fields=_FIELDS, note="no ends, and places only in the text"),
    ),
    evidence=None,
)
