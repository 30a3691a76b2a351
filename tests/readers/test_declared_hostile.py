"""Tables, lists and pages made to hold a reader up: each is read within bounds, and says what was left out."""

import datetime as dt
import time

import pytest

from crawlers.readers import Context, reader
from crawlers.readers.declared.rows import MOST_ENTRIES
from crawlers.readers.pages.selectors import MOST_ENTRIES as MOST_OF_A_PAGE
from hobnob.errors import ReadError
from hobnob.observations import Observation, Skipped
from hobnob.sources import Pick

NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.timezone.utc)
SECONDS = 30
"""A bound that a busy machine keeps; alone, each takes a few seconds at most."""

COLUMNS = {"name": Pick(at="name"), "dates": Pick(at="date")}
ITEMS = {"name": Pick(at="link"), "dates": Pick(at="text")}
ENTRIES = {"entries": Pick(at="li"), "name": Pick(at="b"), "dates": Pick(at="i")}


def read(name, data, fields):
    context = Context(now=NOW, source="a-source", url="https://example.org/list", fields=fields)
    begun = time.monotonic()
    readings = list(reader(name)(data, context))
    assert time.monotonic() - begun < SECONDS
    events = [one for one in readings if isinstance(one, Observation)]
    return events, [one.reason for one in readings if isinstance(one, Skipped)]


@pytest.mark.parametrize("cell", [b"x", b"x,", b'"",'])
def test_a_row_of_50_mb_costs_that_row(cell):
    data = b"name,date\n" + cell * (50_000_000 // len(cell)) + b"\nAfter,2027-01-01\n"
    events, skipped = read("csv", data, COLUMNS)
    assert [one.name for one in events] == ["After"]
    assert skipped == ["row cannot be read: longer than 1000000 characters"]


def test_a_million_rows_are_read_to_the_limit():
    events, skipped = read(
        "csv", b"name,date\n" + b"".join(b"Fair %d,2027-01-01\n" % n for n in range(1_000_000)), COLUMNS
    )
    assert len(events) == MOST_ENTRIES
    assert skipped == [f"more than {MOST_ENTRIES} entries: the rest was left out"]


def test_ten_thousand_columns():
    data = b"name,date" + b",c" * 10_000 + b"\nFair,2027-01-01" + b",c" * 10_000 + b"\n"
    events, skipped = read("csv", data, COLUMNS)
    assert [one.name for one in events] == ["Fair"]
    assert skipped == ["more than 2000 columns: the rest was left out"]


def test_rows_that_are_empty():
    events, skipped = read("csv", b"name,date\n" + b",\n" * 250_000 + b"Fair,2027-01-01\n", COLUMNS)
    assert events == []
    assert skipped == [f"more than {MOST_ENTRIES} entries: the rest was left out"]


@pytest.mark.parametrize("data", [b"|" * 10_000_000, b"# a\n" * 2_000_000, b"<!-- " * 2_000_000])
def test_ten_megabytes_of_markdown_without_a_table(data):
    with pytest.raises(ReadError, match="no table"):
        read("markdown", data, COLUMNS)


def test_pipes_without_end_below_a_head():
    events, skipped = read("markdown", b"|name|date|\n|-|-|\n" + (b"|" * 60 + b"\n") * 60_000, COLUMNS)
    assert events == []
    assert skipped == ["more than 2000000 characters: the rest was left out"]


@pytest.mark.parametrize("text", [b"[" * 9000, b"[a](" * 2000, b"*a " * 3000, b"_" * 9000, b"<a " * 3000])
def test_markdown_that_opens_and_never_closes(text):
    events, skipped = read("markdown", (b"- " + text + b"\n") * 50 + b"- [Fair](https://a.example) 1 May 2027\n", ITEMS)
    assert [(one.name, str(one.start_date)) for one in events] == [("Fair", "2027-05-01")]
    assert len(skipped) <= 50


def test_merged_aliases_that_grow_tenfold_each_time():
    text = "a0: &a0 {x: 1}\n" + "".join(
        f"a{n}: &a{n}\n  <<: [{', '.join([f'*a{n - 1}'] * 20)}]\n" for n in range(1, 12)
    )
    with pytest.raises(ReadError, match="counted with those that aliases repeat"):
        read("yaml", f"{text}events: [*a11]\n".encode(), {**COLUMNS, "entries": Pick(at="events")})


def test_a_list_that_holds_itself():
    data = b"events: &e [*e, {name: Fair, date: 2027-01-01}]\n"
    events, _ = read("yaml", data, {**COLUMNS, "entries": Pick(at="events")})
    assert [one.name for one in events] == ["Fair"]


def test_yaml_is_read_to_the_limit():
    events, skipped = read("yaml", (b"- {name: A, date: 2027-01-01, text: " + b"x" * 1000 + b"}\n") * 10_000, COLUMNS)
    assert events
    assert any("more than 2000000 characters" in reason for reason in skipped)


def test_selectors_that_match_100_000_elements():
    data = b"<ul>" + b"".join(b"<li><b>Fair %d</b> <i>1 May 2027</i></li>" % n for n in range(100_000)) + b"</ul>"
    events, skipped = read("html", data, ENTRIES)
    assert len(events) == MOST_OF_A_PAGE
    assert f"more than {MOST_OF_A_PAGE} entries: the rest was left out" in skipped


@pytest.mark.parametrize("entries", ["div", "div::lines", "*", "//div"])
def test_entries_inside_one_another(entries):
    fields = {"entries": Pick(at=entries), "name": Pick(at="descendant-or-self::b"), "dates": Pick(at="")}
    events, skipped = read("html", b"<div><b>Fair</b> 1 May 2027" * 2500, fields)
    assert len(events) <= MOST_OF_A_PAGE
    assert any("left out" in reason for reason in skipped)


def test_selectors_that_look_back_through_the_whole_page():
    fields = {**ENTRIES, "year": Pick(at="preceding::h6[1]")}
    events, skipped = read("html", b"<ul>" + b"<li><b>Fair</b> <i>1 May 2027</i>" * 20_000, fields)
    assert events
    assert any("the rest was left out" in reason for reason in skipped)


def test_a_pattern_that_would_never_end_is_given_up():
    fields = {**ENTRIES, "venue": Pick(at="b", match=r"(a|aa)+c")}
    events, skipped = read("html", (b"<li><b>" + b"a" * 1900 + b"</b><i>1 May 2027</i>") * 200, fields)
    assert [str(one.start_date) for one in events] == ["2027-05-01"]
    assert "a match took too long: it was given up" in skipped


SPACES = b" " * 15_000


@pytest.mark.parametrize(
    ("name", "data", "fields"),
    [
        (
            "csv",
            b"name,date,tags\n" + b"Fair,2027-01-01,a%sb\n" % SPACES * 20,
            COLUMNS | {"keywords": Pick(at="tags")},
        ),
        ("markdown", b"- Fair 2027-01-01%sx\n" % SPACES[:3900] * 100, ITEMS | {"description": Pick(at="part 1")}),
    ],
)
def test_spaces_without_end_between_what_is_divided(name, data, fields):
    begun = time.monotonic()
    read(name, data, fields)
    assert time.monotonic() - begun < SECONDS / 3
