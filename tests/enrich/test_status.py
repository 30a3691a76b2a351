"""Whether an event takes place, by its declared status and by a mark on its title."""

import datetime as dt
from typing import Any

from hobnob.moments import Moment
from hobnob.observations import Attendance, Observation, Place, Status
from indexer.enrich import Enricher
from indexer.enrich.status import judged

CANCELLED, POSTPONED = Status.CANCELLED, Status.POSTPONED


def observed(name: str, **fields: Any) -> Observation:
    return Observation(source="s", uid="1", name=name, start_date=Moment(dt.date(2026, 12, 1)), **fields)


def test_what_is_declared_counts_but_for_a_plain_scheduled() -> None:
    assert judged(observed("Fair (cancelled)", event_status=Status.SCHEDULED)) == ("Fair", CANCELLED)
    assert judged(observed("Fair (cancelled)", event_status=POSTPONED)) == ("Fair", POSTPONED)
    assert judged(observed("Fair", event_status=Status.MOVED_ONLINE)) == ("Fair", Status.MOVED_ONLINE)
    assert judged(observed("Fair")) == ("Fair", Status.SCHEDULED)


def test_a_title_that_begins_as_rescheduled_is_so() -> None:
    assert judged(observed("Rescheduled Spring Fair")) == ("Spring Fair", Status.RESCHEDULED)
    assert judged(observed("Rescheduled dreams")) == ("Rescheduled dreams", Status.SCHEDULED)


def test_a_description_says_nothing_of_the_status() -> None:
    assert judged(observed("Fair", description="CANCELLED: see the cancellation policy"))[1] is Status.SCHEDULED


def test_a_place_that_is_all_mark_says_the_status() -> None:
    assert judged(observed("Fair", location=Place(text="CANCELLED")))[1] is CANCELLED
    assert judged(observed("Fair", location=Place(name="Postponed due to rain")))[1] is POSTPONED
    assert judged(observed("Fair", location=Place(name="Cancelled Stamps Museum")))[1] is Status.SCHEDULED
    assert judged(observed("Fair", raw={"event_status": "abgesagt"}))[1] is CANCELLED


def test_a_judgement_has_the_name_without_the_mark() -> None:
    judgement = Enricher({}).judge(observed("CANCELLED: Python meetup"))
    assert (judgement.name, judgement.status) == ("Python meetup", CANCELLED)


def test_a_title_that_says_moved_online_makes_it_online() -> None:
    judgement = Enricher({}).judge(observed("Python meetup (moved online)", location=Place(text="Chicago IL, US")))
    assert judgement.attendance is Attendance.ONLINE
