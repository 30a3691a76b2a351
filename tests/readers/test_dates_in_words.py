"""Dates in words: a table of real and made-up lines, what Babel writes in every language, and what must not happen."""

import csv
import datetime as dt
import subprocess
import sys
import time
from pathlib import Path

import pytest
from babel import Locale
from babel.dates import format_date, format_interval, format_time
from hypothesis import assume, given
from hypothesis import strategies as st

from crawlers.readers.date_words.vocabulary import fold, vocabulary
from crawlers.readers.dates import When, every_date, find_dates, read_dates
from hobnob.moments import Moment

TABLE = Path(__file__).parents[1] / "cases" / "dates_in_words.tsv"
with TABLE.open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
DAY = dt.date(2026, 11, 23)


def moment(text: str) -> Moment | None:
    """ "2027-03-03T18:30[Europe/Berlin]" as written in the table."""
    if not text:
        return None
    wall, _, zone = text.rstrip("]").partition("[")
    day, _, time = wall.partition("T")
    return Moment(dt.date.fromisoformat(day), dt.time.fromisoformat(time) if time else None, zone or None)


def known(text: str) -> dict[str, object]:
    """ "year=2027 today=2026-11-23" as arguments."""
    found: dict[str, object] = {one.partition("=")[0]: one.partition("=")[2] for one in text.split()}
    if "year" in found:
        found["year"] = int(str(found["year"]))
    if "today" in found:
        found["today"] = dt.date.fromisoformat(str(found["today"]))
    return found


@pytest.mark.parametrize("row", ROWS, ids=[f"{row['language']}-{row['text']}"[:60] for row in ROWS])
def test_a_line_means_what_a_person_reads_in_it(row: dict[str, str]) -> None:
    found = read_dates(row["text"], language=row["language"] or None, **known(row["known"]))  # type: ignore[arg-type]
    if row["start"] == "-":
        assert found is None
    else:
        assert found is not None
        assert (found.start, found.end) == (moment(row["start"]), moment(row["end"]))
        assert found.guessed == tuple(row["guessed"].split())


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        ("GMT+0100 (CET)", "[+01:00]"),  # JavaScript's Date as text
        ("GMT-0500 (Eastern Standard Time)", "[-05:00]"),
        ("GMT+0000 (Coordinated Universal Time)", "[UTC]"),
        ("UTC +0530", "[+05:30]"),
        ("UTC+05:30", "[+05:30]"),
        ("GMT-3", "[-03:00]"),
    ],
)
@pytest.mark.parametrize("language", ["en", None])
def test_an_offset_from_greenwich(zone: str, expected: str, language: str | None) -> None:
    found = read_dates(f"Mon Mar 01 2027 19:00:00 {zone}", language=language)
    assert found
    assert str(found.start) == f"2027-03-01T19:00:00{expected}"


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("Wednesday, March 3, 2027 at 7pm, The Mill, Room 12", "The Mill, Room 12"),
        ("Date: March 3, 2027 Time: 7pm", "Date: Time"),
        ("March 3, 2027 (7pm)", ""),
        ("2027年3月3日（水）19:00～21:00", ""),
        ("from 3 to 5 March 2027", ""),
        ("March 3, 2027 at 7:00", "at 7:00"),
        ("March 3, 2027, 7pm or 8pm, see below", "7pm or 8pm, see below"),
    ],
)
def test_what_was_not_understood_is_left_over(text: str, rest: str) -> None:
    found = read_dates(text, language="en")
    assert found is not None
    assert found.rest == rest


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("3, 10 and 17 March 2027", "en", ["2027-03-03", "2027-03-10", "2027-03-17"]),
        ("March 3, 10 and 17, 2027, 7pm", "en", ["2027-03-03T19:00", "2027-03-10T19:00", "2027-03-17T19:00"]),
        ("3 March, 10 April and 17 May 2027", "en", ["2027-03-03", "2027-04-10", "2027-05-17"]),
        ("Mar 3, 2027 7pm; Mar 10, 2027 8pm", "en", ["2027-03-03T19:00", "2027-03-10T20:00"]),
        ("7pm March 3, 2027 | 8pm March 10, 2027", "en", ["2027-03-03T19:00", "2027-03-10T20:00"]),
        (
            "3.3., 10.3. und 17.3.2027, jeweils 19 Uhr",
            "de",
            ["2027-03-03T19:00", "2027-03-10T19:00", "2027-03-17T19:00"],
        ),
        ("le 30 décembre et le 2 janvier 2027", "fr", ["2026-12-30", "2027-01-02"]),
        ("3–5 and 10–12 March 2027", "en", ["2027-03-03/2027-03-05", "2027-03-10/2027-03-12"]),
        ("Jan. 16 Minutes Feb. 13 Minutes March 13 Minutes", "en", ["2018-01-16", "2018-02-13", "2018-03-13"]),
        ("3 March 2027 and Feb 30, 2027", "en", []),
        ("Room 12", "en", []),
    ],
)
def test_a_line_may_list_several_dates(text: str, language: str, expected: list[str]) -> None:
    assert spans(every_date(text, language=language, year=2018)) == expected


