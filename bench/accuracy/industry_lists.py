"""What the lists say whose events are labelled with industries: one small reader for each, files in, texts out."""

import csv
import html
import io
import json
import re
import subprocess
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

from bench.accuracy.lists import Lists

__all__ = ["LISTS", "ListOf", "Said", "said"]


class Said(NamedTuple):
    """What a list says of one event."""

    title: str
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ListOf:
    """`repository` is "OWNER/NAME" on GitHub; `read` is given a path and its bytes, and names the entries."""

    repository: str
    commit: str
    read: Callable[[str, bytes], Iterator[tuple[str, Said]]]


_PAGE_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
_ABOUT_A_SHOW = re.compile(
    r"(?:Complete Guide to Exhibiting at|How Much Does It Cost to Exhibit at|Networking Guide(?: for|:)"
    r"|First[- ]Time Exhibit(?:ing|or)(?: at| Guide(?: to|:)?)|Networking at|Cost to Exhibit at"
    r"|First[- ]Time Exhibitor['’]s Guide to) (.*)"
)
_DAY_AND_PLACE = re.compile(r" — (?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) ")
_WHO_SAID_IT = re.compile(r"\n?\n?Source: .*$")


def _show_floor_tips(path: str, content: bytes) -> Iterator[tuple[str, Said]]:
    if path.endswith(".json"):
        for number, show in enumerate(json.loads(content)):
            yield str(number), Said(show[0], show[-1])
    elif (title := _PAGE_TITLE.search(content.decode("utf-8", "replace"))) and (
        about := _ABOUT_A_SHOW.match(html.unescape(title[1]).removesuffix(" - ShowFloorTips"))
    ):
        yield "title", Said(re.sub(r"\s*20\d\d.*$|: What to Expect$", "", about[1]).strip(" ?:"), "")


def _expos(path: str, content: bytes) -> Iterator[tuple[str, Said]]:
    text = content.decode("utf-8")
    for expo in json.loads(text[text.index("[") : text.rindex("]") + 1]):
        yield str(expo["id"]), Said(expo["title"], expo["description"])


def _community_calendar(path: str, content: bytes) -> Iterator[tuple[str, Said]]:
    for item in ElementTree.fromstring(content).iter("item"):
        title = _DAY_AND_PLACE.split(item.findtext("title") or "")[0]
        yield item.findtext("guid") or "", Said(title, _WHO_SAID_IT.sub("", item.findtext("description") or "").strip())


def _coerde(path: str, content: bytes) -> Iterator[tuple[str, Said]]:
    for event in json.loads(content)["events"]:
        yield event["event_id"], Said(event["title"], event.get("short_description") or "")


def _madrid(path: str, content: bytes) -> Iterator[tuple[str, Said]]:
    for row in csv.DictReader(io.StringIO(content.decode("latin-1")), delimiter=";"):
        yield row[" ID-EVENTO"], Said(row["TITULO"], row["DESCRIPCION"] or "")


def _feiras(path: str, content: bytes) -> Iterator[tuple[str, Said]]:
    for feira in json.loads(content):
        yield feira["slug"], Said(feira["name"], feira["description"])


def _toronto_tech_week(path: str, content: bytes) -> Iterator[tuple[str, Said]]:
    for feature in json.loads(content)["features"]:
        event = feature["properties"]
        yield event.get("slug") or "", Said(event.get("title") or "", event.get("description") or "")


def _press_releases(path: str, content: bytes) -> Iterator[tuple[str, Said]]:
    """One page each, of Markdown: its heading is the entry."""
    title, _, text = content.decode("utf-8", "replace").partition("\n")
    yield "title", Said(title.removeprefix("# ").strip(), text.strip())


LISTS = {
    "show-floor-tips": ListOf(
        repository="willieseoassist-cell/showfloortips-site",
        commit="2a66b52406afc322ea2001c000746c30971d6df3",
        read=_show_floor_tips,
    ),
    "expos-russia": ListOf(
        repository="ElCoyote85/nv_frontend", commit="7d43a39f3ec7d3bdf0f496edb55c5ce3badbcf88", read=_expos
    ),
    "community-calendar": ListOf(
        repository="judell/community-calendar",
        commit="aa4069742329bd269260cdb635f975e80e52fd23",
        read=_community_calendar,
    ),
    "coerde": ListOf(
        repository="Coerdeevents/coerde-events", commit="3e140925c4c15d35ffc34f34bb3f89da681aae34", read=_coerde
    ),
    "madrid": ListOf(
        repository="FacultadInformatica-LinkedData/Curso2021-2022-ODKG",
        commit="2460af1143ee48fc9a79d0a915ffcbac8ffcade1",
        read=_madrid,
    ),
    "feiras-brasil": ListOf(
        repository="leorotundo-dev/edro", commit="cd3184df0cd60efaab48f800255a8192706ac085", read=_feiras
    ),
    "toronto-tech-week": ListOf(
        repository="torontotechweek/torontotechweek.github.io",
        commit="2f330e9669f744b1b89c50f10a689d5841a78cd3",
        read=_toronto_tech_week,
    ),
    "press-releases": ListOf(
        repository="Newsworthyai/press-release-archive",
        commit="9b2f3f325098dd60c940f8bffb80e66bb83b152a",
        read=_press_releases,
    ),
}


def said(name: str, paths: Iterable[str], folder: Path | None) -> dict[tuple[str, str], Said] | None:
    """By path and the entry's name what a list says; None when there is no clone of it with its commit."""
    wanted = LISTS[name]
    clone = Lists(folder).clone(wanted.repository)
    if clone is None or not clone.has(wanted.commit):
        return None
    found = {}
    for path, content in _contents(clone.directory, wanted.commit, sorted(set(paths))):
        for entry, text in wanted.read(path, content):
            found.setdefault((path, entry), text)
    return found


def _contents(directory: Path, commit: str, paths: list[str]) -> Iterator[tuple[str, bytes]]:
    told = "".join(f"{commit}:{path}\n" for path in paths).encode()
    command = ["git", f"--git-dir={directory}", "cat-file", "--batch"]
    answer = memoryview(subprocess.run(command, input=told, capture_output=True, check=True).stdout)
    for path in paths:
        end = bytes(answer[:2000]).index(b"\n")
        size = int(bytes(answer[:end]).split()[-1])
        yield path, bytes(answer[end + 1 : end + 1 + size])
        answer = answer[end + 2 + size :]
