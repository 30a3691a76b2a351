"""Regular expressions for people: what a pattern looks for, with "…" for what may be anything."""

import re

__all__ = ["in_words"]

_TOKEN = re.compile(
    r"(?P<name>\(\?P<(?P<group>\w+)>)|(?P<look>\(\?<?[=!])|(?P<open>\((?:\?(?:[a-z-]*:|>))?)|(?P<close>\))|(?P<bar>\|)"
    r"|(?P<quantity>(?:[*+?]|\{\d*(?:,\d*)?\})[?+]?)|(?P<set>\[\^?\]?(?:\\.|[^\]\\])*\])|(?P<class>\\[wWdDsS]|\.)"
    r"|(?P<edge>[$^]|\\[bBAZ])|\\(?P<escaped>.)|(?P<plain>.)",
    re.DOTALL,
)

_SCHEME = re.compile(r"https\?:(?://|/\{2\})|\(\?:(?:https?\??|webcal|feed)(?:\|(?:https?\??|webcal|feed))*\):/?/?/\??")
_NAME = re.compile(r"[a-z]{3}")


def in_words(pattern: str) -> str:
    """`^https?://[^/]+/cal/(?P<id>\\w+)\\.ics` as "…/cal/{id}.ics"; a choice as "(a or b)".

    What a name stands for is told where it says more than the name.
    """
    text = _choice(list(_TOKEN.finditer(_SCHEME.sub("", pattern)))[::-1])
    return re.sub(r"…+", "…", text).strip() or "…"


def _choice(tokens: list[re.Match[str]]) -> str:
    """What stands up to the closing bracket, or to the end."""
    choices = [""]
    while tokens:
        token = tokens.pop()
        if token["close"]:
            break
        if token["bar"]:
            choices.append("")
            continue
        choices[-1] += _quantified(_item(token, tokens), tokens)
    several = list(dict.fromkeys(choice for choice in choices if choice))
    return several[0] if len(several) == 1 else f"({' or '.join(several)})" if several else ""


def _item(token: re.Match[str], tokens: list[re.Match[str]]) -> str:
    if token["name"] or token["look"] or token["open"]:
        return _bracket(token, _choice(tokens))
    if token["class"] == "\\s":
        return " "
    if token["set"] or token["class"]:
        return "…"
    return token["escaped"] or token["plain"] or ""


def _bracket(token: re.Match[str], inside: str) -> str:
    if token["look"]:
        return ""
    if token["open"] or token["group"] == "site" or _NAME.search(inside.replace(" or ", "")):
        return inside
    return f"{{{token['group']}}}"


def _quantified(item: str, tokens: list[re.Match[str]]) -> str:
    """What may be missing is left out."""
    if not tokens or not tokens[-1]["quantity"]:
        return item
    quantity = tokens.pop()["quantity"]
    if quantity[0] in "?*" or quantity.startswith(("{0", "{,")):
        return "…" if item == "…" and quantity != "?" else ""
    return item
