"""Every command and every setting is documented, and the pages are what the program says now."""

import re
from dataclasses import fields

import pytest

from cli.documentation import DOCS, commands_page, configuration_page, help_texts, setting_texts
from cli.pattern_words import in_words
from cli.platform_page import platforms_page
from crawlers.platforms import platforms
from crawlers.sources import load
from hobnob.settings import Settings

HELP = dict(help_texts())


def test_the_page_of_commands_is_current() -> None:
    assert (DOCS / "commands.md").read_text(encoding="utf-8") == commands_page(), "run 'make docs'"


def test_the_page_of_settings_is_current() -> None:
    assert (DOCS / "configuration.md").read_text(encoding="utf-8") == configuration_page(), "run 'make docs'"


def test_the_page_of_platforms_is_current() -> None:
    assert (DOCS / "platforms.md").read_text(encoding="utf-8") == platforms_page(), "run 'make docs'"


def test_every_platform_says_how_it_is_read_or_why_it_is_not() -> None:
    text = platforms_page()
    tables = re.findall(r"^\| (?:\[(.*?)\]\(#(.*?)\)|[^\[|]*) \| `(.*?)` \|", text, re.MULTILINE)
    assert sorted(name for _, _, name in tables) == sorted(one.name for one in platforms())
    headings = {heading: heading.lower() for heading in re.findall(r"^## (.*)$", text, re.MULTILINE)}
    for title, anchor, _ in (one for one in tables if one[0]):
        assert re.sub(r"[^\w -]", "", headings[title]).replace(" ", "-") == anchor
    for one in platforms():
        assert all(way.key.get_one_at in text for way in one.ways if way.key)
        assert one.closed is None or one.closed.split(",")[0].casefold() in text.casefold()


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        (r"^https?://[^/]+/cal/(?P<id>\w+)\.ics", "…/cal/{id}.ics"),
        (
            r"^(?:https?|webcal)://(?:www\.)?example\.(?:com|org)/(?P<group>[\w-]+)(?:/events)?",
            "example.(com or org)/{group}",
        ),
        (r"^https?://(?P<host>[\w-]{1,60}\.example\.org)/(?!login)", "….example.org/"),
        (r"<meta[^>]{1,200}content=[\"']Example\b", "<meta…content=…Example"),
        (r"(?>a++)b*?c{2,}\(\.\|", "ac(.|"),
        (r"[]x]\s+.*", "… …"),
        (r"^", "…"),
    ],
)
def test_a_pattern_is_told_in_words(pattern: str, words: str) -> None:
    re.compile(pattern)
    assert in_words(pattern) == words


def test_the_commands_of_the_design_are_there() -> None:
    named = [
        "crawl",
        "search",
        "show",
        "why",
        "facets",
        "review",
        "merge",
        "split",
        "hide",
        "undo",
        "rejudge",
        "sources",
        "feed",
        "serve",
        "schedule",
        "load",
        "dump",
        "backup",
        "index",
        "config",
        "doctor",
        "completion",
    ]
    for group, commands in {
        "": named,
        " sources": ["list", "show", "health", "check", "add", "remove", "enable", "disable"],
        " feed": ["add", "list", "show", "remove", "write"],
        " index": ["rebuild", "status"],
        " schedule": ["run", "install", "status"],
    }.items():
        assert {f"hobnob{group} {name}" for name in commands} <= set(HELP)


@pytest.mark.parametrize("path", HELP)
def test_help_is_readable_in_80_columns_and_says_everything(path: str) -> None:
    text = HELP[path]
    assert max(map(len, text.splitlines())) <= 80
    if "\nCommands:\n" not in text:
        assert re.search(rf"^  Examples:\n    (HOBNOB_\w+=\w+ )?{path}", text, re.MULTILINE)
    for undocumented in re.findall(r"^  (-[^\n]*?)(?:  +(\S.*))?$(?=\n  -|\n?\Z)", text, re.MULTILINE):
        assert undocumented[1] or "\n" in undocumented[0], f"{path} does not say what {undocumented[0]} does"


def test_the_sources_of_examples_are_there_and_crawled() -> None:
    named = re.findall(
        r"^    hobnob (?:crawl|sources (?:show|check|enable|disable)) ([a-z][a-z0-9 -]*)$",
        "\n".join(HELP.values()),
        re.MULTILINE,
    )
    names = {name for line in named for name in line.split() if not name.startswith("-")}
    assert len(names) >= 2
    assert all(load()[name].enabled for name in names)


def test_every_setting_says_what_it_is_for() -> None:
    texts = setting_texts()
    assert set(texts) == {field.name for field in fields(Settings)}
    assert all(text.endswith(".") for text in texts.values())
