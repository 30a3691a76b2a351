"""A price as people and programs write it: a number, a currency before or after it, or a word for nothing to pay."""

import re
from decimal import Decimal, InvalidOperation

__all__ = ["SIGNS", "price"]

#: Signs of money that mean one currency (ISO 4217); "$", "kr" and "¥" do not.
SIGNS = {
    "€": "EUR", "£": "GBP", "₹": "INR", "₽": "RUB", "₩": "KRW", "₺": "TRY", "₴": "UAH", "₪": "ILS", "zł": "PLN",
    "Kč": "CZK", "US$": "USD", "CA$": "CAD", "C$": "CAD", "AU$": "AUD", "A$": "AUD", "NZ$": "NZD", "R$": "BRL",
}  # fmt: skip

_MOST_DIGITS = 12
_FREE = frozenset({
    "free", "free admission", "free entry", "free event", "free of charge", "gratis", "kostenlos", "kostenfrei",
    "eintritt frei", "gratuit", "entrée libre", "gratuito",
})  # fmt: skip
# Of ISO 4217 those of more than a few million people, without those that are words.
_CODE = re.compile(
    "AED|ARS|AUD|BDT|BGN|BHD|BOB|BRL|CAD|CHF|CLP|CNY|COP|CRC|CZK|DKK|DOP|DZD|EGP|ETB|EUR|GBP|GEL|GHS|GTQ|HKD|HNL|HUF"
    "|IDR|ILS|INR|ISK|JOD|JPY|KES|KRW|KWD|KZT|LBP|LKR|MAD|MXN|MYR|NGN|NIO|NOK|NPR|NZD|OMR|PEN|PHP|PKR|PLN|PYG|QAR|RON"
    "|RSD|RUB|RWF|SAR|SEK|SGD|THB|TND|TRY|TWD|TZS|UAH|UGX|USD|UYU|UZS|VND|XAF|XOF|ZAR|ZMW",
    re.IGNORECASE,
)
_GROUPED = re.compile(r"[ '\u00a0\u202f]")
_CENTS = re.compile(r"[.,](\d{1,2})\Z")
_PRICE = re.compile(
    r"([^\d\s.,-]{1,4}\s?)?(\d{1,12}(?:[., '\u00a0\u202f]\d{3})*?(?:[.,]\d{1,2})?)(?:,?[-–—]+)?(\s?[^\d\s.,-]{1,4})?"
)


def price(text: str) -> tuple[str | None, str | None]:
    """ "$35", "25,00 €", "1,250.00" or "EUR 15,-" as a decimal number, "0" for nothing to pay, with the currency (ISO
    4217) if what stands beside it means only one; (None, None) for what is no single price."""
    if text.isdecimal() and len(text) <= _MOST_DIGITS:
        return str(int(text)), None
    if text.lower().rstrip(" .!") in _FREE:
        return "0", None
    match = _PRICE.fullmatch(text)
    if not match:
        return None, None
    digits = _GROUPED.sub("", match[2])
    cents = _CENTS.search(digits)
    whole = (digits[: cents.start()] if cents else digits).replace(".", "").replace(",", "")
    try:
        number = Decimal(f"{whole}.{cents[1]}" if cents else whole)
    except InvalidOperation:
        return None, None
    return (str(number) if number else "0"), _currency(match[1]) or _currency(match[3])


def _currency(written: str | None) -> str | None:
    sign = (written or "").strip()
    return SIGNS.get(sign) or (sign.upper() if _CODE.fullmatch(sign) else None)
