"""Text that is safe to put out: crawled text goes to no terminal, page or spreadsheet without passing here.

Taken out: control characters (C0 with ESC, DEL, C1), the bidirectional controls that can make a line read other
than it is (Unicode UAX #9: embeddings, overrides and isolates; CVE-2021-42574), and byte order marks. A lone
surrogate, which no encoding can hold, becomes U+FFFD. Joiners and direction marks stay: emoji and scripts need them.
"""

import re

__all__ = ["block", "cell", "line", "without_password"]

_UNSAFE = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_BREAK = re.compile("\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_PASSWORD = re.compile(r"(://[^:@/]*:).*(?=@)")
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


def line(text: str) -> str:
    """`text` as one line: nothing unsafe, every run of white space one space, none at the ends."""
    return " ".join(_safe(text).split())


def block(text: str) -> str:
    """`text` with its lines: nothing unsafe, each line as `line` makes it, at most one empty line between two."""
    lines = (" ".join(part.split()) for part in _BREAK.split(_safe(text)))
    return re.sub("\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def cell(text: str) -> str:
    """`text` as one line that no spreadsheet takes for a formula: one that would start as one gets an apostrophe.

    The characters are OWASP's ("CSV Injection"), with their full-width forms, which some programs treat alike.
    """
    safe = line(text)
    return f"'{safe}" if safe.startswith(_FORMULA) else safe


def without_password(url: str) -> str:
    """A database URL, perhaps a wrong one, with *** for its password."""
    return _PASSWORD.sub(r"\1***", url)


def _safe(text: str) -> str:
    if text.isprintable():
        return text
    return _SURROGATE.sub("\ufffd", _UNSAFE.sub("", text))
