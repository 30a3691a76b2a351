"""The spiders of single sites: what each reads in its saved pages (tests/cases/sites), and how it is crawled."""

import dataclasses
import datetime as dt
import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from urllib.parse import urljoin

import pytest
import time_machine

from crawlers.discovery.found import Answer as Fetched
from crawlers.discovery.stored import read_as_declared
from crawlers.readers import Context
from crawlers.run import crawl
from crawlers.sources import load, set_enabled
from crawlers.spiders import spider_class
from crawlers.spiders.site_page import SitePage
from crawlers.spiders.site_spider import SiteSpider
from crawlers.spiders.sites import names, spider_called
from hobnob.errors import ReadError, SourceError
from hobnob.observations import Follow, Observation, Skipped
from hobnob.settings import Settings
from tests.platforms.player import Answer, Player, playing
from tests.readers.case_folders import differences, plain

CASES = Path(__file__).parents[1] / "cases" / "sites"
FOLDERS = sorted(path.parent for path in CASES.glob("*/*/case.toml"))
OF_THE_LIST_ONLY = {"evidence", "note", "enabled", "declared_in"}


def read(name: str, data: bytes, url: str, now: dt.datetime) -> list:
    spider = spider_called(name)()
    source = spider.source()
    context = Context(
        now=now,
        source=name,
        url=url,
        time_zone=source.time_zone,
        language=source.language,
        date_order=source.date_order,
    )
    return list(spider.reading(data, context))


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: f"{folder.parent.name}/{folder.name}")
def test_a_saved_page_gives_what_a_person_reads_in_it(folder):
    case = tomllib.loads((folder / "case.toml").read_text("utf-8"))
    expected = json.loads((folder / "expected.json").read_text("utf-8"))
    assert case["provenance"]
    assert case["licence"] == "MIT"
    found = read(folder.parent.name, (folder / "page.html").read_bytes(), case["url"], case["now"])
    events = [one for one in found if isinstance(one, Observation)]
    assert len(events) == expected["count"]
    assert len({one.uid for one in events}) == len(events)
    for number, event in expected["events"].items():
        assert differences(event, plain(events[int(number)]), f"event {number}") == []
    follows = [[urljoin(case["url"], one.url), one.as_what] for one in found if isinstance(one, Follow)]
    assert follows == expected.get("follow", [])
    reasons = [{"reason": one.reason} for one in found if isinstance(one, Skipped)]
    assert reasons == expected.get("skipped", [])


def test_every_site_has_a_page_and_a_declaration_that_says_the_same():
    assert {folder.parent.name for folder in FOLDERS} == set(names())
    assert len(names()) >= 10
    declared = load()
    for name in names():
        said, stated = spider_called(name).source(), declared[name]
        for field in dataclasses.fields(said):
            if field.name not in OF_THE_LIST_ONLY:
                assert getattr(said, field.name) == getattr(stated, field.name), (name, field.name)
        assert spider_class(stated) is spider_called(name)


@pytest.mark.parametrize("name", names())
@pytest.mark.parametrize(
    "data", [b"", b"<html><title>Closed</title></html>", b"\x00" * 2000, b"<div>" * 5000, b"\xff\xfe<p>x"]
)
def test_a_page_of_something_else_says_so(name, data):
    with pytest.raises(ReadError, match=f"nothing on it that the spider '{name}' looks for"):
        read(name, data, "https://site.example/", dt.datetime(2026, 11, 23, tzinfo=dt.timezone.utc))


def test_an_entry_that_breaks_its_spider_is_skipped():
    context = Context(now=dt.datetime(2026, 11, 23, tzinfo=dt.timezone.utc), source="a", url="https://a.example/")
    page = SitePage.opened(b"<ul><li>1 May 2027<li>Never</ul>", context)
    found = list(page.each(page.css("li"), lambda item: {"name": "A", "dates": item.css("::text").re(r"\d.*")[0]}))
    assert found[0] == {"name": "A", "dates": "1 May 2027"}
    assert isinstance(found[1], Skipped)
    assert found[1].reason == "'Never': IndexError: list index out of range"


def test_no_scrapy_is_needed_to_list_them():
    program = "import sys; from crawlers.sources import load; load(); sys.exit('scrapy' in sys.modules)"
    subprocess.run([sys.executable, "-c", program], cwd=Path(__file__).parents[2], check=True, timeout=60)


