"""The type that a page declares of its event, finer than Event, speaks for its kind and its industry."""

import datetime as dt
import json

import pytest

from crawlers.readers import Context, reader
from hobnob.observations import Observation
from indexer.enrich import Enricher

NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.timezone.utc)


def read(type_: str) -> Observation:
    event = {"@context": "https://schema.org", "@type": type_, "name": "ABC", "startDate": "2026-12-01"}
    page = f'<script type="application/ld+json">{json.dumps(event)}</script>'
    context = Context(now=NOW, source="a-source", url="https://bees.example/")
    (found,) = (one for one in reader("html")(page.encode(), context) if isinstance(one, Observation))
    return found


@pytest.mark.parametrize(("type_", "kind"), [("Hackathon", "hackathon"), ("CourseInstance", "course"), ("Event", None)])
def test_a_type_tells_the_kind(type_: str, kind: str | None) -> None:
    judgement = Enricher({}).judge(read(type_))
    assert (judgement.kind.id if judgement.kind else None) == kind


@pytest.mark.parametrize(("type_", "industries"), [("MusicEvent", ["arts"]), ("EducationEvent", []), ("Event", [])])
def test_a_type_tells_the_industry(type_: str, industries: list[str]) -> None:
    assert [label.id for label in Enricher({}).judge(read(type_)).industries] == industries
