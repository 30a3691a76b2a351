"""The player itself, on a small site of its own: what the program gets from it, and what it keeps of that."""

import dataclasses
import json

import pytest

import crawlers.platforms
from crawlers.platforms.adapter import Marks, Platform, Way, fields
from crawlers.platforms.adapter.paging import ByPage
from tests.platforms.crawls import Crawls
from tests.platforms.recorded import cases, load

TINY = Platform(
    name="tiny",
    title="Tiny",
    marks=Marks(page=(r"made with tiny",)),
    ways=(
        Way(
            reader="json",
            url="{site}/api?from={today}&size=2",
            fields=fields(entries="list", name="title", start_date="day", uid="id"),
            paging=ByPage("page", size=2),
        ),
    ),
)
CASE = """\
made = true
now = 2026-11-23T12:00:00Z
home = "https://events.example.edu/"
[source]
url = "https://events.example.edu/api?from={today}&size=2"
reader = "json"
[[answer]]
url = "https://events.example.edu/"
body = "made with tiny"
[[answer]]
url = "https://events.example.edu/api?size=2&from={today}"
file = "1.json"
[[answer]]
url = "https://events.example.edu/api?size=2&from=2026-11-23&page=2"
file = "2.json"
[change]
file = "2.json"
from = "Choir"
to = "Big choir"
"""
FILES = {
    "case.toml": CASE,
    "1.json": json.dumps({"list": [{"id": 1, "title": "Fair", "day": "2026-12-01"}, {"id": 2, "title": "Odd"}]}),
    "2.json": json.dumps({"list": [{"id": 3, "title": "Choir", "day": "2026-12-03T19:00"}]}),
    "expected.json": json.dumps({"count": 2, "events": {"0": {"name": "Fair"}, "1": {"name": "Choir"}}}),
}


@pytest.fixture
def crawls(player, tmp_path, monkeypatch) -> Crawls:
    monkeypatch.setattr(crawlers.platforms, "_all", lambda: {"tiny": TINY})
    folder = tmp_path / "tiny" / "two_pages"
    folder.mkdir(parents=True)
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return Crawls(load(folder), player, tmp_path / "crawled")


def test_a_site_is_crawled_by_its_name_through_tls_page_by_page(crawls):
    first = crawls.first
    assert (first.code, first.report["outcome"], first.report["fetched"], first.report["new"]) == (0, "read", 2, 2)
    assert [one.name for one in first.observations] == ["Fair", "Choir"]
    assert [one.url for one in first.requests] == [
        "https://events.example.edu/api?from=2026-11-23&size=2",
        "https://events.example.edu/api?from=2026-11-23&size=2&page=2",
    ]
    assert {one.status for one in first.requests} == {200}
    assert not any("if-none-match" in one.headers for one in first.requests)
    assert all(one.headers["host"] == "events.example.edu" for one in first.requests)


def test_what_has_not_changed_is_not_sent_again(crawls):
    second = crawls.second
    assert second.report["outcome"] == "not_modified"
    assert (second.report["new"], second.report["changed"], second.report["unchanged"]) == (0, 0, 2)
    assert {one.status for one in second.requests} == {304}


def test_a_change_is_sent(crawls):
    third = crawls.after_the_change
    assert (third.report["new"], third.report["changed"], third.report["unchanged"]) == (0, 1, 1)
    assert [one.status for one in third.requests] == [304, 200]
    assert sorted(one.name for one in third.observations) == ["Big choir", "Fair"]


def test_what_is_not_there_and_what_is_behind_a_key(crawls, player):
    (site, listed, _) = crawls.case.answers
    player.play([dataclasses.replace(listed, wants={"X-Key": "made"}), dataclasses.replace(site, status=503)])
    assert player.answer("https://events.example.edu/nothing", {}).status == 404
    assert player.answer(listed.url, {}).status == 401
    assert player.answer(listed.url, {"x-key": "made"}).body == listed.body
    assert player.answer("https://EVENTS.example.edu:443", {}).status == 503
    assert player.answer("http://events.example.edu/", {}).status == 404


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("made = true", "", "neither made"),
        ("12:00:00Z", "12:00:00", "offset"),
        ('from = "Choir"', 'from = "Quire"', "'Quire' is not in the file"),
        ("[source]", 'tile = "x"\n[source]', "unknown key 'tile'"),
        ('file = "1.json"', 'file = "3.json"', "3.json"),
    ],
)
def test_a_case_that_is_not_as_described_says_why(tmp_path, before, after, said):
    folder = tmp_path / "tiny" / "odd"
    folder.mkdir(parents=True)
    for name, text in FILES.items():
        (folder / name).write_text(text.replace(before, after) if name == "case.toml" else text, encoding="utf-8")
    with pytest.raises(ValueError, match=r"tiny/odd.*" + said.replace(".", r"\.")):
        cases(tmp_path)
