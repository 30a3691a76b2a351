"""What holds for every platform that is declared, whatever it is."""

import dataclasses
import pkgutil
import re
from string import Formatter

import pytest

import crawlers.platforms
from crawlers.platforms import platforms
from crawlers.platforms.adapter import Platform, Way
from crawlers.platforms.adapter.recognition import Seen, recognised
from crawlers.readers import READERS
from crawlers.sources import declaration
from tests.platforms.garbage import garbage, limited
from tests.platforms.recorded import CASES
from tests.platforms.seen import embedded

ALL = list(platforms())
AT_CRAWL_TIME = re.compile(r"today(?:[+-]\d{1,4}d)?|year")
PAGES = sorted(
    path
    for folder in ("city-scrapers-chi", "readers/html", "extruct", "microformats-tests")
    for path in (CASES.parent / folder).rglob("*.htm*")
)

#: Pages of these cases that do have marks of platforms, as a person sees in them.
OF_PLATFORMS: dict[str, set[str]] = {
    "eventon_json_ld_garbled_microdata_clear/input.html": {"eventon"},
    "eventon_page_of_one_event/input.html": {"eventon"},
    "microdata_of_a_chamber_of_commerce/input.html": {"growthzone"},
    "pages/chi_library.html": {"bibliocommons"},
    "pages/chi_metro_pier_exposition.html": {"tribe"},
    "pages/chi_northwest_home_equity.html": {"events-manager"},
    "pages/chi_ssa_21.html": {"growthzone"},
    "pages/chi_ssa_26.html": {"tribe"},
    "pages/chi_ssa_4.html": {"tribe"},
    "pages/cook_hospitals.html": {"tribe"},
    "wordpress_page_with_related_and_upcoming_events/input.html": {"tribe"},
}


def patterns(platform: Platform) -> list[str]:
    marks = platform.marks
    every_page = (marks.every_page,) if marks.every_page else ()
    return [*marks.address, *marks.page, *every_page, *marks.header, *marks.prodid]


def reading(way: Way) -> Way:
    """A way without its address, and what is in the source besides: how its answers are fetched and read."""
    return dataclasses.replace(way, url="", note=None, follow=None, follow_depth=0)


def named(platform: Platform) -> str:
    return platform.name


def test_each_is_called_like_its_file() -> None:
    files = {module.name for module in pkgutil.iter_modules(crawlers.platforms.__path__) if not module.ispkg}
    assert sorted(one.name for one in ALL) == sorted(name.replace("_", "-") for name in files)
    assert len({one.title for one in ALL}) == len(ALL)


@pytest.mark.parametrize("platform", ALL, ids=named)
def test_it_can_be_recognised_and_read_or_says_why_not(platform: Platform) -> None:
    assert patterns(platform) or platform.marks.software
    assert bool(platform.ways) != bool(platform.closed)
    assert {way.reader for way in platform.ways} <= set(READERS)
    reads = {way.reader: reading(way) for way in platform.ways}
    assert all(reading(way) == reads[way.reader] for way in platform.ways), "a source is of the way that has its reader"


@pytest.mark.parametrize("platform", ALL, ids=named)
def test_its_addresses_hold_what_its_marks_find(platform: Platform) -> None:
    known = {"site", "page", *(name for pattern in patterns(platform) for name in re.compile(pattern).groupindex)}
    for way in platform.ways:
        names = {name for _, name, _, _ in Formatter().parse(way.url) if name is not None} - set(way.otherwise)
        assert {name for name in names - known if not AT_CRAWL_TIME.fullmatch(name)} == set()
        filled = way.url
        for name in names & known | set(way.otherwise):
            filled = filled.replace(
                f"{{{name}}}", "https://example.org" if way.url.startswith(f"{{{name}}}") else "one"
            )
        table = {"name": "a-source", "title": "A", "url": filled, "reader": way.reader, "platform": platform.name}
        follow = {"follow": way.follow} if way.follow else {}
        assert declaration({**table, **follow, "follow_depth": way.follow_depth}).url == filled


@pytest.mark.parametrize("platform", ALL, ids=named)
def test_a_key_says_where_it_goes_and_where_to_get_one(platform: Platform) -> None:
    for key in (way.key for way in platform.ways if way.key):
        assert bool(key.header) != bool(key.parameter)
        assert "://" not in key.host
        assert re.match(r"https://\S+", key.get_one_at)


@pytest.mark.parametrize("platform", ALL, ids=named)
def test_its_marks_are_searched_in_no_time_in_whatever_a_page_holds(platform: Platform) -> None:
    of_ways = [one for way in platform.ways for one in (way.follow, way.script, way.base and way.base[0]) if one]
    for pattern in [*patterns(platform), *of_ways]:
        compiled = re.compile(pattern, re.IGNORECASE)
        for text in garbage(pattern):
            with limited(5, f"{pattern!r} on {text[:60]!r}... and so on"):
                compiled.search(text)


@pytest.mark.parametrize("pattern", [r"<meta[^>]+content=", r"id=\d|src=['\"][^>]*x"])
def test_the_check_of_marks_finds_those_that_never_end(pattern: str) -> None:
    with pytest.raises(AssertionError, match="takes more"):  # noqa: PT012 - which text it is does not matter
        for text in garbage(pattern):
            with limited(0.1, pattern):
                re.search(pattern, text)


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("https://delta.campuslabs.com/engage/events", ["campuslabs"]),
        ("https://delta.campuslabs.com/engage/organization/sewing-club", []),
        ("https://delta.campuslabs.com/engage/event/120045", []),
    ],
)
def test_a_link_to_one_club_of_a_university_does_not_make_a_page_the_university_s(
    link: str, expected: list[str]
) -> None:
    page = f'<p>With the help of <a href="{link}">them</a>.</p>'
    found = recognised(Seen(url="https://hackathon.example.org/", page=page), ALL)
    assert [one.platform.name for one in found] == expected


@pytest.mark.parametrize("path", PAGES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_other_pages_are_not_taken_for_a_platform_s(path) -> None:
    text = path.read_text("utf-8", "replace")
    url = "https://www.example.org/about/events.html"
    found = recognised(Seen(url=url, page=text, embedded=tuple(embedded(text, url))), ALL)
    assert {one.platform.name for one in found} == OF_PLATFORMS.get(f"{path.parent.name}/{path.name}", set())
