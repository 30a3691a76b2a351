"""What an event is about: DESCRIPTION (RFC 5545, 3.8.1.5), STYLED-DESCRIPTION (RFC 9073, 6.5), Outlook's X-ALT-DESC."""

import re

from crawlers.readers.calendars.fields import Fields, unescaped
from crawlers.readers.plain_text import prose

__all__ = ["description"]

_SPACE = re.compile(r"\s+")
_ENOUGH_TO_COMPARE = 20


def description(fields: Fields) -> str | None:
    """The DESCRIPTION; the styled one where it is missing, or where it is only the beginning of that one."""
    plain = prose(fields.text("DESCRIPTION"))
    styled = _styled(fields)
    if styled is None or plain is None:
        return plain or styled
    shown, whole = _SPACE.sub("", plain).rstrip("….[]"), _SPACE.sub("", styled)
    return styled if len(whole) > len(shown) >= _ENOUGH_TO_COMPARE and whole.startswith(shown) else plain


def _styled(fields: Fields) -> str | None:
    for prop in (*fields.all("STYLED-DESCRIPTION"), *fields.all("X-ALT-DESC")):
        if prop.params.get("VALUE", "").upper() != "URI" and (text := prose(unescaped(prop.value))):
            return text
    return None
