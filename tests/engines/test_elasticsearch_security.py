"""Who is let in, with which rights, and whom we trust: on a real server with TLS, and for keys on a stand-in."""

import json
import re
import ssl
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import trustme
from pytest_httpserver import HTTPServer

from hobnob.errors import EngineError
from indexer.engines import IndexState
from indexer.engines.elasticsearch import Access, ElasticsearchEngine
from tests.elastic.running import Secured, secured
from tests.engines.test_embedded_index import ANYTHING, DAY, event

DOCUMENTATION = Path(__file__).parent.parent.parent / "docs" / "elasticsearch.md"
GUEST = {"guest": {"cluster": ["monitor"], "indices": [{"names": ["others-*"], "privileges": ["read"]}]}}


def documented_roles() -> dict[str, object]:
    """The rights that the documentation lists, as roles of the same name; JSON is YAML, too."""
    blocks = re.findall(r"```json\n(.*?)```", DOCUMENTATION.read_text(encoding="utf-8"), re.DOTALL)
    roles: dict[str, object] = {}
    for block in blocks:
        roles |= json.loads(block)["role_descriptors"]
    return roles


@pytest.fixture(scope="module")
def server() -> Iterator[Secured]:
    roles = documented_roles() | GUEST
    assert list(roles) == ["hobnob", "hobnob-search", "guest"]
    text = "".join(f"{name}: {json.dumps(role)}\n" for name, role in roles.items())
    with secured(text, {"writer": "hobnob", "reader": "hobnob-search", "guest": "guest"}) as running:
        yield running


Enter = Callable[..., ElasticsearchEngine]


@pytest.fixture
def enter(server: Secured) -> Iterator[Enter]:
    opened: list[ElasticsearchEngine] = []

    def enter(user: str | None = "writer", prefix: str = "hobnob", **more: object) -> ElasticsearchEngine:
        told: dict[str, object] = {
            "urls": (server.node.url,),
            "user": user,
            "password": server.password,
            "ca_cert": server.ca_file,
            "timeout": 10,
            "patience": 5,
            **more,
        }
        opened.append(ElasticsearchEngine(Access(**told), prefix=prefix, replicas=0))  # type: ignore[arg-type]
        return opened[-1]

    yield enter
    for engine in opened:
        engine.close()


def test_the_documented_rights_are_enough_for_everything(enter: Enter) -> None:
    engine = enter()
    assert engine.state() == IndexState()
    engine.replace([event("a"), event("b", 3)], number=1, rolled_on=DAY)
    engine.replace([event("b")], number=2, rolled_on=DAY, deleted=["a"])
    with engine.rebuild() as new:
        new.replace([event("b", 2)], number=3, rolled_on=DAY)
    assert [hit.id for hit in engine.search(ANYTHING).hits] == ["b"]
    assert engine.facets(ANYTHING, ["attendance"])["attendance"][0].count == 1
    assert engine.condition().problems == ()
    assert engine.state() == IndexState(number=3, rolled_on=DAY, documents=2, events=1)

    reader = enter("reader")
    assert reader.state() == engine.state()
    assert reader.search(ANYTHING).hits == engine.search(ANYTHING).hits
    with pytest.raises(EngineError, match=r"'reader' may not do indices:") as caught:
        reader.replace([event("c")], number=4, rolled_on=DAY)
    assert "docs/elasticsearch.md" in (caught.value.hint or "")
    engine.erase()


def test_other_names_are_not_ours_to_write(enter: Enter) -> None:
    with pytest.raises(EngineError, match=r"'writer' may not do indices:"):
        enter(prefix="others").replace([event("c")], number=4, rolled_on=DAY)


def test_missing_rights_are_named(enter: Enter) -> None:
    for attempt in (enter("guest").state, lambda: enter("guest").search(ANYTHING)):
        with pytest.raises(EngineError, match=r"user 'guest' may not do indices:data/read/search") as caught:
            attempt()
        assert "rights" in (caught.value.hint or "")
    assert "may not do" in enter("guest").condition().problems[0].message


@pytest.mark.parametrize("wrong", [{"password": "guessed-it"}, {"user": "nobody-here"}, {"user": None}])
def test_a_wrong_password_or_none_is_refused(enter: Enter, wrong: dict[str, object]) -> None:
    with pytest.raises(EngineError, match="does not let us in") as caught:
        enter(**wrong).search(ANYTHING)
    assert "elasticsearch_password" in (caught.value.hint or "")
    assert "guessed-it" not in str(caught.value)


def test_a_wrong_api_key_is_refused(enter: Enter) -> None:
    with pytest.raises(EngineError, match="does not let us in") as caught:
        enter(user=None, api_key="aW52YWxpZDppbnZhbGlk").search(ANYTHING)
    assert "elasticsearch_api_key" in (caught.value.hint or "")


