"""What can be wrong with a source: each fault one clear line in its report, and no harm to the others."""

import datetime as dt
import gzip
import ipaddress
import os
import re
import socket
import ssl
import sys
import threading
import zlib
from contextlib import suppress

import brotli
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd


@pytest.fixture
def failure(run, declare, tmp_path, calendar_bytes):
    """Crawls a source beside a good one; gives why the first failed, having seen that the good one was read."""
    good = tmp_path / "good.ics"
    good.write_bytes(calendar_bytes)

    def _failure(source):
        crawl = run(source, declare("good", good.as_uri()))
        assert crawl.reports["good"].read == 2
        report = crawl.reports[source.name]
        assert report.outcome == "failed"
        assert not report.complete
        assert crawl.names(source.name) == []
        assert len(report.errors) == 1
        return report.errors[0]

    return _failure


def test_a_missing_file(failure, declare, tmp_path):
    assert failure(declare("bad", (tmp_path / "none.ics").as_uri())) == f"there is no file {tmp_path / 'none.ics'}"


def test_a_folder(failure, declare, tmp_path):
    assert "irectory" in failure(declare("bad", tmp_path.as_uri()))


def test_a_named_pipe_does_not_block(failure, declare, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    assert failure(declare("bad", (tmp_path / "pipe").as_uri())) == f"{tmp_path / 'pipe'} is not a file"


def test_not_found(failure, declare, server):
    assert failure(declare("bad", server.url_for("/none.ics"))) == f"404 Not Found from {server.url_for('/none.ics')}"


def test_no_such_host(failure, declare):
    assert failure(declare("bad", "https://nowhere.invalid/c.ics")) == "no such host: nowhere.invalid"


def test_nobody_listens(failure, declare):
    assert failure(declare("bad", "http://127.0.0.1:9/c.ics")) == "no connection to 127.0.0.1: Connection refused"


def test_a_server_that_speaks_no_tls(failure, declare, server):
    url = server.url_for("/c.ics").replace("http:", "https:")
    assert failure(declare("bad", url)).startswith("TLS failure with 127.0.0.1: ")


def test_a_certificate_that_nobody_vouches_for(failure, declare, calendar_bytes, tmp_path):
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(*_self_signed(tmp_path))
    with HTTPServer(host="127.0.0.1", ssl_context=tls) as secured:
        secured.expect_request("/c.ics").respond_with_data(calendar_bytes)
        error = failure(declare("bad", secured.url_for("/c.ics")))
    assert error.startswith("TLS failure with 127.0.0.1: ")
    assert "self-signed certificate" in error


def _self_signed(folder):
    """The files of a certificate for 127.0.0.1 that it signed itself, and of its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    host = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    now = dt.datetime.now(dt.timezone.utc)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    dated = builder.serial_number(1).not_valid_before(now - dt.timedelta(1)).not_valid_after(now + dt.timedelta(1))
    certificate = dated.add_extension(host, critical=False).sign(key, hashes.SHA256())
    paths = folder / "certificate.pem", folder / "key.pem"
    paths[0].write_bytes(certificate.public_bytes(Encoding.PEM))
    paths[1].write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return paths


def test_an_answer_that_breaks_off(failure, declare, server):
    cut = Response(iter([b"BEGIN:VCALENDAR"]), headers={"Content-Length": "5000"})
    server.expect_request("/c.ics").respond_with_response(cut)
    assert failure(declare("bad", server.url_for("/c.ics"))) == "the answer of 127.0.0.1 broke off before its end"


def test_an_answer_that_is_no_http(failure, declare):
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def answer() -> None:
            with suppress(OSError):
                while True:
                    with listening.accept()[0] as connection:
                        connection.recv(10_000)
                        connection.sendall(b"220 mail.example.org ESMTP\r\n")

        threading.Thread(target=answer, daemon=True).start()
        error = failure(declare("bad", f"http://127.0.0.1:{listening.getsockname()[1]}/c.ics"))
        listening.shutdown(socket.SHUT_RDWR)
    assert error.startswith("no proper answer from 127.0.0.1: ")


def test_a_slow_server(failure, declare, slow_server):
    given_up = threading.Event()

    def slow(request: Request) -> Response:
        given_up.wait(60)
        return Response(b"")

    slow_server.expect_request("/c.ics").respond_with_handler(slow)
    assert failure(declare("bad", slow_server.url_for("/c.ics"))) == "no answer in time from 127.0.0.1"
    given_up.set()


def test_a_page_where_a_calendar_was_declared(failure, declare, server):
    server.expect_request("/c.ics").respond_with_data("<!doctype html><title>Hi</title>", content_type="text/html")
    error = failure(declare("bad", server.url_for("/c.ics")))
    assert "no calendar" in error
    assert "HTML" in error


@pytest.mark.parametrize("kind", ["length", "chunks"])
def test_too_large_an_answer(failure, declare, server, kind):
    body = b"x" * (1024 * 1024 + 1)

    def large(request: Request) -> Response:
        return Response(iter([body]) if kind == "chunks" else body)

    server.expect_request("/c.ics").respond_with_handler(large)
    url = server.url_for("/c.ics")
    assert failure(declare("bad", url)) == f"larger than max_response_mb allows: {url}"


ZEROS = bytes(64 * 1024 * 1024)
BOMBS = {
    "gzip": ("gzip", lambda: zlib.compress(ZEROS, wbits=31)),
    "gzip of many members": ("gzip", lambda: gzip.compress(ZEROS[: 1024 * 1024]) * 64),
    "gzip in gzip": ("gzip, gzip", lambda: gzip.compress(zlib.compress(ZEROS, wbits=31))),
    "deflate": ("deflate", lambda: zlib.compress(ZEROS)),
    "deflate without a header": ("deflate", lambda: zlib.compress(ZEROS, wbits=-15)),
    "brotli": ("br", lambda: brotli.compress(ZEROS, quality=1)),
    "zstandard": ("zstd", lambda: zstd.compress(ZEROS)),
}


@pytest.mark.parametrize(("encoding", "bomb"), BOMBS.values(), ids=BOMBS)
def test_a_decompression_bomb_is_unpacked_no_further_than_allowed(failure, declare, server, caplog, encoding, bomb):
    body = bomb()
    assert len(body) < 100_000
    server.expect_request("/c.ics").respond_with_data(body, headers={"Content-Encoding": encoding})
    url = server.url_for("/c.ics")
    with caplog.at_level("DEBUG", logger="hobnob.crawl"):
        assert failure(declare("bad", url)) == f"larger than max_response_mb allows when unpacked: {url}"
    unpacked = re.search(r"(\d+) B decompressed so far", caplog.text)
    assert unpacked
    assert int(unpacked[1]) < 1.5 * 1024 * 1024


def test_too_large_a_file(failure, declare, tmp_path):
    path = tmp_path / "large.ics"
    path.write_bytes(b"x" * (1024 * 1024 + 1))
    assert failure(declare("bad", path.as_uri())) == f"larger than max_response_mb allows: {path.as_uri()}"


def test_a_redirect_to_a_file(failure, declare, server):
    server.expect_request("/c.ics").respond_with_data("", status=302, headers={"Location": "file:///etc/hostname"})
    told = "it leads to 'file:///etc/hostname', where a crawl cannot go"
    assert failure(declare("bad", server.url_for("/c.ics"))) == f"302 Found from {server.url_for('/c.ics')}: {told}"


def test_redirects_without_end(failure, declare, server):
    """To another address each time, so that it is no circle."""

    def onward(request: Request) -> Response:
        return Response(status=302, headers={"Location": f"/{int(request.path[1:]) + 1}"})

    server.expect_request(re.compile(r"/\d+")).respond_with_handler(onward)
    url = server.url_for("/1")
    assert failure(declare("bad", url)) == f"more than 10 redirects from {url}"


def test_redirects_in_a_circle(failure, declare, server):
    for path, target in (("/c.ics", "/a"), ("/a", "/b"), ("/b", "/a")):
        server.expect_request(path).respond_with_data("", status=302, headers={"Location": target})
    a, b = server.url_for("/a"), server.url_for("/b")
    assert failure(declare("bad", server.url_for("/c.ics"))) == f"redirects in a circle: {a} → {b} → {a}"


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("http://127.0.0.1/c.ics", "leads to 127.0.0.1, a private address"),
        ("http://[::1]/c.ics", "leads to ::1, a private address"),
        ("http://[::ffff:10.0.0.1]/c.ics", "leads to ::ffff:10.0.0.1, a private address"),
        ("http://169.254.169.254/latest/meta-data", "leads to 169.254.169.254, a private address"),
        ("http://localhost/c.ics", "leads to localhost, which is 127.0.0.1, a private address"),
        (
            "http://2130706433/c.ics",
            "not an address that can be fetched: 2130706433 - is not a canonical IPv4 address",
        ),
    ],
)
def test_a_private_address_in_a_public_source(failure, declare, address, reason):
    assert failure(declare("bad", address, private=False)) == reason


def test_a_redirect_from_a_public_source_to_a_private_address(failure, declare, server, monkeypatch):
    monkeypatch.setattr("crawlers.fetch.web.is_public", lambda address: address == "127.0.0.1")
    server.expect_request("/c.ics").respond_with_data("", status=302, headers={"Location": "http://127.0.0.2:1/c.ics"})
    source = declare("bad", server.url_for("/c.ics"), private=False)
    assert failure(source) == "leads to 127.0.0.2, a private address"


def test_a_source_declared_private_may_be_on_this_machine(run, declare, server, calendar_bytes):
    server.expect_request("/c.ics").respond_with_data(calendar_bytes)
    assert run(declare("own", server.url_for("/c.ics"), private=True)).reports["own"].read == 2


def test_an_empty_calendar_is_read_and_says_so(run, declare, tmp_path):
    path = tmp_path / "empty.ics"
    path.write_bytes(b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nEND:VCALENDAR\r\n")
    report = run(declare("empty", path.as_uri())).reports["empty"]
    assert (report.outcome, report.read, report.errors) == ("read", 0, ("it has no events",))
    assert not report.complete


def test_one_bad_entry_is_skipped_with_its_source(run, declare, tmp_path, calendar_bytes):
    path = tmp_path / "c.ics"
    path.write_bytes(calendar_bytes.replace(b"VALUE=DATE:20261205", b"VALUE=DATE:20261399"))
    crawl = run(declare("c", path.as_uri()))
    assert crawl.names("c") == ["Winter meetup"]
    assert [skipped.source for skipped in crawl.skipped()] == ["c"]
    assert crawl.reports["c"].skipped == 1
    assert not crawl.reports["c"].complete
