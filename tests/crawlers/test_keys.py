"""Keys of platforms: sent to the platform's host only, never to be seen anywhere else. The platforms here are made."""

import gzip
import json
import zlib
from dataclasses import replace

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from crawlers import platforms
from crawlers.fetch.keys import without_secret
from crawlers.platforms.adapter import Key, Marks, Platform, Way, fields
from crawlers.platforms.adapter.paging import ByLink
from crawlers.run import crawl
from hobnob.errors import SettingsError
from hobnob.observations import Observation

SECRET = "s3cr3t/with+signs"
PAGE_OF_KEYS = "https://made.example/keys"


@pytest.fixture
def keyed(monkeypatch, server, settings):
    """Settings with a key for the platform "made", which takes it `given` so from `host`."""

    def _keyed(*, host: str | None = None, **given):
        key = Key(host=host or f"127.0.0.1:{server.port}", get_one_at=PAGE_OF_KEYS, **given)
        way = Way(
            reader="json",
            url="{site}/events",
            fields=fields(entries="events", name="name", start_date="start", url="url"),
            paging=ByLink("next"),
            key=key,
        )
        made = Platform(name="made", title="Made", marks=Marks(), ways=(way,))
        monkeypatch.setattr(platforms, "_all", lambda: {"made": made})
        return replace(settings, keys={"made": SECRET})

    return _keyed


def answer(name: str, **more) -> str:
    return json.dumps(
        {"events": [{"name": name, "start": "2028-12-01T19:00:00+01:00"} | more.pop("event", {})], **more}
    )


def seen(settings, sources, caplog, **options) -> tuple[list, list, str]:
    """The records and reports of a crawl, and all that was written anywhere: records, logs and the HTTP cache."""
    records: list = []
    with caplog.at_level("DEBUG"):
        reports = crawl(sources, settings=settings, deliver=records.append, **options)
    kept = b""
    for path in settings.cache_dir.iterdir():
        kept += path.name.encode() + zlib.decompress(path.read_bytes())
    logs = "\n".join(
        f"{record.getMessage()} {record.exc_text}" for record in caplog.records if record.name != "werkzeug"
    )
    return records, list(reports), f"{records}{reports}{logs}{kept.decode('latin-1')}"


def hidden(text: str) -> bool:
    return "s3cr3t" not in text and "with+signs" not in text and "with%2Bsigns" not in text


@pytest.mark.parametrize("given", [{"header": "X-Api-Key"}, {"header": "Authorization", "prefix": "Bearer "}])
def test_a_key_in_a_header(server, keyed, declare, caplog, given):
    server.expect_request("/events").respond_with_data(answer("Talk"), headers={"ETag": '"1"'})
    settings = keyed(**given)
    records, reports, written = seen(
        settings, [declare("m", server.url_for("/events"), "json", platform="made")], caplog
    )
    request = next(request for request, _ in server.log if request.path == "/events")
    assert request.headers[given["header"]] == given.get("prefix", "") + SECRET
    assert [record.name for record in records if isinstance(record, Observation)] == ["Talk"]
    assert reports[0].problem is None
    assert hidden(written)
    robots = next(request for request, _ in server.log if request.path == "/robots.txt")
    assert given["header"] not in robots.headers


def test_a_key_in_the_address_that_the_answer_repeats(server, keyed, declare, caplog):
    """In a link to the next page, in an event's own link, in a header, and packed."""

    def first(request: Request) -> Response:
        assert request.args.getlist("key") == [SECRET]
        following = None if request.args.get("page") else f"{request.url}&page=2"
        body = answer(f"Talk {request.args.get('page', 1)}", next=following, event={"url": request.url})
        return Response(
            gzip.compress(body.encode()), headers={"Content-Encoding": "gzip", "ETag": '"1"', "Link": request.url}
        )

    server.expect_request("/events").respond_with_handler(first)
    source = declare("m", server.url_for("/events?size=2"), "json", platform="made")
    records, reports, written = seen(keyed(parameter="key"), [source], caplog)
    assert [record.name for record in records if isinstance(record, Observation)] == ["Talk 1", "Talk 2"]
    assert reports[0].errors == ()
    assert hidden(written)


def test_a_second_crawl_asks_with_key_and_validators(server, keyed, declare, caplog):
    def events(request: Request) -> Response:
        assert request.args["key"] == SECRET
        return (
            Response(status=304)
            if "If-None-Match" in request.headers
            else Response(answer("Talk"), headers={"ETag": '"1"'})
        )

    server.expect_request("/events").respond_with_handler(events)
    source = declare("m", server.url_for("/events"), "json", platform="made")
    settings = keyed(parameter="key")
    assert [seen(settings, [source], caplog)[1][0].outcome for _ in range(2)] == ["read", "not_modified"]


