"""hobnob with Elasticsearch, as a person meets it: one setting, the same answers, and what it says in an outage."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from indexer.engines.elasticsearch import Access, ElasticsearchEngine
from tests.cli.conftest import EXAMPLES, Run
from tests.elastic.node import Node
from tests.elastic.running import prepared

NUMBERS = count(1)
HOBNOB = Path(sys.executable).with_name("hobnob")
BERLIN = ("search", "--near", "Berlin", "--within", "100km", "--from", "2019-01-01", "-f", "json")


@pytest.fixture
def cluster(elasticsearch: Node, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The prefix of indices that are gone after the test."""
    prefix = f"cli-{next(NUMBERS)}"
    monkeypatch.setenv("HOBNOB_ENGINE", "elasticsearch")
    monkeypatch.setenv("HOBNOB_ELASTICSEARCH_URLS", elasticsearch.url)
    monkeypatch.setenv("HOBNOB_ELASTICSEARCH_PREFIX", prefix)
    monkeypatch.setenv("HOBNOB_ELASTICSEARCH_REPLICAS", "0")
    yield prefix
    engine = ElasticsearchEngine(Access(urls=(elasticsearch.url,)), prefix=prefix)
    engine.erase()
    engine.close()


def test_from_embedded_to_elasticsearch_and_back(run: Run, crawled: Path, cluster: str) -> None:
    embedded = run("--engine", "embedded", *BERLIN, data=crawled)
    assert run("index", "sync", data=crawled).code == 0
    moved = run(*BERLIN, data=crawled)
    assert json.loads(moved.out) == json.loads(embedded.out) != []
    for what in (
        ("facets", "-f", "json"),
        ("search", "python", "--sort", "relevance", "-f", "json", "--from", "2010-01-01"),
    ):
        ours, theirs = (
            json.loads(run("--engine", name, *what, data=crawled).out) for name in ("embedded", "elasticsearch")
        )
        if "search" in what:
            ours, theirs = ([hit["id"] for hit in found] for found in (ours, theirs))
        assert ours == theirs
    assert run("feed", "add", "berlin", "--near", "Berlin", data=crawled).code == 0
    assert "BEGIN:VCALENDAR" in run("feed", "write", "berlin", "-o", "-", data=crawled).out


def test_status_and_doctor_say_where_it_is_and_how_it_is(
    run: Run, crawled: Path, cluster: str, elasticsearch: Node
) -> None:
    before = run("index", "status", data=crawled)
    assert "The index is behind" in before.err
    run("index", "sync", data=crawled)
    found = run("index", "status", "-f", "json", data=crawled)
    state = json.loads(found.out)
    assert found.code == 0
    assert state["problems"] == []
    assert state["index"] == f"{cluster}-events → {cluster}-events-000001"
    assert state["number"] == state["catalogue_number"] > 0
    assert run("doctor", data=crawled).code == 0
    run("index", "rebuild", data=crawled)
    assert f"{cluster}-events-000002" in run("index", "status", data=crawled).out

    elasticsearch.ask(f"{cluster}-events/_settings", {"index.blocks.write": True}, "PUT")
    sick = run("doctor", data=crawled)
    assert sick.code == 1
    assert "does not take writes" in sick.out
    assert "index.blocks.write" in sick.out
    assert run("index", "status", data=crawled).code == 1


