"""Declarations of sources: read, checked with an error that names the place, and written for the user."""

import datetime as dt
from dataclasses import fields, replace

import pytest

from crawlers.readers import READERS
from crawlers.sources import add, declaration, load, load_file, remove, set_enabled
from hobnob.errors import SourceError, UnknownName
from hobnob.sources import Source

GOOD = """
[defaults]
time_zone = "Europe/Berlin"
language = "de"

[[source]]
name = "bonn"
title = "Bonn"
url = "https://example.org/c.ics?a=b"
reader = "ics"
industries = ["technology", "community"]
kind = "meetup"
every = "12h"
follow_depth = 2
follow = "/e/[0-9]+"

[[source]]
name = "tokyo"
title = "東京"
url = "file:data/a calendar.ics"
reader = "ics"
time_zone = "Asia/Tokyo"
enabled = false
"""


def write(folder, name, text):
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def test_a_file_of_sources(tmp_path):
    path = write(tmp_path, "group.toml", GOOD)
    bonn, tokyo = load_file(path)
    assert bonn == Source(
        name="bonn",
        title="Bonn",
        url="https://example.org/c.ics?a=b",
        reader="ics",
        industries=("technology", "community"),
        kind="meetup",
        every=dt.timedelta(hours=12),
        time_zone="Europe/Berlin",
        language="de",
        follow_depth=2,
        follow="/e/[0-9]+",
        declared_in=str(path),
    )
    assert (tokyo.title, tokyo.time_zone, tokyo.language, tokyo.enabled) == ("東京", "Asia/Tokyo", "de", False)
    assert tokyo.url == (tmp_path / "data" / "a calendar.ics").as_uri()


@pytest.mark.parametrize(
    ("line", "field", "says"),
    [
        ('colour = "red"', "colour", "is not a field"),
        ('industry = ["technology"]', "industry", "did you mean industries?"),
        ('name = "Bonn!"', "name", "'Bonn!'"),
        ('title = ""', "title", "''"),
        ('url = "ftp://example.org/c.ics"', "url", "http, https, file"),
        ('url = "https:///c.ics"', "url", "is no address"),
        ('url = "file://elsewhere/c.ics"', "url", "another machine"),
        ('url = "http://[::1/c.ics"', "url", "is no address"),
        ('reader = "icalendar"', "reader", "known are"),
        ('time_zone = "Europe/Bonn"', "time_zone", "'Europe/Bonn'"),
        ('language = "German"', "language", "'German'"),
        ('industries = ["technologie"]', "industries", "did you mean 'technology'?"),
        ('industries = "technology"', "industries", "is not a list"),
        ('kind = "meet-up"', "kind", "did you mean 'meetup'?"),
        ('every = "daily"', "every", "'12h'"),
        ('every = "0d"', "every", "'0d'"),
        ('enabled = "yes"', "enabled", "neither true nor false"),
        ("follow_depth = 9", "follow_depth", "from 0 to 5"),
        ('follow = "("', "follow", "no regular expression"),
        ('homepage = "example.org"', "homepage", "no http or https address"),
        (r'note = "a\u0007b"', "note", "is not a line of text"),
    ],
)
def test_an_error_names_file_source_and_field(tmp_path, line, field, says):
    fields = {"name": '"bonn"', "title": '"Bonn"', "url": '"https://example.org/"', "reader": '"ics"'}
    key, _, value = line.partition(" = ")
    text = "[[source]]\n" + "".join(f"{k} = {v}\n" for k, v in (fields | {key: value}).items())
    path = write(tmp_path, "group.toml", text)
    with pytest.raises(SourceError) as caught:
        load_file(path)
    message = str(caught.value)
    assert message.startswith(f"{path}: source ")
    assert f": {field} " in message
    assert says in message
    if key != "name":
        assert "'bonn'" in message


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[[source]\n", "Expected"),
        ('[[source]]\ntitle = "x"\nurl = "https://x.org"\nreader = "ics"\n', "source number 1: name is missing"),
        ("sources = []\n", "unknown key 'sources'"),
        ("[source]\nname = 'x'\n", "[[source]]"),
        ("source = ['x']\n", "source number 1: source is not a table"),
    ],
)
def test_a_file_that_is_no_declaration(tmp_path, text, says):
    path = write(tmp_path, "group.toml", text)
    with pytest.raises(SourceError) as caught:
        load_file(path)
    assert str(caught.value).startswith(f"{path}: ")
    assert says in str(caught.value)