@pytest.mark.parametrize("given", [{"header": "X-Api-Key"}, {"parameter": "key"}])
def test_a_key_goes_to_no_other_host(server, keyed, declare, caplog, given):
    with HTTPServer(host="127.0.0.1", threaded=True) as elsewhere:
        elsewhere.no_handler_status_code = 404
        elsewhere.expect_request("/events").respond_with_data(answer("Talk"))
        moved = Response(status=302, headers={"Location": elsewhere.url_for("/events")})
        server.expect_request("/events").respond_with_response(moved)
        source = declare("m", server.url_for("/events"), "json", platform="made")
        _, reports, written = seen(keyed(**given), [source], caplog)
        asked = [request for request, _ in elsewhere.log]
    assert reports[0].read == 1
    assert {request.path for request in asked} == {"/robots.txt", "/events"}
    assert all("X-Api-Key" not in request.headers and not request.args for request in asked)
    assert hidden(written)


def test_a_key_of_another_host_is_not_sent_at_all(server, keyed, declare, caplog):
    server.expect_request("/events").respond_with_data(answer("Talk"))
    source = declare("m", server.url_for("/events"), "json", platform="made")
    seen(keyed(host="api.made.example", header="X-Api-Key"), [source], caplog)
    assert all("X-Api-Key" not in request.headers for request, _ in server.log)


def test_a_key_is_not_sent_in_the_open(server, keyed, declare, caplog, monkeypatch):
    monkeypatch.setattr("crawlers.fetch.web.is_public", lambda address: True)
    server.expect_request("/events").respond_with_data(answer("Talk"))
    source = declare("m", server.url_for("/events"), "json", platform="made", private=False)
    _, reports, written = seen(keyed(header="X-Api-Key"), [source], caplog)
    assert reports[0].problem == "key"
    assert reports[0].errors == (f"the key of made is only sent by https, not to {source.url}",)
    assert [request.path for request, _ in server.log] == ["/robots.txt"]
    assert hidden(written)


@pytest.mark.parametrize("status", [401, 403])
def test_a_key_that_the_platform_does_not_take(server, keyed, declare, caplog, status):
    server.expect_request("/events").respond_with_data("{}", status=status)
    source = declare("m", server.url_for("/events"), "json", platform="made")
    _, reports, _ = seen(keyed(parameter="key"), [source], caplog)
    assert reports[0].problem == "key"
    assert reports[0].errors[0].startswith(f"made does not take the key in [keys] of hobnob.toml: {status} ")


def test_a_key_that_is_not_set(server, keyed, declare, run):
    keyed(header="X-Api-Key")
    report = run(declare("m", server.url_for("/events"), "json", platform="made")).reports["m"]
    assert (report.outcome, report.problem, report.fetched) == ("failed", "key", 0)
    assert report.errors == (f"made needs a key: get one at {PAGE_OF_KEYS}, then put it into [keys] of hobnob.toml",)
    assert server.log == []


@pytest.mark.parametrize("parameter", ["key", None])
def test_failures_do_not_tell_the_key(keyed, declare, caplog, slow_server, parameter):
    def silent(request: Request) -> Response:
        request.environ["werkzeug.socket"].recv(1)
        return Response()

    slow_server.expect_request("/events").respond_with_handler(silent)
    given = {"parameter": parameter} if parameter else {"header": "X-Api-Key"}
    settings = keyed(host=f"127.0.0.1:{slow_server.port}", **given)
    source = declare("m", slow_server.url_for("/events"), "json", platform="made")
    _, reports, written = seen(settings, [source], caplog)
    assert reports[0].errors == ("no answer in time from 127.0.0.1",)
    assert hidden(written)


def test_a_key_for_a_platform_that_wants_none(keyed, declare, server, settings):
    keyed(header="X-Api-Key")
    with pytest.raises(SettingsError, match="a key for 'mad', which is no platform that wants one") as caught:
        crawl([], settings=replace(settings, keys={"mad": SECRET}), deliver=lambda record: None)
    assert caught.value.hint == "did you mean made?"


def test_an_error_that_is_made_of_other_things_than_a_text_tells_no_key_either():
    class OddError(Exception):
        def __init__(self, url, number):
            super().__init__(url, number)

    told = without_secret(OddError("https://example.org/?key=s3cret-s3cret", 2), "s3cret-s3cret")
    assert "s3cret" not in repr(told)
    assert "https://example.org/?key=" in str(told)