def spans(found: list[When]) -> list[str]:
    """As in "2027-03-03T19:00/2027-03-03T21:00[Europe/Berlin]": the zone last, seconds left out."""
    return ["/".join(short(one) for one in (when.start, when.end) if one) for when in found]


def short(one: Moment) -> str:
    return str(one).replace(":00[", "[").removesuffix(":00") if one.time else str(one)


PROSE = """Join us for the spring meetup on Wednesday, March 3, 2027 at 6:30 pm in Room 12.
You may 3 times bring a friend; march 7 people strong. Call 312-555-0112, tickets $25.50, 24/7 support since 9/11.
The next ones: April 7, 2027, 7–9pm, and (if all goes well) 5 May 2027.
Every Tuesday we meet at 8pm. Version 3.12 ships in March 2027. Windows 11, ISBN 978-3-16-148410-0, 10:00 breakfast.
Registration closes 2027-02-28."""


def test_prose_holds_dates_and_much_that_is_none() -> None:
    found = find_dates(PROSE, language="en", year=2027, today=DAY)
    assert spans(found) == ["2027-03-03T18:30", "2027-04-07T19:00/2027-04-07T21:00", "2027-05-05", "2027-02-28"]
    assert found[0].rest == "Join us for the spring meetup in Room 12"
    assert found[3].rest == "Registration closes"


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Wir treffen uns am Mittwoch, den 3. März 2027, um 18 Uhr im Saal 3.", "de", ["2027-03-03T18:00"]),
        ("Am 22. und 23. August 2027 ist es wieder soweit. Kapitel 3.3. beginnt.", "de", ["2027-08-22", "2027-08-23"]),
        (
            "Le colloque aura lieu du 12 au 14 novembre 2026. Dépôt avant le 1er mars 2026.",
            "fr",
            ["2026-11-12/2026-11-14", "2026-03-01"],
        ),
        ("Konferencja odbędzie się w dniach 11-12 marca 2027 r. w Lublinie, sala 12.", "pl", ["2027-03-11/2027-03-12"]),
        ("開催は2027年3月3日（水）19:00からです。参加費は3000円、12名まで。", "ja", ["2027-03-03T19:00"]),
        ("No dates here, only 12 reasons and 3/4 of a cup.", "en", []),
        ("Nothing at all", "en", []),
    ],
)
def test_prose_in_other_languages(text: str, language: str, expected: list[str]) -> None:
    assert spans(find_dates(text, language=language)) == expected


def test_a_rule_in_prose_does_not_hide_a_date_elsewhere() -> None:
    text = "We meet every Tuesday. The big one is on 6 March 2027."
    assert spans(find_dates(text, language="en")) == ["2027-03-06"]


_LOCALES = "en en_GB de de_AT fr fr_CA es es_MX it pt pt_PT nl sv pl ja da nb fi cs ca zh ko"
LOCALES = _LOCALES.split()
SKELETONS = ("yMMMd", "yMMMMd", "yMMMEd", "yMd", "yMEd")
#: Figures whose order the language does not settle, or whose year has two digits in another order.
UNCLEAR = {("en", "short"), ("fr_CA", "short"), ("sv", "short"), ("ko", "short")}
UNCLEAR |= {(locale, skeleton) for locale in ("en", "fr_CA", "sv") for skeleton in ("yMd", "yMEd")}
dates = st.dates(dt.date(2000, 1, 1), dt.date(2069, 10, 1))


