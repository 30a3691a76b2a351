"""Event platforms: one small file for each, which says how to recognise it and where its events are.

A file `name_of_it.py` has one `PLATFORM`; nothing else registers it. Most of it is declaration, made of what
`crawlers.platforms.adapter` offers. docs/add-a-platform.md walks through adding one.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from crawlers.platforms.adapter import Platform, Way
from hobnob.errors import SettingsError
from hobnob.nearest import nearest
from hobnob.sources import Source

__all__ = ["check_keys", "platform", "platforms", "way_of"]


def platform(name: str) -> Platform:
    """The platform called `name`; raises KeyError when there is none."""
    return _all()[name]


def platforms() -> Iterator[Platform]:
    """All of them, by name."""
    return iter(_all().values())


def way_of(source: Source) -> Way | None:
    """The way by which `source` reads its platform, that of its reader; None when its platform is not known."""
    known = _all().get(source.platform) if source.platform else None
    return next((way for way in known.ways if way.reader == source.reader), None) if known else None


def check_keys(names: Iterable[str]) -> None:
    """Raises SettingsError when one of the user's keys is for no platform that wants one."""
    names = tuple(names)
    if not names:
        return
    wanted = sorted(name for name, known in _all().items() if any(way.key for way in known.ways))
    for name in names:
        if name not in wanted:
            meant = nearest(name, wanted)
            hint = f"did you mean {' or '.join(meant)}?" if meant else f"platforms that want one: {', '.join(wanted)}"
            raise SettingsError(f"the settings have a key for {name!r}, which is no platform that wants one", hint=hint)


@cache
def _all() -> Mapping[str, Platform]:
    names = sorted(module.name for module in iter_modules(__path__) if not module.ispkg)
    found = (import_module(f"{__name__}.{name}").PLATFORM for name in names)
    return {one.name: one for one in found}