def test_two_sources_of_one_name(tmp_path):
    write(tmp_path, "a.toml", GOOD)
    write(tmp_path, "b.toml", GOOD)
    with pytest.raises(SourceError, match=r"b\.toml: source 'bonn': name is taken already in .*a\.toml"):
        load(tmp_path, bundled=False)


def test_the_users_sources_override_the_bundled_ones_by_name(tmp_path):
    name = next(iter(load()))
    write(
        tmp_path, "mine.toml", f'[[source]]\nname = "{name}"\ntitle = "Mine"\nurl = "https://x.org"\nreader = "ics"\n'
    )
    assert load(tmp_path)[name].title == "Mine"
    assert len(load(tmp_path)) == len(load())
    assert list(load(tmp_path, bundled=False)) == [name]


def test_adding_and_removing_keeps_the_rest_of_the_file(tmp_path):
    folder = tmp_path / "sources"
    one = declaration({"name": "one", "title": 'The "first"', "url": "https://x.org/1", "reader": "ics", "every": "2w"})
    add(folder, one)
    path = folder / "added.toml"
    path.write_text("# my sources\n" + path.read_text("utf-8"), "utf-8")
    add(folder, replace(one, name="two", industries=("health",), follow_depth=1, private=True, enabled=False))
    found = load(folder, bundled=False)
    assert found["one"] == replace(one, declared_in=str(path))
    assert (found["two"].industries, found["two"].private, found["two"].enabled) == (("health",), True, False)
    assert path.read_text("utf-8").startswith("# my sources\n")
    remove(folder, "one")
    assert list(load(folder, bundled=False)) == ["two"]
    assert path.read_text("utf-8").startswith("# my sources\n")
    with pytest.raises(UnknownName, match="'one'"):
        remove(folder, "one")


def test_nothing_is_added_that_could_not_be_read_again(tmp_path):
    good = declaration({"name": "one", "title": "One", "url": "https://x.org/1", "reader": "ics"})
    with pytest.raises(SourceError, match="name 'Not good'"):
        add(tmp_path, replace(good, name="Not good"))
    add(tmp_path, good)
    with pytest.raises(SourceError, match="'one' exists already"):
        add(tmp_path, good)
    assert load(tmp_path, bundled=False) == {"one": replace(good, declared_in=str(tmp_path / "added.toml"))}


def test_switching_a_bundled_source_copies_nothing(tmp_path):
    name, source = next((name, source) for name, source in load().items() if source.enabled)
    path = set_enabled(tmp_path, source, False)
    assert path.name == "switches.toml"
    assert not load(tmp_path)[name].enabled
    assert load(tmp_path)[name] == replace(source, enabled=False)
    assert load(tmp_path, bundled=False) == {}
    set_enabled(tmp_path, source, True)
    assert load(tmp_path)[name].enabled
    path.write_text(f'[enabled]\n{name} = "no"\n')
    with pytest.raises(SourceError, match=f"switches.toml: source '{name}': enabled 'no'"):
        load(tmp_path)


def test_switching_ones_own_source_changes_its_declaration(tmp_path):
    path = write(tmp_path, "group.toml", "# kept\n" + GOOD)
    tokyo = load(tmp_path, bundled=False)["tokyo"]
    assert set_enabled(tmp_path, tokyo, True) == path
    assert load(tmp_path, bundled=False)["tokyo"].enabled
    assert path.read_text("utf-8").startswith("# kept\n")


def test_a_yearly_address_keeps_its_place_for_the_year():
    table = {"name": "x", "title": "x", "reader": "confs-tech"}
    assert declaration(table | {"url": "https://x.org/{year}/a.json"}).url == "https://x.org/{year}/a.json"
    assert declaration(table | {"url": "file:/x/{year}/a.json"}).url == "file:///x/{year}/a.json"


def test_every_key_is_documented(checkout):
    page = (checkout / "docs/declare-a-source.md").read_text(encoding="utf-8")
    table = page.partition("## Keys of a source\n")[2].partition("\n## ")[0]
    rows = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    documented = {name.strip(" `") for row in rows for name in row.split(",")}
    assert documented == {field.name for field in fields(Source)} - {"declared_in"}


def test_every_reader_is_documented(checkout):
    page = (checkout / "docs/declare-a-source.md").read_text(encoding="utf-8")
    (row,) = (line for line in page.splitlines() if line.startswith("| `reader` |"))
    assert [name.strip(" `|") for name in row.split("|")[2].split(",")] == list(READERS)
