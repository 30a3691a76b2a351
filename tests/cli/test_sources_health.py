"""`hobnob sources health`, and a source that suddenly gives far less."""

import datetime as dt
import json
import re

import time_machine

from tests.cli.test_crawl_command import calendar_and_missing, declare

NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.timezone.utc)
DAY = dt.timedelta(days=1)


def calendar(config, count: int) -> None:
    """A calendar of so many events, as the source "choir"."""
    event = "BEGIN:VEVENT\nUID:{0}@example.org\nDTSTART:20270101T180000Z\nSUMMARY:Rehearsal {0}\nEND:VEVENT\n"
    events = "".join(map(event.format, range(count)))
    text = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//example//example//EN\n{events}END:VCALENDAR\n"
    (config.parent / "sources" / "choir.ics").write_text(text, encoding="utf-8")
    declare(config, '[[source]]\nname = "choir"\ntitle = "Choir"\nurl = "file:choir.ics"\nreader = "ics"\n')


def crawled(run, days, *words):
    with time_machine.travel(NOW + days * DAY):
        return run("crawl", *words)


def test_those_that_are_well_are_only_counted(run, config) -> None:
    calendar(config, 3)
    assert run("sources", "health").out == "0 sources are well, 1 was never fetched.\n"
    crawled(run, 0)
    found = run("sources", "health")
    assert (found.code, found.out) == (0, "1 source is well.\n")
    assert "1 source is well." in run("doctor").out


def test_what_fails_is_told_with_what_to_do(run, config) -> None:
    calendar_and_missing(config)
    crawled(run, 0)
    found = run("sources", "health")
    assert found.code == 0
    assert re.search(r"^bad +missing .* never +-$", found.out, re.MULTILINE)
    assert "bad: there is no file" in found.out
    assert "'hobnob sources disable bad'" in found.out
    assert found.out.endswith("1 source is well, 1 needs a human.\n")
    (ill,) = json.loads(run("sources", "health", "-f", "json").out)["ill"]
    assert (ill["source"], ill["problem"], ill["fetches"], ill["counts"]) == ("bad", "missing", 1, [None])
    assert "sources health" in run("doctor").out


def test_what_was_removed_or_disabled_does_not_show(run, config) -> None:
    calendar_and_missing(config)
    crawled(run, 0)
    assert run("sources", "disable", "bad").code == 0
    assert run("sources", "health").out == "1 source is well.\n"
    assert run("sources", "remove", "bad", "--yes").code == 0
    assert run("sources", "health").out == "1 source is well.\n"


def test_a_sudden_loss_takes_nothing_away_and_is_told(run, config) -> None:
    calendar(config, 10)
    crawled(run, 0)
    crawled(run, 1)
    calendar(config, 2)
    lost = crawled(run, 2)
    assert lost.code == 0
    assert re.search(r"^choir .* suspicious$", lost.out, re.MULTILINE)
    told = "choir: 2 events where 10 were usual; nothing is taken away. If it is right: hobnob crawl --force choir"
    assert told in " ".join(lost.out.split())
    assert len(json.loads(run("search", "-f", "json").out)) == 10
    found = run("sources", "health")
    assert re.search(r"^choir +shrunk .* 10 10 2$", found.out, re.MULTILINE)
    assert "'hobnob crawl --force choir' believes it" in " ".join(found.out.split())
    (entry,) = json.loads(crawled(run, 3, "-f", "json").out)
    assert entry["suspicious"] == "2 events where 10 were usual"


def test_force_without_a_name_believes_nothing_with_one_it_does(run, config) -> None:
    calendar(config, 10)
    crawled(run, 0)
    calendar(config, 2)
    assert "suspicious" in crawled(run, 1, "--force").out
    assert "suspicious" not in crawled(run, 2, "--force", "choir").out
    assert run("sources", "health").out == "1 source is well.\n"
    assert "suspicious" not in crawled(run, 3).out


def test_an_empty_calendar_that_used_to_have_events(run, config) -> None:
    calendar(config, 6)
    crawled(run, 0)
    calendar(config, 0)
    assert "0 events where 6 were usual" in crawled(run, 1).out
    assert re.search(r"^choir +empty ", run("sources", "health").out, re.MULTILINE)
    assert len(json.loads(run("search", "-f", "json").out)) == 6


def test_of_many_the_worst_are_shown(run, config) -> None:
    bad = '[[source]]\nname = "bad-{0}"\ntitle = "B"\nurl = "file:missing-{0}.ics"\nreader = "ics"\n'
    declare(config, "".join(map(bad.format, range(30))))
    crawled(run, 0)
    found = run("sources", "health", "--limit", "5")
    assert len(re.findall(r"^bad-\d+ +missing", found.out, re.MULTILINE)) == 5
    assert "25 more: see them with --limit 30." in found.err
