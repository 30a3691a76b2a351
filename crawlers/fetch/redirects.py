"""Redirects: not in a circle, not from a followed page to another site; and which of them are for good."""

from typing import Any

from scrapy import Request, Spider
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.http import Response

from crawlers.fetch.failures import OffSiteError, RefusedError, status_text
from crawlers.spiders.site import site_of
from hobnob.observations import Problem

__all__ = ["Redirects", "moved_to"]

_PERMANENT = (301, 308)
_REDIRECTS = (301, 302, 303, 307, 308)
_SHOWN = 3
_LONGEST_SHOWN = 200


class Redirects(RedirectMiddleware):
    """Scrapy's middleware; `meta["site"]` is what a followed page may not lead away from."""

    def process_response(
        self, request: Request, response: Response, spider: Spider | None = None
    ) -> Request | Response:
        """Raises RefusedError for a redirect to what is no address, or none of http."""
        try:
            found: Request | Response = super().process_response(request, response)
        except ValueError:
            found = response
        location = response.headers.get("Location")
        if found is response and location is not None and response.status in _REDIRECTS:
            said = f"{status_text(response.status)} from {response.url}"
            target = location.decode("latin-1")[:_LONGEST_SHOWN]
            raise RefusedError(f"{said}: it leads to {target!r}, where a crawl cannot go", Problem.SERVER)
        return found

    def _redirect(self, redirected: Request, request: Request, reason: Any) -> Request:
        passed = [*request.meta.get("redirect_urls", ()), request.url]
        if redirected.url in passed:
            circle = passed[passed.index(redirected.url) :][:_SHOWN]
            raise RefusedError(f"redirects in a circle: {' → '.join([*circle, redirected.url])}", Problem.SERVER)
        if len(passed) > self.max_redirect_times:
            raise RefusedError(f"more than {self.max_redirect_times} redirects from {passed[0]}", Problem.SERVER)
        site = request.meta.get("site")
        if site is not None and site_of(redirected.url) != site:
            raise OffSiteError(f"{request.url} leads off the site, to {redirected.url}", Problem.OTHER)
        return super()._redirect(redirected, request, reason)


def moved_to(response: Response) -> str | None:
    """Where permanent redirects alone have led; None where one was not for good, or there was none."""
    reasons = response.meta.get("redirect_reasons")
    return response.url if reasons and all(reason in _PERMANENT for reason in reasons) else None
