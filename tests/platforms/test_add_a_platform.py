"""docs/add-a-platform.md: the platform that it adds can be read, its case holds, its row is what is generated."""

import re
from pathlib import Path

import pytest

import crawlers.platforms
from cli.platform_page import section
from crawlers.platforms.adapter import paging
from tests.platforms import test_recorded_sites as suite
from tests.platforms.crawls import Crawls
from tests.platforms.recorded import Case, load

TEXT = (Path(__file__).parents[2] / "docs" / "add-a-platform.md").read_text("utf-8")
FILES = dict(re.findall(r"^`([^`\n]+)`:\n\n```\w+\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL))


@pytest.fixture
def town_board(monkeypatch):
    """The platform of the page, beside all others."""
    (path,) = (name for name in FILES if name.startswith("crawlers/platforms/"))
    module: dict[str, object] = {}
    exec(compile(FILES[path], path, "exec"), module)
    platform = module["PLATFORM"]
    assert platform.name.replace("-", "_") == Path(path).stem
    others = {one.name: one for one in crawlers.platforms.platforms()}
    monkeypatch.setattr(crawlers.platforms, "_all", lambda: {**others, platform.name: platform})
    return platform


@pytest.fixture
def case(tmp_path) -> Case:
    (folder,) = re.findall(r"in `tests/cases/platforms/(.*?)/`", TEXT)
    (tmp_path / folder).mkdir(parents=True)
    for name, text in FILES.items():
        if "/" not in name:
            (tmp_path / folder / name).write_text(text, encoding="utf-8")
    return load(tmp_path / folder)


@pytest.mark.usefixtures("town_board")
def test_its_case_holds(case, player, tmp_path):
    made = Crawls(case, player, tmp_path / "crawled")
    suite.test_a_crawl_finds_what_is_there(case, lambda _: made)
    suite.test_what_is_skipped_has_its_reason(case, lambda _: made)
    suite.test_a_second_crawl_sends_validators_and_has_no_news(case, lambda _: made)
    suite.test_after_the_change_a_third_crawl_reports_it_and_nothing_else(case, lambda _: made)
    suite.test_its_home_page_is_recognised_and_leads_to_the_source(case, player)
    suite.test_its_home_page_is_all_that_a_person_needs(case, player, tmp_path / "added")


def test_its_row_is_what_is_generated(town_board):
    assert f"```markdown\n{section(town_board)}```" in TEXT


def test_it_names_all_that_adapters_can_do():
    assert set(paging.__all__) <= set(re.findall(r"^\| `(\w+)`", TEXT, re.MULTILINE))