@given(st.sampled_from(LOCALES), st.sampled_from(("full", "long", "medium", "short")), dates, st.none() | st.times())
def test_every_date_that_babel_writes_is_read(locale: str, style: str, day: dt.date, clock: dt.time | None) -> None:
    assume((locale, style) not in UNCLEAR)
    wall = clock.replace(second=0, microsecond=0) if clock else None
    text = format_date(day, style, locale=locale) + (f" {format_time(wall, 'short', locale=locale)}" if wall else "")
    found = read_dates(text, language=locale)
    assert found == When(Moment(day, wall), None, (), ""), text


@given(st.sampled_from(LOCALES), st.sampled_from(SKELETONS), dates, st.integers(1, 80))
def test_every_range_that_babel_writes_is_read(locale: str, skeleton: str, day: dt.date, length: int) -> None:
    assume((locale, skeleton) not in UNCLEAR)
    last = day + dt.timedelta(days=length)
    text = format_interval(day, last, skeleton, locale=locale)
    assert read_dates(text, language=locale) == When(Moment(day), Moment(last), (), ""), text


@given(st.sampled_from(LOCALES[:1] + LOCALES[2:19]), dates, st.sampled_from(("full", "long")))
def test_the_language_need_not_be_said(locale: str, day: dt.date, style: str) -> None:
    found = read_dates(format_date(day, style, locale=locale))
    assert found is None or found.start == Moment(day)


_PIECES = (
    "3 3. 12 31 99 2027 '27 March Wed Wednesday, – - to and , / . of between at 7pm 19:00 18.30 3/5 3.3. 03.05.2027 "
    "2027-03-03 Uhr kl. pm noon every doors ET Room street mar do de le à bis vom 水 3月3日 (水) 19時 から +0100 UTC+2 "
    "2h 3rd € $5 1,000 ( ) tomorrow 9h–17h30"
)
PIECES = st.sampled_from(_PIECES.split())


@given(
    st.lists(PIECES | st.text(max_size=6), max_size=30).map(" ".join) | st.text(max_size=200),
    st.sampled_from((None, "en", "de", "fr", "es", "it", "pt", "nl", "sv", "pl", "ja", "fi", "ru", "xx", "")),
    st.sampled_from((None, "dmy", "mdy", "ymd")),
)
def test_noise_raises_nothing_and_what_it_gives_is_in_order(text: str, language: str | None, order: str | None) -> None:
    for read in (every_date, find_dates):
        for found in read(text, language=language, order=order, today=DAY, zone="Europe/Berlin"):
            assert 1970 <= found.start.date.year <= 2201
            assert found.end is None or found.end.date >= found.start.date
            assert set(found.guessed) <= {"year", "date", "time", "start", "language"}


@pytest.mark.parametrize(
    "piece",
    [
        *("1", "-", " ", "'", "水", "bla", "1-", "1,", "1:", "1. ", "a.", "a'", "3月", "1,111", "2027-"),
        *("3 and ", "3, of the ", "Wed ", "Wed, 3 ", "March 3 ", "7pm - "),
    ],
)
def test_no_text_takes_long(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    read_dates("warm up"), read_dates("warm up", language="de")
    for language in ("de", None):
        for read in (read_dates, find_dates):
            start = time.process_time()
            read(text, language=language)
            assert time.process_time() - start < 0.5


def test_only_so_much_is_read() -> None:
    assert read_dates(" " * 600 + "3 March 2027", language="en") is None
    assert find_dates("x " * 10_001 + "3 March 2027", language="en") == []
    assert len(find_dates("3 March 2027. " * 400, language="en")) == 200


def test_every_name_of_cldr_is_known() -> None:
    for locale in ("en", "de", "fr", "es", "it", "pt", "nl", "sv", "pl", "da", "nb", "fi", "cs", "ca"):
        words = vocabulary(locale)
        assert words is not None
        for number, name in Locale(locale).months["format"]["wide"].items():
            assert words.words[fold(name.split()[-1]).split("'")[-1]] == ("m", number), name
        for number, name in Locale(locale).days["format"]["wide"].items():
            assert words.words[fold(name).split("-")[0]] == ("w", number), name


def test_dateparser_is_not_loaded_until_a_date_is_read() -> None:
    code = "import sys, crawlers.readers.dates; print('dateparser' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"
