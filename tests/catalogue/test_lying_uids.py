"""UIDs that are written with odd white space, shared by several events, or made anew for every crawl."""

import datetime as dt
import itertools
import random
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
import sqlalchemy as sa

from hobnob.moments import Moment
from hobnob.observations import FetchReport, Observation, Place, Unchanged
from indexer.catalogue import Catalogue
from indexer.catalogue.bodies import group_key
from indexer.catalogue.reading import all_observations
from indexer.catalogue.sharing import plain_uid
from indexer.catalogue.tables import decided, members, observations

HOUR = dt.timedelta(hours=1)
DAY = 24 * HOUR
FIRST = dt.datetime(2026, 11, 23, 12, tzinfo=dt.timezone.utc)


class World:
    """A source that is crawled once a day; identification is played by `identify`."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.at = FIRST
        self.names = (f"event{number}" for number in itertools.count())

    def crawl(self, *said: Observation, batch: int = 100, seconds: int = 0, **report: object) -> None:
        """`batch` is how many are loaded at once, `seconds` how long each page of one entry takes."""
        seen = [
            replace(one, fetched_at=self.at + number * dt.timedelta(seconds=seconds)) for number, one in enumerate(said)
        ]
        for first in range(0, len(seen), batch):
            self.catalogue.load(seen[first : first + batch], now=self.at)
        told = {"outcome": "read", "complete": True, "read": len(said), **report}
        self.catalogue.load(
            [FetchReport(source="berlin", started_at=self.at, finished_at=self.at, **told)], now=self.at
        )
        self.at += DAY

    def identify(self) -> None:
        """Each observation that is part of no event becomes one."""
        with self.catalogue._writing() as connection:
            known = {(row.group_key, row.recurrence) for row in connection.execute(sa.select(members))}
            for row in connection.execute(sa.select(observations).order_by(observations.c.id)).all():
                if (row.group_key, row.recurrence) not in known:
                    name = next(self.names)
                    values = {
                        "group_key": row.group_key,
                        "recurrence": row.recurrence,
                        "event_id": name,
                        "minted": name,
                    }
                    connection.execute(members.insert().values(values))
            connection.execute(observations.update().values(pending=False))

    def rows(self) -> list[tuple[str, str, str, bool]]:
        """UID, recurrence, event and whether it waits, in the order of the rows."""
        same = (members.c.group_key == observations.c.group_key) & (members.c.recurrence == observations.c.recurrence)
        columns = observations.c.uid, observations.c.recurrence, members.c.event_id, observations.c.pending
        query = sa.select(*columns).outerjoin(members, same).order_by(observations.c.id)
        with self.catalogue._reading() as connection:
            return [tuple(row) for row in connection.execute(query)]

    def known(self) -> list[tuple[str, str]]:
        """Name and start of all that is stored, and nothing else."""
        kept = [one for one, _ in _stored(self.catalogue)]
        return sorted((one.name, f"{one.start_date.date:%d}") for one in kept)

    def count(self, table: sa.Table) -> int:
        with self.catalogue._reading() as connection:
            return connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0


def _stored(catalogue: Catalogue) -> Iterator[tuple[Observation, int]]:
    return all_observations(catalogue._reading)


@pytest.fixture
def world(catalogue: Catalogue) -> World:
    return World(catalogue)


@pytest.fixture
def on(says: Callable[..., Observation]) -> Callable[..., Observation]:
    def event(day: int, uid: str = "one", name: str = "Barcamp", **more: object) -> Observation:
        start = Moment(dt.date(2026, 12, 1) + (day - 1) * DAY, dt.time(18), "Europe/Berlin")
        return says(uid, name, **{"start_date": start, **more})

    return event


# White space


@pytest.mark.parametrize("uid", ["a b", " a b", "a\tb\n", "a\r\n b", "a\u00a0b", "\ufeffa \u200b b"])
def test_white_space_in_a_uid_does_not_matter(uid):
    assert plain_uid(uid) == "a b"


def test_a_uid_is_kept_without_its_odd_white_space(world, on):
    world.crawl(on(1, "a  b"))
    world.identify()
    world.crawl(on(1, " a\n b "))
    assert world.rows() == [("a b", "", "event0", False)]


# Shared by several events


def apart(*days: int) -> list[str]:
    return [f"=2026-12-{day:02}T17:00:00Z" for day in days]


def recurrences(world: World) -> list[str]:
    return [recurrence.partition("#")[0] for _, recurrence, _, _ in world.rows()]


@pytest.mark.parametrize(("batch", "seconds"), [(100, 0), (1, 0), (1, 7), (100, 7)])
def test_events_that_share_a_uid_are_all_kept(world, on, batch, seconds):
    world.crawl(on(1), on(8), on(15), batch=batch, seconds=seconds)
    assert sorted(recurrences(world)) == apart(1, 8, 15)
    assert world.known() == [("Barcamp", "01"), ("Barcamp", "08"), ("Barcamp", "15")]


def test_they_are_stable_whatever_their_order(world, on):
    said = [on(day) for day in (1, 8, 15, 22)]
    world.crawl(*said)
    world.identify()
    before = world.rows()
    for seed in range(5):
        random.Random(seed).shuffle(said)
        world.crawl(*said, batch=1 + seed % 3)
        assert world.rows() == before


def test_who_was_there_first_stays_the_event_it_was(world, on):
    world.crawl(on(1))
    world.identify()
    world.crawl(on(8), on(1))
    first, second = world.rows()
    assert first[1].startswith(apart(1)[0])
    assert first[2:] == ("event0", True)
    assert second[1].startswith(apart(8)[0])
    assert second[2] is None


def test_decisions_by_hand_follow(world, on):
    world.crawl(on(1))
    group = group_key("berlin", "one")
    with world.catalogue._writing() as connection:
        row = {"number": 1, "group_key": group, "recurrence": "", "other_group": group, "other_recurrence": ""}
        connection.execute(decided.insert().values(row))
    world.crawl(on(1), on(8))
    with world.catalogue._reading() as connection:
        found = connection.execute(sa.select(decided)).one()
    assert found.recurrence == found.other_recurrence == world.rows()[0][1]


def test_an_exact_repeat_is_one(world, on):
    world.crawl(on(1), on(1))
    assert recurrences(world) == [""]
    world.crawl(on(1), on(8), on(8), on(1))
    assert sorted(recurrences(world)) == apart(1, 8)


def test_another_version_is_one(world, on):
    """The same event in other words, or with a higher SEQUENCE."""
    world.crawl(on(1), on(1, description="Bring a laptop"))
    world.crawl(on(1), on(8, sequence=2))
    assert recurrences(world) == [""]
    assert world.known() == [("Barcamp", "08")]


def test_at_one_time_other_names_and_pages_are_other_events(world, on):
    one, other = (on(1, name=name, url=f"https://b.example/{name}") for name in ("Rust", "Go"))
    world.crawl(one, other)
    world.crawl(other, one)
    assert world.known() == [("Go", "01"), ("Rust", "01")]


def test_a_rescheduled_event_stays_the_same(world, on):
    world.crawl(on(1))
    world.identify()
    world.crawl(on(8))
    assert world.rows() == [("one", "", "event0", True)]


def test_a_series_keeps_its_uid_and_its_overrides(world, on):
    weekly = on(1, rrule=("FREQ=WEEKLY",))
    override = on(9, recurrence_id=on(8).start_date)
    for said in ([weekly, override, on(20)], [on(20), override, weekly]):
        world.crawl(*said)
        assert sorted(recurrences(world)) == ["", "2026-12-08T17:00:00Z", *apart(20)]


def test_two_series_with_one_uid(world, on):
    said = [on(1, rrule=("FREQ=WEEKLY",)), on(2, rrule=("FREQ=DAILY",))]
    for _ in range(2):
        world.crawl(*said)
        said.reverse()
        assert sorted(recurrences(world)) == apart(1, 2)


def test_what_is_unchanged_is_beside_what_was_read(world, on):
    world.crawl(on(1, component="k1"))
    new = replace(on(8, component="k2"), fetched_at=world.at)
    world.catalogue.load([Unchanged(source="berlin", key="k1"), new], now=world.at)
    assert sorted(recurrences(world)) == apart(1, 8)


def test_a_rescheduled_event_that_shares_its_uid_stays_the_same(world, on):
    pages = {"Rust": "https://b.example/rust", "Go": "https://b.example/go"}

    def both(rust: int, go: int) -> list[Observation]:
        return [on(day, name=name, url=pages[name]) for name, day in (("Rust", rust), ("Go", go))]

    world.crawl(*both(5, 8))
    world.identify()
    world.crawl(*both(12, 8))
    assert [(recurrence.partition("#")[0], event) for _, recurrence, event, _ in world.rows()] == [
        *((apart(12)[0], "event0"), (apart(8)[0], "event1"))
    ]


def test_a_later_date_of_the_same_name_is_no_rescheduled_one(world, on):
    """Three weeks of a meetup that has one UID, made: the first passes, or is dropped, and a fourth comes."""
    world.crawl(on(5), on(12), on(19))
    world.identify()
    world.crawl(on(12), on(19), on(26))
    assert [event for *_, event, _ in world.rows()] == ["event0", "event1", "event2", None]


def test_many_events_with_one_uid(catalogue, on):
    """A calendar that calls all of its events alike, made."""
    world = World(catalogue)
    said = [on(1 + number % 300, name=f"Talk {number}", url=f"https://b.example/{number}") for number in range(1500)]
    for _ in range(2):
        world.crawl(*said, batch=500)
        assert world.count(observations) == 1500


# Made anew for every crawl


def test_a_new_uid_for_every_crawl_piles_nothing_up(world, on):
    for crawl in range(6):
        world.crawl(*(on(day, f"{day}-{crawl}", location=Place(name="Hub")) for day in (5, 12, 19)))
        world.identify()
    assert world.rows() == [(f"{day}-5", "", f"event{number}", False) for number, day in enumerate((5, 12, 19))]
    assert world.count(members) == 3


def test_it_waits_to_be_identified_again(world, on):
    world.crawl(on(5, "old"))
    world.identify()
    world.crawl(on(5, "new", description="More"))
    assert world.rows() == [("new", "", "event0", True)]
    ((kept, _),) = _stored(world.catalogue)
    assert (kept.uid, kept.description) == ("new", "More")


def test_the_page_and_the_start_tell_it_too(world, on):
    world.crawl(on(5, "old", "Barcamp", url="https://b.example/1#x"), on(9, "other"))
    world.identify()
    world.crawl(on(5, "new", "BarCamp Berlin", url="https://b.example/1"), on(9, "other"))
    assert [row[:3] for row in world.rows()] == [("new", "", "event0"), ("other", "", "event1")]


def test_a_page_of_several_events_tells_nothing(world, on):
    home = "https://b.example/"
    world.crawl(on(5, "a", "Rust", url=home), on(5, "b", "Go", url=home))
    world.identify()
    world.crawl(on(5, "c", "Zig", url=home), on(5, "d", "Ada", url=home))
    assert [row[0] for row in world.rows()] == ["a", "b", "c", "d"]


def test_what_differs_is_another_event(world, on):
    world.crawl(on(5, "a", location=Place(name="Hub")))
    world.identify()
    world.crawl(on(5, "b", location=Place(name="Town Hall")), on(6, "c", location=Place(name="Hub")))
    assert [row[0] for row in world.rows()] == ["a", "b", "c"]


def test_what_is_still_shown_is_not_taken_over(world, on):
    world.crawl(on(5, "a"))
    world.identify()
    world.crawl(on(5, "a"), on(5, "b"))
    assert [row[0] for row in world.rows()] == ["a", "b"]


def test_of_several_alike_each_has_one(world, on):
    world.crawl(on(5, "a1"), on(5, "b1"))
    world.identify()
    world.crawl(on(5, "a2"), on(5, "b2"))
    assert [row[:3] for row in world.rows()] == [("a2", "", "event0"), ("b2", "", "event1")]


PAGE = "https://b.example/barcamp"


def taken_over(world: World, before: list[Observation], after: list[Observation], **report: object) -> list[str | None]:
    """The events of what is stored, in the order of its rows."""
    world.crawl(*before)
    world.identify()
    world.crawl(*after, **report)
    return [event for *_, event, _ in world.rows()]


def test_what_is_rescheduled_under_a_new_uid_stays_the_same(world, on):
    others = [on(9, "other", "Talk", url="https://b.example/talk")]
    before, after = ([on(day, f"on-{day}", url=PAGE), *others] for day in (15, 22))
    assert taken_over(world, before, after) == ["event0", "event1"]
    assert [uid for uid, *_ in world.rows()] == ["on-22", "other"]


@pytest.mark.parametrize(
    ("first", "second", "later", "report"),
    [
        (15, 22, {"name": "Barcamp Berlin"}, {}),
        (15, 22, {"url": "https://b.example/other"}, {}),
        (15, 22, {"url": None}, {}),
        (15, 22, {}, {"complete": False}),
        (15, 22, {"rrule": ("FREQ=WEEKLY",)}, {}),
        (15, 15 + 184, {}, {}),
    ],
    ids=["another name", "another page", "no page", "only a part was read", "a series", "another edition"],
)
def test_what_may_be_another_event_under_a_new_uid_is_one(world, on, first, second, later, report):
    before, after = [on(first, "a", url=PAGE)], [on(second, "b", **{"url": PAGE, **later})]
    assert taken_over(world, before, after, **report) == ["event0", None]


HUB = Place(name="Hub", address_locality="Berlin")


def test_what_is_rescheduled_without_a_page_is_told_by_its_name_and_place(world, on):
    others = [on(9, "other", "Talk", location=HUB)]
    before, after = ([on(day, f"{crawl}", location=HUB), *others] for crawl, day in enumerate((15, 22)))
    assert taken_over(world, before, after) == ["event0", "event1"]
    assert [uid for uid, *_ in world.rows()] == ["1", "other"]


@pytest.mark.parametrize(
    ("later", "others"),
    [
        ({"location": Place(name="Town Hall")}, []),
        ({"location": None}, []),
        ({"name": "Barcamp Berlin"}, []),
        ({"url": PAGE}, []),
        ({}, [{"day": 29, "uid": "c", "location": Place(name="Town Hall")}]),
        ({}, [{"day": 29, "uid": "c", "url": PAGE}]),
    ],
    ids=["another place", "no place", "another name", "a page", "one of its name elsewhere", "one with a page"],
)
def test_without_a_page_nothing_else_may_claim_it(world, on, later, others):
    after = [on(22, "b", **{"location": HUB, **later}), *(on(**other) for other in others)]
    assert taken_over(world, [on(15, "a", location=HUB)], after)[:2] == ["event0", None]


def test_of_a_weekly_one_without_a_page_no_date_takes_the_place_of_another(world, on):
    before, after = ([on(day, f"{crawl}{day}", location=HUB) for day in days] for crawl, days in
                     enumerate(((5, 12, 19), (12, 19, 26))))  # fmt: skip
    assert taken_over(world, before, after) == ["event0", "event1", "event2", None]


def test_the_next_one_on_a_page_is_another_event(world, on):
    """A page that shows one date only, made: the next takes its place, on the eve at the earliest."""
    world.at = dt.datetime(2026, 12, 13, 12, tzinfo=dt.timezone.utc)
    before, after = ([on(day, f"on-{day}", url=PAGE)] for day in (15, 22))
    assert taken_over(world, before, after) == ["event0", None]


def test_of_several_dates_on_a_page_none_takes_the_place_of_another(world, on):
    stays = on(29, "on-29", url=PAGE)
    assert taken_over(world, [on(15, "a", url=PAGE), stays], [stays, on(22, "b", url=PAGE)]) == [
        *("event0", "event1", None)
    ]


def test_a_series_keeps_its_overrides(world, on):
    def series(uid: str) -> list[Observation]:
        return [on(1, uid, rrule=("FREQ=WEEKLY",)), on(9, uid, recurrence_id=on(8).start_date)]

    world.crawl(*series("a"))
    world.identify()
    world.crawl(*series("b"))
    assert [row[:3] for row in world.rows()] == [("b", "", "event0"), ("b", "2026-12-08T17:00:00Z", "event1")]


def test_decisions_by_hand_stay(world, on):
    world.crawl(on(5, "old"))
    world.identify()
    with world.catalogue._writing() as connection:
        connection.execute(decided.insert().values(number=1, group_key=group_key("berlin", "old"), recurrence=""))
    world.crawl(on(5, "new"))
    with world.catalogue._reading() as connection:
        assert connection.scalar(sa.select(decided.c.group_key)) == group_key("berlin", "new")


def test_a_crawl_that_read_only_a_part_takes_over_as_well(world, on):
    """A feed shows its newest entries only, so none of its crawls is complete."""
    for crawl in range(3):
        world.crawl(on(5, f"a{crawl}"), complete=False)
        world.identify()
    assert world.rows() == [("a2", "", "event0", False)]


def test_a_crawl_that_failed_takes_nothing_over(world, on):
    world.crawl(on(5, "a"))
    world.identify()
    world.crawl(on(5, "b"), outcome="failed", complete=False)
    assert [row[0] for row in world.rows()] == ["a", "b"]


def test_what_returns_under_its_old_uid_is_itself(world, on):
    for crawl in range(4):
        world.crawl(on(5, "ab"[crawl % 2]))
        world.identify()
    assert world.rows() == [("b", "", "event0", False)]
