"""A UID for an event whose source gives it none, or one that cannot be kept."""

import hashlib

__all__ = ["bounded", "digest"]

_LONGEST = 500


def digest(*parts: object) -> str:
    """The same UID for the same parts, whatever their case and spacing: 32 hexadecimal digits."""
    text = "\n".join(" ".join(str(part).casefold().split()) for part in parts if part is not None)
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:32]


def bounded(uid: str) -> str:
    """`uid`, its end replaced by a digest where it is too long to be a key."""
    return uid if len(uid) <= _LONGEST else f"{uid[: _LONGEST - 33]}-{digest(uid)}"
