"""The whole program, as people run it: a process of its own, with folders of its own."""

import datetime as dt
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.whole.program import COMMAND, environment

CALENDAR = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//example//EN
BEGIN:VEVENT
UID:weekly@example.org
DTSTAMP:20260101T000000Z
DTSTART;TZID=Europe/Zurich:20260106T190000
DTEND;TZID=Europe/Zurich:20260106T210000
RRULE:FREQ=WEEKLY
SUMMARY:Zürich Software Developers Meetup
LOCATION:Zürich, Switzerland
END:VEVENT
BEGIN:VEVENT
UID:conference@example.org
DTSTAMP:20260101T000000Z
DTSTART;VALUE=DATE:{conference:%Y%m%d}
SUMMARY:Software Conference Lisboa
LOCATION:Lisboa, Portugal
END:VEVENT
END:VCALENDAR
"""


@pytest.fixture(scope="session")
def calendar(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A calendar file: a meetup every Tuesday in Zürich, and a conference in Lisbon in 300 days."""
    path = tmp_path_factory.mktemp("calendar") / "meetups.ics"
    text = CALENDAR.format(conference=dt.date.today() + dt.timedelta(days=300))
    path.write_text(text.replace("\n", "\r\n"), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def hobnob(checkout: Path) -> Callable[..., str]:
    """Runs the program from the checkout; what it prints. Fails the test unless it ends with exit code 0."""

    def run(*words: str | Path) -> str:
        ran = subprocess.run([*COMMAND, *words], env=environment(checkout), capture_output=True, text=True, check=False)
        assert ran.returncode == 0, f"{words}: {ran.stdout}\n{ran.stderr}"
        return ran.stdout

    return run


@pytest.fixture(scope="session")
def crawled(hobnob: Callable[..., str], calendar: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory into which `calendar` has been crawled."""
    data = tmp_path_factory.mktemp("crawled")
    hobnob("--data-dir", data, "crawl", calendar)
    return data