def test_an_outage_and_afterwards(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody answers: the crawl loads the catalogue and says so; then a server starts there, and all is level."""
    examples = EXAMPLES / "hobnob.toml"
    monkeypatch.setenv("HOBNOB_ENGINE", "elasticsearch")
    monkeypatch.setenv("HOBNOB_ELASTICSEARCH_REPLICAS", "0")
    monkeypatch.setenv("HOBNOB_ELASTICSEARCH_TIMEOUT_SECONDS", "2")
    with prepared() as node:
        monkeypatch.setenv("HOBNOB_ELASTICSEARCH_URLS", node.url)
        away = run("crawl", config=examples)
        assert away.code == 3
        assert "The index is behind: cannot read the search index: nobody answers at" in away.err
        assert "hobnob index sync" in away.err
        assert "new events" in away.out
        dumped = tmp_path / "dump.jsonl"
        assert run("dump", "-o", dumped, config=examples).code == 0
        loaded = run("load", dumped, config=examples)
        assert loaded.code == 3
        assert "0 new" in loaded.out
        assert "The index is behind" in loaded.err
        failed = run("search", "--near", "Berlin", config=examples)
        assert failed.code == 1
        assert "nobody answers" in failed.err
        assert "BAD  index" in run("doctor", config=examples).out
        node.start()
        node.wait_until_ready()
        assert run("index", "sync", config=examples).code == 0
        assert run("crawl", config=examples).code == 0
        state = json.loads(run("index", "status", "-f", "json", config=examples).out)
        assert state["number"] == state["catalogue_number"]
        assert state["events"] > 300


def test_two_syncs_at_once_do_no_harm(run: Run, crawled: Path, cluster: str, config: Path) -> None:
    """Processes of their own, whose clock is today's: so is the embedded index's that they are compared with."""
    hobnob = [str(HOBNOB), "--config", str(config), "--data-dir", str(crawled)]
    subprocess.run([*hobnob, "--engine", "embedded", "index", "rebuild"], check=True)
    together = [subprocess.Popen([*hobnob, "index", "sync"]) for _ in range(3)]
    assert [process.wait(timeout=120) for process in together] == [0, 0, 0]
    state = json.loads(run("index", "status", "-f", "json", data=crawled).out)
    embedded = json.loads(run("--engine", "embedded", "index", "status", "-f", "json", data=crawled).out)
    assert (state["events"], state["documents"]) == (embedded["events"], embedded["documents"])
    assert state["problems"] == []


def test_settings_are_checked_and_secrets_kept(run: Run, config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = config.read_text()
    config.write_text(
        text + '[elasticsearch]\nurls = ["https://me:geheim@es.example.org:9200"]\npassword = "geheim-2"\nuser = "me"\n'
    )
    shown = run("config")
    assert shown.code == 0
    assert "geheim" not in shown.out
    assert "https://me:***@es.example.org:9200" in shown.out
    for name, wrong in (
        ("URLS", "es.example.org:9200"),
        ("PREFIX", "Not Allowed"),
        ("FINGERPRINT", "abc"),
        ("SHARDS", "0"),
        ("REPLICAS", "many"),
        ("TIMEOUT_SECONDS", "0"),
    ):
        with monkeypatch.context() as patch:
            patch.setenv(f"HOBNOB_ELASTICSEARCH_{name}", wrong)
            refused = run("config")
        assert refused.code == 2, name
        assert f"HOBNOB_ELASTICSEARCH_{name}" in refused.err
        assert wrong in refused.err
    monkeypatch.setenv("HOBNOB_ELASTICSEARCH_API_KEY", "short")
    refused = run("config")
    assert refused.code == 2
    assert "short" not in refused.err
    monkeypatch.setenv("HOBNOB_ELASTICSEARCH_API_KEY", "bXktaWQ6bXktc2VjcmV0")
    both = run("--engine", "elasticsearch", "search", "x")
    assert both.code == 2
    assert "leave one of them out" in both.err
    unknown = run("--engine", "solr", "search", "x")
    assert "known: embedded, elasticsearch" in unknown.err


def test_a_rebuild_that_is_killed_is_never_half_visible(
    run: Run, crawled: Path, cluster: str, config: Path, elasticsearch: Node
) -> None:
    def indices() -> list[str]:
        return sorted(elasticsearch.ask(f"{cluster}-events*/_alias"))

    hobnob = [str(HOBNOB), "--config", str(config), "--data-dir", str(crawled)]
    subprocess.run([*hobnob, "index", "sync"], check=True)
    before = json.loads(run(*BERLIN, data=crawled).out)
    with subprocess.Popen([*hobnob, "index", "rebuild"]) as rebuilding:
        while len(indices()) < 2:
            assert rebuilding.poll() is None
            time.sleep(0.02)
        rebuilding.kill()
    assert indices() == [f"{cluster}-events-000001", f"{cluster}-events-000002"]
    assert json.loads(run(*BERLIN, data=crawled).out) == before
    assert json.loads(run("index", "status", "-f", "json", data=crawled).out)["problems"] == []
    subprocess.run([*hobnob, "index", "rebuild"], check=True)
    assert len(indices()) == 1
    assert json.loads(run(*BERLIN, data=crawled).out) == before
