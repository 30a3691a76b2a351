"""hobnob ships top-level packages with plain names, so nothing that it needs may ship the same ones."""

from importlib.metadata import packages_distributions

import pytest


@pytest.mark.parametrize("name", ["hobnob", "crawlers", "indexer", "web", "cli"])
def test_no_other_distribution_ships_a_package_of_our_name(name: str) -> None:
    shipped = packages_distributions()
    assert {"scrapy", "tantivy", "sqlalchemy"} <= shipped.keys()
    assert set(shipped.get(name, ())) <= {"hobnob"}
