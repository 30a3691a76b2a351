"""What a source no longer shows: missing after some healthy crawls, withdrawn after more, back when shown again."""

import datetime as dt
from collections.abc import Callable, Sequence

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from hobnob.events import Presence
from hobnob.moments import Moment
from hobnob.observations import FetchReport, Observation, Problem, Unchanged
from indexer.catalogue import Catalogue
from indexer.catalogue.tables import observations
from indexer.upkeep.absence import Covered, Patience, Times, is_healthy_empty, presence_after
from indexer.upkeep.breaker import Standing
from indexer.upkeep.terms import CrawlTerms

DAY = dt.timedelta(days=1)
FIRST = dt.datetime(2026, 11, 23, 12, tzinfo=dt.timezone.utc)
SHOWN, MISSING, WITHDRAWN = "present", "missing", "withdrawn"


class Crawls:
    """A source that is crawled once a day; what is loaded is taken to be identified at once."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.at = FIRST
        self.terms = CrawlTerms()

    def crawl(self, *said: Observation, known: Sequence[str] = (), **report: object) -> None:
        seen = [Observation(**{**_fields(one), "fetched_at": self.at}) for one in said]
        unchanged = [Unchanged(source="berlin", key=key) for key in known]
        days = [one.start_date.date for one in said]
        window = {"window_start": min(days, default=None), "window_end": max(days, default=None)} if not known else {}
        read = len(seen) + len(unchanged)
        told = {"complete": read > 0, "outcome": "read", "read": read, **window, **report}
        ended = FetchReport(source="berlin", started_at=self.at, finished_at=self.at, **told)
        self.catalogue.load([*seen, *unchanged, ended], now=self.at - dt.timedelta(minutes=1), terms=self.terms)
        self.at += DAY

    def presences(self) -> dict[str, str]:
        with self.catalogue._reading() as connection:
            rows = connection.execute(sa.select(observations.c.uid, observations.c.presence))
            return {row.uid: row.presence for row in rows}

    def pending(self) -> set[str]:
        with self.catalogue._reading() as connection:
            return set(connection.scalars(sa.select(observations.c.uid).where(observations.c.pending.is_(True))))

    def identify(self) -> None:
        with self.catalogue._writing() as connection:
            connection.execute(observations.update().values(pending=False))


def _fields(observation: Observation) -> dict[str, object]:
    return {name: getattr(observation, name) for name in Observation.__dataclass_fields__}


@pytest.fixture
def crawls(catalogue: Catalogue) -> Crawls:
    return Crawls(catalogue)


@pytest.fixture
def on(says: Callable[..., Observation]) -> Callable[..., Observation]:
    """An event that is called by its UID, on a day of December or later."""

    def event(uid: str, day: int, **more: object) -> Observation:
        start = Moment(dt.date(2026, 12, 1) + (day - 1) * DAY, dt.time(18), "Europe/Berlin")
        return says(uid, uid, **{"start_date": start, **more})

    return event


def test_it_is_missing_then_withdrawn_then_back(crawls, on):
    a, b, c = on("a", 5), on("b", 10), on("c", 15)
    crawls.crawl(a, b, c)
    found = []
    for _ in range(5):
        crawls.identify()
        crawls.crawl(a, c)
        found.append((crawls.presences()["b"], sorted(crawls.pending())))
    assert found == [(SHOWN, []), (MISSING, ["b"]), (MISSING, []), (WITHDRAWN, ["b"]), (WITHDRAWN, [])]
    crawls.identify()
    crawls.crawl(a, b, c)
    assert (crawls.presences(), crawls.pending()) == ({"a": SHOWN, "b": SHOWN, "c": SHOWN}, {"b"})
    crawls.crawl(a, c)
    assert crawls.presences()["b"] == SHOWN


def test_how_often_is_a_setting(crawls, on):
    crawls.terms = CrawlTerms(patience=Patience(missing_after=1, withdrawn_after=2))
    crawls.crawl(on("a", 5), on("b", 10))
    crawls.crawl(on("b", 10))
    assert crawls.presences()["a"] == MISSING
    crawls.crawl(on("b", 10))
    assert crawls.presences()["a"] == WITHDRAWN


def test_being_seen_once_forgets_what_was_counted(crawls, on):
    a, b = on("a", 5), on("b", 10)
    for said in ([a, b], [b], [a, b], [b]):
        crawls.crawl(*said)
    assert crawls.presences()["a"] == SHOWN


@pytest.mark.parametrize(
    "report",
    [
        {"outcome": "failed", "read": 0},
        {"read": 1},
        {"outcome": "not_modified", "read": 0},
        {"read": 0, "skipped": 2},
        {"read": 0, "problem": Problem.UNREADABLE},
    ],
    ids=["failed", "in part", "nothing was read", "what there was could not be read", "another fault"],
)
def test_a_crawl_that_is_not_healthy_counts_nothing(crawls, on, report):
    crawls.crawl(on("a", 5), on("b", 10))
    for _ in range(6):
        crawls.crawl(**{"complete": False, **report})
    assert set(crawls.presences().values()) == {SHOWN}


def test_an_unchanged_answer_that_was_read_again_counts(crawls, on):
    crawls.crawl(on("a", 5), on("b", 10))
    crawls.crawl(on("b", 10))
    crawls.crawl(on("b", 10), outcome="not_modified")
    assert crawls.presences() == {"a": MISSING, "b": SHOWN}


def test_a_suspicious_crawl_counts_nothing(crawls, on):
    many = [on(f"e{number}", number) for number in range(1, 11)]
    crawls.crawl(*many)
    for _ in range(2):
        crawls.crawl(many[0], many[9])
    assert set(crawls.presences().values()) == {SHOWN}


def test_a_report_that_is_older_than_the_last_counts_nothing(crawls, on):
    crawls.crawl(on("a", 5), on("b", 10))
    crawls.at = FIRST - 5 * DAY
    for _ in range(4):
        crawls.crawl(on("b", 10))
    assert crawls.presences()["a"] == SHOWN


def test_the_same_report_counts_once(crawls, on):
    crawls.crawl(on("a", 5), on("b", 10))
    for _ in range(4):
        crawls.crawl(on("b", 10))
        crawls.at -= DAY
    assert crawls.presences()["a"] == SHOWN


def test_what_has_begun_is_not_missed(crawls, on):
    running = on("running", -9, end_date=Moment(dt.date(2026, 12, 20)))
    crawls.crawl(on("over", -20), running, on("b", 10))
    for _ in range(5):
        crawls.crawl(on("b", 10))
    assert set(crawls.presences().values()) == {SHOWN}


def test_what_begins_between_two_crawls_is_no_longer_counted(crawls, on):
    crawls.crawl(on("soon", -6), on("b", 30))  # 24 November, 18:00
    for _ in range(6):
        crawls.crawl(on("b", 30))
    assert crawls.presences()["soon"] == SHOWN


def test_of_what_repeats_the_next_time_counts(crawls, on):
    crawls.crawl(
        on("on", -400, rrule=("FREQ=WEEKLY",)),
        on("ended", -400, rrule=("FREQ=WEEKLY;UNTIL=20261101T000000Z",)),
        on("counted", -400, rrule=("FREQ=DAILY;COUNT=3",)),
        on("dates", -400, rdate=(Moment(dt.date(2026, 12, 9)),)),
        on("b", 30),
    )
    for _ in range(4):
        crawls.crawl(on("x", 1), on("y", 2), on("b", 30))
    found = crawls.presences()
    assert {uid for uid, presence in found.items() if presence == WITHDRAWN} == {"on", "dates"}
    assert {found["ended"], found["counted"]} == {SHOWN}


def test_what_left_the_window_of_a_full_feed_is_not_missed(crawls, on):
    """The next three, made: what comes in between pushes the last one out."""
    crawls.crawl(on("a", 5), on("b", 10), on("c", 15))
    for _ in range(5):
        crawls.crawl(on("a", 5), on("new", 7), on("b", 10))
    assert crawls.presences()["c"] == SHOWN
    crawls.crawl(on("new", 7), on("b", 10), on("c", 15))
    crawls.crawl(on("b", 10), on("c", 15), on("d", 20))
    crawls.crawl(on("b", 10), on("c", 15), on("d", 20))
    assert crawls.presences()["new"] == SHOWN


def test_within_the_window_of_a_full_feed_it_is_missed(crawls, on):
    crawls.crawl(on("a", 5), on("b", 10), on("c", 15))
    for _ in range(4):
        crawls.crawl(on("a", 5), on("c", 15), on("d", 20))
    assert crawls.presences()["b"] == WITHDRAWN


def test_the_last_event_of_a_source_is_missed_when_nothing_takes_its_place(crawls, on):
    crawls.crawl(on("a", 5), on("b", 10), on("c", 15))
    for _ in range(8):
        crawls.crawl(on("a", 5), on("b", 10))
    assert crawls.presences() == {"a": SHOWN, "b": SHOWN, "c": WITHDRAWN}


def test_an_empty_answer_is_believed_when_it_says_so_again(crawls, on):
    crawls.crawl(on("only", 30))
    found = []
    for _ in range(5):
        crawls.crawl()
        found.append(crawls.presences()["only"])
    assert found == [SHOWN, SHOWN, MISSING, MISSING, WITHDRAWN]


def test_what_is_unchanged_is_seen(crawls, on):
    """It counts as seen when the program began, which is before the turn of the source."""
    crawls.crawl(on("a", 5, component="ka"), on("b", 10, component="kb"), on("c", 15, component="kc"))
    for _ in range(2):
        crawls.crawl(known=("ka", "kc"))
    assert crawls.presences() == {"a": SHOWN, "b": MISSING, "c": SHOWN}
    crawls.identify()
    crawls.crawl(known=("ka", "kb", "kc"))
    assert (crawls.presences()["b"], crawls.pending()) == (SHOWN, {"b"})


def test_without_a_window_the_days_of_what_was_seen_count(crawls, on):
    crawls.crawl(on("a", 5, component="ka"), on("b", 10), on("c", 15, component="kc"), on("d", 20))
    for number in range(4):
        crawls.crawl(on(f"x{number}", 6), on(f"y{number}", 7), known=("ka", "kc"))
    assert (crawls.presences()["b"], crawls.presences()["d"]) == (WITHDRAWN, SHOWN)


def test_several_crawls_may_be_loaded_at_once(catalogue, on):
    records = []
    for number, said in enumerate(([on("a", 5), on("b", 10)], [on("b", 10)], [on("b", 10)])):
        at = FIRST + number * DAY
        records += [Observation(**{**_fields(one), "fetched_at": at}) for one in said]
        told = {"read": len(said), "complete": True, "outcome": "read"}
        records.append(FetchReport(source="berlin", started_at=at, finished_at=at, **told))
    catalogue.load(records, now=FIRST + 9 * DAY)
    assert Crawls(catalogue).presences() == {"a": MISSING, "b": SHOWN}


def test_other_sources_are_left_alone(crawls, on):
    crawls.crawl(on("a", 5), on("b", 10), on("c", 10, source="bonn"))
    for _ in range(4):
        crawls.crawl(on("b", 10))
    assert crawls.presences()["c"] == SHOWN


# The rules by themselves


def times(start: Moment, **more: object) -> Times:
    return Times(start_date=start, **more)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        (times(Moment(dt.date(2026, 11, 25))), dt.date(2026, 11, 25)),
        (times(Moment(dt.date(2026, 11, 24))), None),  # on Kiritimati that day has begun
        (times(Moment(dt.date(2026, 11, 23), dt.time(13), "UTC")), dt.date(2026, 11, 23)),
        (times(Moment(dt.date(2026, 11, 23), dt.time(12), "UTC")), None),
        (times(Moment(dt.date(2026, 11, 24), dt.time(1))), None),  # of no zone
        (times(Moment(dt.date(2026, 11, 24), dt.time(1), "Nowhere/Known")), None),
        (times(Moment(dt.date(2020, 1, 1), dt.time(9), "UTC"), rrule=("FREQ=YEARLY",)), dt.date(2027, 1, 1)),
        (times(Moment(dt.date(2020, 1, 1), dt.time(9)), rrule=("FREQ=YEARLY;INTERVAL=9",)), dt.date(2027, 12, 29)),

        (times(Moment(dt.date(2020, 1, 1), dt.time(9), "UTC"), rrule=("nonsense",)), None),
        (
            times(
                Moment(dt.date(2026, 11, 2), dt.time(9), "UTC"),
                rrule=("FREQ=WEEKLY;COUNT=5",),
                exdate=(Moment(dt.date(2026, 11, 30), dt.time(9), "UTC"),),
            ),
            None,
        ),
    ],
)  # fmt: skip
def test_the_next_day_on_which_it_begins(said, day):
    assert said.next_day(FIRST) == day


@given(
    st.dates(), st.sampled_from(["FREQ=YEARLY;UNTIL=99991231", "FREQ=SECONDLY", "FREQ=DAILY;COUNT=9999", "X"]),
    st.datetimes(timezones=st.just(dt.timezone.utc)),
)  # fmt: skip
def test_no_date_is_too_absurd(date, rule, at):
    found = times(Moment(date), rrule=(rule,), rdate=(Moment(date, dt.time(1), "x"),)).next_day(at)
    assert found is None or found >= at.date()


def test_what_follows_from_being_missed():
    patience = Patience(missing_after=3, withdrawn_after=5)
    assert [presence_after(times, patience) for times in (0, 2, 3, 4, 5, 9)] == [
        *(Presence.PRESENT, Presence.PRESENT, Presence.MISSING, Presence.MISSING),
        *(Presence.WITHDRAWN, Presence.WITHDRAWN),
    ]


def test_days_that_are_covered():
    day = dt.date(2026, 12, 1)
    assert Covered().has(day)
    assert Covered(day, day).has(day)
    assert not Covered(day + DAY, None).has(day)
    assert not Covered(None, day - DAY).has(day)


def test_when_an_empty_answer_is_believed():
    empty = FetchReport(source="berlin", outcome="read", started_at=FIRST, finished_at=FIRST, problem=Problem.EMPTY)
    assert not is_healthy_empty(empty, Standing((3, 0)), accepted=False)
    assert is_healthy_empty(empty, Standing((3, 0)), accepted=True)
    assert is_healthy_empty(empty, Standing((3, 0, 0)), accepted=False)
    assert not is_healthy_empty(empty, Standing((0, 0), odd=(0,)), accepted=False)
