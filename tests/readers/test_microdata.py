"""The examples of the specification of microdata, and what extruct makes of them (tests/cases/extruct)."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest

from crawlers.readers import Context
from crawlers.readers.pages.microdata import items
from crawlers.readers.pages.page import open_page
from tests.readers.case_folders import NOW

FOLDER = Path(__file__).parents[1] / "cases" / "extruct" / "w3c"
FILES = sorted(FOLDER.glob("*.html"))
CONTEXT = Context(now=NOW, source="s", url="https://example.org/")
#: What the examples are read relative to.
BASES = {
    "microdata.7.1": "http://blog.example.com/progress-report",
    "microdata.object": "http://www.example.com/microdata/",
}
ADDRESSES = {"url", "object"}
#: A link that is no address by its property gives its text here: on the web a linked name is a name.
TEXTS = {"license": "MIT license"}
# Pages without an event are not read at all.
EVENT = b'<i itemscope itemtype="http://schema.org/Event"></i>'


def as_extruct_has_it(item: Any, base: str) -> Any:
    if not isinstance(item, dict):
        return item
    found: dict[str, Any] = {"properties": {}}
    for name, value in item.items():
        values = value if isinstance(value, list) else [value]
        if name == "@type":
            found["type"] = values
        else:
            values = [as_extruct_has_it(one, base) for one in values]
            found["properties"][name] = [urljoin(base, one) for one in values] if name in ADDRESSES else values
    return found


def expected(item: Any) -> Any:
    if not isinstance(item, dict):
        return item
    found = {"properties": {}} | {key: value for key, value in item.items() if key != "properties"}
    for name, value in item.get("properties", {}).items():
        values = [expected(one) for one in (value if isinstance(value, list) else [value])]
        found["properties"][name] = [TEXTS[name]] if name in TEXTS else values
    return found


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_example(path: Path) -> None:
    *found, _ = items(open_page(path.read_bytes() + EVENT, CONTEXT))
    wanted = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    base = BASES.get(path.stem, "")
    assert [as_extruct_has_it(one, base) for one in found] == [expected(one) for one in wanted]
    assert found
