"""The rooms keep to the rules of the house, and a search does not load what only a crawl needs."""

import subprocess
import sys
from pathlib import Path

RARE = ("scrapy", "twisted", "sqlalchemy", "icalendar", "extruct", "feedparser", "babel", "dateutil", "lxml", "mf2py")


def test_import_rules(checkout: Path) -> None:
    program = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    ran = subprocess.run([sys.executable, "-c", program], cwd=checkout, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "0 broken" in ran.stdout


def test_a_search_loads_only_what_it_needs(checkout: Path, crawled: Path) -> None:
    """A real search, by text, industry and place, in a process that then says what it has loaded."""
    program = (
        "import sys\n"
        "from cli.program import main\n"
        "assert main(sys.argv[1:]) == 0\n"
        f"print([name for name in {RARE!r} if name in sys.modules], file=sys.stderr)\n"
    )
    asked = ["--data-dir", crawled, "search", "meetup", "-i", "technology", "-n", "Zurich", "-f", "json"]
    ran = subprocess.run(
        [sys.executable, "-c", program, *asked], cwd=checkout, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    assert '"Zürich Software Developers Meetup"' in ran.stdout
    assert ran.stderr.strip().splitlines()[-1] == "[]"
