"""What a person typed to say which events are looked for: the same in terminal, web and saved feeds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields

from hobnob.errors import BadValue, UnknownName

__all__ = ["PARAMETERS", "Filters", "from_parameters", "to_parameters"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Each field is an option of `hobnob search` and, by its name in PARAMETERS, a parameter of the web service.

    All is text as it was typed, and nothing is checked before `resolve`: "today" is resolved anew at each search.
    Several values of one field are alternatives; None, False and () do not filter.
    """

    text: str | None = None
    exclude: tuple[str, ...] = ()
    industry: tuple[str, ...] = ()
    near: str | None = None
    within: str | None = None
    start: str | None = None
    end: str | None = None
    kind: tuple[str, ...] = ()
    online: bool = False
    in_person: bool = False
    free: bool = False
    source: tuple[str, ...] = ()
    person: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    sort: str | None = None
    limit: str | None = None
    page: str | None = None
    all_occurrences: bool = False


_OTHER_NAMES = {"start": "from", "end": "to", "exclude": "not"}

#: The fields of Filters by their names as parameters, which are those of the options: "from", "to", "not", "in-person".
PARAMETERS = {_OTHER_NAMES.get(entry.name, entry.name.replace("_", "-")): entry.name for entry in fields(Filters)}

_DEFAULTS = {entry.name: entry.default for entry in fields(Filters)}
_YES = frozenset({"1", "true", "yes", "on", ""})
_NO = frozenset({"0", "false", "no", "off"})


def from_parameters(given: Mapping[str, Sequence[str]]) -> Filters:
    """Filters from the values of each parameter, as a URL or a file of saved feeds has them; empty texts do not count.

    Raises UnknownName for a parameter that is none, BadValue for a switch that is neither on nor off and for several
    values where there can be one.
    """
    found: dict[str, str | bool | tuple[str, ...]] = {}
    for parameter, values in given.items():
        field = PARAMETERS.get(parameter)
        if field is None:
            raise UnknownName("filter", parameter, hint=f"known are {', '.join(PARAMETERS)}")
        found[field] = _value(parameter, _DEFAULTS[field], values)
    return Filters(**{name: value for name, value in found.items() if value not in (None, "")})  # type: ignore[arg-type]


def to_parameters(filters: Filters) -> dict[str, str | bool | list[str]]:
    """The opposite: what is set, by parameter, in the order of the fields."""
    found: dict[str, str | bool | list[str]] = {}
    for parameter, field in PARAMETERS.items():
        value = getattr(filters, field)
        if value:
            found[parameter] = list(value) if isinstance(value, tuple) else value
    return found


def _value(parameter: str, default: object, values: Sequence[str]) -> str | bool | tuple[str, ...]:
    if isinstance(default, tuple):
        return tuple(value for value in values if value.strip())
    if len(values) > 1:
        raise BadValue(f"single value of {parameter!r}", ", ".join(values), hint=f"give {parameter!r} once")
    value = values[0] if values else ""
    if not isinstance(default, bool):
        return value if value.strip() else ""
    if value.casefold() not in _YES | _NO:
        raise BadValue(f"switch for {parameter!r}", value, hint="yes or no")
    return value.casefold() in _YES
