"""Keys of platforms in the settings: a table of the file and variables, shown by no command."""

import json

import pytest

SECRET = "s3cr3t-of-mine"


@pytest.fixture
def with_keys(config):
    """Adds lines to the configuration."""

    def _with_keys(*lines: str) -> None:
        with config.open("a", encoding="utf-8") as file:
            file.write("\n".join(lines))

    return _with_keys


@pytest.fixture
def calendar(tmp_path):
    """Something to crawl."""
    path = tmp_path / "made.ics"
    path.write_text(
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nDTSTART:20281201T190000Z\nSUMMARY:A\nEND:VEVENT\nEND:VCALENDAR\n"
    )
    return path


def test_no_command_shows_a_key(run, with_keys, monkeypatch, calendar) -> None:
    with_keys("[keys]", f'eventbrite = "{SECRET}"')
    monkeypatch.setenv("HOBNOB_KEY_EVENTBRITE", f"{SECRET}-2")
    for arguments in (
        ("config",),
        ("config", "-f", "json"),
        ("doctor",),
        ("doctor", "-f", "json"),
        ("crawl", calendar),
    ):
        ran = run(*arguments)
        assert SECRET not in ran.out + ran.err
    shown = {row["name"]: row for row in json.loads(run("config", "-f", "json").out)}
    assert shown["keys.eventbrite"] == {
        "name": "keys.eventbrite",
        "value": "set, not shown",
        "from": "HOBNOB_KEY_EVENTBRITE",
    }


def test_a_key_says_which_file_it_is_from(run, with_keys, config) -> None:
    with_keys("[keys]", f'eventbrite = "{SECRET}"')
    shown = {row["name"]: row["from"] for row in json.loads(run("config", "-f", "json").out)}
    assert shown["keys.eventbrite"] == str(config)


@pytest.mark.parametrize("command", ["crawl", "doctor"])
def test_a_key_for_no_platform_is_told_with_the_nearest(run, with_keys, command, calendar) -> None:
    with_keys("[keys]", f'eventbright = "{SECRET}"')
    ran = run(command, *([calendar] if command == "crawl" else []))
    assert ran.code != 0
    told = " ".join((ran.out + ran.err).split())
    assert "a key for 'eventbright', which is no platform that wants one" in told
    assert "did you mean eventbrite?" in told
    assert SECRET not in told


@pytest.mark.parametrize(
    "lines",
    [
        ("[keys]", 'eventbrite = "s3cr3t of mine"'),
        ("[keys]", 'eventbrite = "s3cr3t\\r\\nX-Evil: 1"'),
        ("[keys]", 'eventbrite = "s3cr3t\u00e9\u00e9\u00e9"'),
        ("[keys]", 'eventbrite = "s3c"'),
        ("[keys]", "eventbrite = 12345678"),
        ("[keys.eventbrite]", 'of = "s3cr3t-of-mine"'),
        ('keys = "s3cr3t-of-mine"',),
    ],
)
def test_what_is_no_key_is_told_without_showing_it(run, with_keys, config, lines) -> None:
    with_keys(*lines)
    ran = run("config")
    assert ran.code == 2
    assert str(config) in ran.err.replace("\n", "")
    assert "key" in ran.err
    assert "s3c" not in ran.out + ran.err
    assert "12345678" not in ran.out + ran.err


def test_a_variable_that_is_no_key(run, monkeypatch) -> None:
    monkeypatch.setenv("HOBNOB_KEY_LINKED_EVENTS", "a b")
    ran = run("config")
    assert ran.code == 2
    assert "HOBNOB_KEY_LINKED_EVENTS does not look like one" in ran.err