def test_a_certificate_that_nobody_vouches_for(enter: Enter) -> None:
    with pytest.raises(EngineError, match="certificate is not trusted") as caught:
        enter(ca_cert=None).search(ANYTHING)
    assert "elasticsearch_ca_cert" in (caught.value.hint or "")


def test_a_fingerprint_instead_of_an_authority(enter: Enter, server: Secured) -> None:
    colons = ":".join(re.findall("..", server.fingerprint.upper()))
    for fingerprint in (server.fingerprint, colons):
        assert enter(ca_cert=None, fingerprint=fingerprint).state() == IndexState()
    with pytest.raises(EngineError, match="another fingerprint"):
        enter(ca_cert=None, fingerprint="00" * 32).search(ANYTHING)


def test_http_where_the_server_speaks_tls_and_the_other_way_round(enter: Enter, server: Secured, elasticsearch) -> None:
    with pytest.raises(EngineError):
        enter(urls=(server.node.url.replace("https", "http"),)).search(ANYTHING)
    with pytest.raises(EngineError, match="does not speak TLS"):
        enter(urls=(elasticsearch.url.replace("http", "https"),)).search(ANYTHING)


# A stand-in, for what the small server does not have


ANSWER = {"X-Elastic-Product": "Elasticsearch", "Content-Type": "application/vnd.elasticsearch+json;compatible-with=8"}


def test_an_api_key_is_sent_as_the_server_wants_it(httpserver: HTTPServer) -> None:
    httpserver.expect_request(
        "/hobnob-events/_search", headers={"Authorization": "ApiKey bXktaWQ6bXktc2VjcmV0"}
    ).respond_with_json({"error": {"type": "index_not_found_exception", "reason": "no"}, "status": 404}, 404, ANSWER)
    engine = ElasticsearchEngine(Access(urls=(httpserver.url_for(""),), api_key="bXktaWQ6bXktc2VjcmV0"))
    assert engine.state() == IndexState()
    engine.close()
    httpserver.check()


def test_what_is_not_elasticsearch(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/hobnob-events/_search").respond_with_json({"hello": "world"})
    engine = ElasticsearchEngine(Access(urls=(httpserver.url_for(""),)))
    with pytest.raises(EngineError, match="is not Elasticsearch"):
        engine.state()
    engine.close()


@pytest.mark.parametrize(("version", "sound"), [("7.17.9", False), ("8.0.0", True), ("9.2.1", True), ("10.0.0", False)])
def test_versions(httpserver: HTTPServer, version: str, sound: bool) -> None:
    health = {
        "cluster_name": "c", "status": "green", "number_of_nodes": 1, "number_of_data_nodes": 1, "indices": {},
    }  # fmt: skip
    httpserver.expect_request("/_cluster/health").respond_with_json(health, headers=ANSWER)
    httpserver.expect_request("/_nodes/_all").respond_with_json({"nodes": {"n": {"version": version}}}, headers=ANSWER)
    nothing = {"error": {"type": "index_not_found_exception", "reason": "no"}, "status": 404}
    httpserver.expect_request("/hobnob-events").respond_with_json(nothing, 404, ANSWER)
    engine = ElasticsearchEngine(Access(urls=(httpserver.url_for(""),)))
    problems = engine.condition().problems
    assert [version in problem.message for problem in problems] == ([] if sound else [True])
    engine.close()


def test_an_expired_certificate(tmp_path: Path) -> None:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    past = datetime.now(UTC) - timedelta(days=1)
    expired = authority.issue_cert("127.0.0.1", not_before=past - timedelta(days=9), not_after=past)
    with HTTPServer(host="127.0.0.1", ssl_context=_speaking(expired)) as server:
        access = Access(urls=(f"https://127.0.0.1:{server.port}",), ca_cert=tmp_path / "ca.pem", timeout=3)
        engine = ElasticsearchEngine(access)
        with pytest.raises(EngineError, match="certificate has expired") as caught:
            engine.search(ANYTHING)
        assert "renewed" in (caught.value.hint or "")
        engine.close()


def test_a_certificate_of_another_host(tmp_path: Path) -> None:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    with HTTPServer(host="127.0.0.1", ssl_context=_speaking(authority.issue_cert("es.example.org"))) as server:
        access = Access(urls=(f"https://127.0.0.1:{server.port}",), ca_cert=tmp_path / "ca.pem", timeout=3)
        engine = ElasticsearchEngine(access)
        with pytest.raises(EngineError, match="for another host"):
            engine.search(ANYTHING)
        engine.close()


def _speaking(certificate: trustme.LeafCert) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    return context
