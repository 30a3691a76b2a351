"""What servers send instead of events is told by its name, and pages that only mention such things are not.

The pages are made; their marks are those that public programs look for.
"""

import time

import pytest
from scrapy.http import Response

from crawlers.fetch.failures import unreadable
from crawlers.fetch.instead import challenge, instead
from hobnob.errors import ReadError

PASSWORD = '<form method="post"><input type="password" name="word"></form>'
LINKS = '<a href="/one">one</a>' * 40


def page(title: str = "", body: str = "", *, url: str = "https://x.example/c", **headers: str) -> Response:
    html = f"<!DOCTYPE html>\n<html><head><title>{title}</title></head><body>{body}</body></html>"
    return Response(url, body=html.encode(), headers={name.replace("_", "-"): value for name, value in headers.items()})


@pytest.mark.parametrize(
    ("response", "whose"),
    [
        (page("Just a moment..."), "Cloudflare"),
        (page("Attention Required! | Cloudflare"), "Cloudflare"),
        (page("Access denied | x.example used Cloudflare to restrict access"), "Cloudflare"),
        (page("", cf_mitigated="challenge"), "Cloudflare"),
        (page("", '<meta http-equiv="refresh" content="0;/.well-known/sgcaptcha/?r=%2F">'), "SiteGround"),
        (page("", x_amzn_waf_action="captcha"), "AWS WAF"),
        (page("Sucuri WebSite Firewall - Access Denied"), "Sucuri"),
        (page("", "Request unsuccessful. Incapsula incident ID: 1-2"), "Imperva"),
        (page("Not Acceptable!"), "ModSecurity"),
        (page("x.example", '<script src="https://ct.captcha-delivery.com/c.js"></script>'), "DataDome"),
        (page("Vercel Security Checkpoint"), "Vercel"),
        (page("Making sure you&#39;re not a bot!"), "Anubis"),
    ],
)
def test_challenges(response, whose):
    assert challenge(response) == whose
    assert instead(response, "ics") == (
        f"an HTML page instead of a calendar: a challenge page of {whose}; a challenge is a no",
        "forbidden",
    )


@pytest.mark.parametrize(
    "body",
    [
        '<script src="/cdn-cgi/challenge-platform/scripts/jsd/main.js"></script>',
        '<script src="/_Incapsula_Resource?SWJIYLWA=1"></script>',
        "<h1>Workshop: Just a moment of silence</h1>",
        "<p>We talk about mod_security, Wordfence and Imunify360.</p>",
        '<input type="text" name="captcha">',
    ],
)
def test_pages_that_only_look_a_little_like_it(body):
    assert challenge(page("Meetings", body)) is None
    assert instead(page("Meetings", body), "html") is None


@pytest.mark.parametrize(
    ("response", "reader", "asks"),
    [
        (page("Members", PASSWORD), "ics", True),
        (page("Members", PASSWORD + LINKS), "ics", False),
        (page("Log in to your account", PASSWORD + LINKS), "ics", True),
        (page("Members", PASSWORD, url="https://x.example/users/sign_in"), "html", True),
        (page("Members", PASSWORD, url="https://x.example/users/sign-in"), "html", True),
        (page("Anmeldung", PASSWORD), "html", True),
        (page("Meetings", PASSWORD), "html", False),
        (page("Log in", "<p>Nothing to fill in</p>"), "html", False),
        (page("Members", PASSWORD), "feed", True),
        (page("Members", PASSWORD), "json", True),
    ],
)
def test_pages_to_log_in_on(response, reader, asks):
    found = instead(response, reader)
    assert (found is not None) == asks
    assert found is None or found.what.endswith("it asks to log in")


def test_what_is_no_page_is_none_of_it():
    assert instead(Response("https://x.example/", body=b'{"title": "Just a moment..."}'), "ics") is None
    assert unreadable(ReadError("no calendar"), Response("https://x.example/", body=b"\xff\xfe"), "ics") == (
        "no calendar",
        "unreadable",
        None,
    )


@pytest.mark.parametrize("part", ["<title>", "<input ", "<title>access denied</title>", "_incapsula_resource?", "| "])
def test_long_pages_of_marks_take_no_long_time(part):
    started = time.process_time()
    instead(page("", part * (2_000_000 // len(part))), "html")
    assert time.process_time() - started < 30
