"""The examples that come with the project: each is read, and each file says where it is from."""

import datetime as dt
from pathlib import Path

from crawlers.run import crawl
from crawlers.sources import load
from hobnob.observations import Observation
from hobnob.settings import load as load_settings

EXAMPLES = Path(__file__).parents[2] / "examples"


def test_every_example_is_read(tmp_path):
    settings, _ = load_settings(
        config_dir=tmp_path, data_dir=tmp_path, config_file=EXAMPLES / "hobnob.toml", environ={}
    )
    sources = load(settings.sources_dir, bundled=settings.bundled_sources)
    records = []
    reports = crawl(sources.values(), settings=settings, deliver=records.append)
    assert len(reports) == len(sources)
    for report in reports:
        assert (report.outcome, report.skipped, report.errors) == ("read", 0, ()), report
        assert report.read > 0, report
    observations = [record for record in records if isinstance(record, Observation)]
    assert len(observations) == sum(report.read for report in reports)
    assert len(observations) >= 300
    assert sum(o.start_date.date >= dt.date(2026, 12, 1) for o in observations) >= 20
    assert {source.reader for source in sources.values()} == {"ics", "feed", "html", "confs-tech"}
    assert len({industry for source in sources.values() for industry in source.industries}) >= 10


def test_every_file_has_its_provenance():
    said = (EXAMPLES / "README.md").read_text("utf-8")
    data = [path for path in EXAMPLES.rglob("*") if path.suffix in (".ics", ".html", ".xml", ".json")]
    assert len(data) > 20
    for path in data:
        assert path.relative_to(EXAMPLES).as_posix() in said