def test_a_declaration_names_a_spider_that_is_there(tmp_path):
    own = '[[source]]\nname = "mine"\ntitle = "Mine"\nurl = "https://a.example/"\nreader = "html"\nspider = "{}"\n'
    (tmp_path / "own.toml").write_text(own.format("il-elections"))
    assert spider_class(load(tmp_path)["mine"]) is spider_called("il-elections")
    set_enabled(tmp_path, load(tmp_path)["chi-board-of-health"], False)
    assert not load(tmp_path)["chi-board-of-health"].enabled
    (tmp_path / "own.toml").write_text(own.format("il-election"))
    with pytest.raises(SourceError, match=r"spider 'il-election' is unknown \(did you mean 'il-elections'\?\)"):
        load(tmp_path)


def test_a_site_of_several_pages_is_crawled_page_by_page(tmp_path, monkeypatch):
    folder = CASES / "il-liquor-control"
    source = load()["il-liquor-control"]
    listed = (folder / "list_of_links" / "page.html").read_bytes()
    meeting = (folder / "page_of_a_meeting" / "page.html").read_bytes()
    pages = "https://www2.illinois.gov/ilcc/Events/Pages/Board-Meeting-"
    answers = [
        _page(source.url, listed),
        _page(f"{pages}9-18-19.aspx", meeting),
        _page(
            f"{pages}10-16-19.aspx",
            meeting.replace(b"September 18, 2019", b"October 16, 2019").replace(b"9-18-19", b"10-16-19"),
        ),
        _page(f"{pages}11-20-19.aspx", b"<html><title>Gone</title></html>"),
    ]
    (tmp_path / "player").mkdir()
    with playing(tmp_path / "player") as player:
        _pointed_at(player, monkeypatch)
        player.play(answers)
        delivered = []
        with time_machine.travel(dt.datetime(2019, 9, 8, 12, tzinfo=dt.timezone.utc)):
            (report,) = crawl(
                [source],
                settings=Settings(config_dir=tmp_path, data_dir=tmp_path, download_delay=0),
                deliver=delivered.append,
            )
    events = sorted((one for one in delivered if isinstance(one, Observation)), key=lambda one: str(one.start_date))
    assert [(one.name, str(one.start_date)) for one in events] == [
        ("Board Meeting", "2019-09-18T13:00:00[America/Chicago]"),
        ("Board Meeting", "2019-10-16T13:00:00[America/Chicago]"),
    ]
    assert len({one.uid for one in events}) == 2
    assert report.read == 2
    assert report.fetched == 4
    assert any("12-11-19" in error for error in report.errors)


def _page(url: str, body: bytes) -> Answer:
    return Answer(url=url, body=body, type="text/html", status=200, headers={}, wants={})


def _pointed_at(player: Player, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("no_proxy", "NO_PROXY", "HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.delenv(name, raising=False)
    for name, value in player.environment.items():
        monkeypatch.setenv(name, value)


def test_the_spider_of_the_documentation_reads_its_page():
    document = (Path(__file__).parents[2] / "docs" / "add-a-site.md").read_text("utf-8")
    blocks = dict(re.findall(r"^```(\w+)\n(.*?)^```$", document, re.MULTILINE | re.DOTALL))
    module: dict[str, object] = {}
    exec(compile(blocks["python"], "docs/add-a-site.md", "exec"), module)
    spider = module["RivertonCouncil"]
    assert issubclass(spider, SiteSpider)
    source = spider.source()
    context = Context(
        now=dt.datetime(2026, 11, 23, tzinfo=dt.timezone.utc),
        source=source.name,
        url=source.url,
        time_zone=source.time_zone,
        language=source.language,
    )
    found = list(spider().reading(blocks["html"].encode(), context))
    rows = [
        f"| {one.start_date} | {one.name} | {one.event_status or ''}" for one in found if isinstance(one, Observation)
    ]
    assert rows
    assert [row for row in document.split("\n") if row.startswith("| 2026")] == [
        f"{row} |".replace("|  |", "| |") for row in rows
    ]
    assert [one.url for one in found if isinstance(one, Follow)] == ["/council/2027"]


def test_a_site_is_a_class_of_its_own():
    for name in names():
        spider = spider_called(name)
        assert issubclass(spider, SiteSpider)
        assert spider.name == name
        assert spider.sources == (spider.source(),)


def test_what_is_stored_is_looked_at_with_its_spider():
    folder = CASES / "chi-ssa-51" / "lines_of_a_site_builder"
    source = load()["chi-ssa-51"]
    asked = dt.datetime(2019, 7, 19, 12, tzinfo=dt.timezone.utc)
    body = (folder / "page.html").read_bytes()
    answer = Fetched(asked=source.url, url=source.url, body=body, content_type="text/html")
    found, outcome = read_as_declared(source, [answer], asked)
    assert (found.count, found.problem, outcome) == (4, None, "4 events, 2 upcoming")
