"""Guild (guild.host): groups of developers and other professionals.

The page of a group links to those of its coming events, each of which states its event for programs (JSON-LD).
"""

from crawlers.platforms.adapter import Marks, Platform, Way

__all__ = ["PLATFORM"]

_NO_GUILDS = "about|api|blog|discover|events|explore|guilds?|help|legal|login|my|pricing|privacy|search|settings|terms"

PLATFORM = Platform(
    name="guild",
    title="Guild",
    marks=Marks(
        address=(rf"^https?://(?:www\.)?guild\.host/(?!(?:{_NO_GUILDS})(?:[/?#]|$))(?P<guild>[\w-]{{2,100}})",),
    ),
    ways=(
        Way(
            reader="html",
            url="https://guild.host/{guild}/events",
            follow_depth=1,
            follow=r"//(?:www\.)?guild\.host/events/[\w-]+/?(?:[?#]|$)",
        ),
    ),
    evidence=None,
)
