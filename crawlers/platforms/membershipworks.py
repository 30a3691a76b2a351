"""MembershipWorks (formerly MemberFindMe): chambers of commerce, clubs and downtown associations.

Its script makes the calendar inside of other sites; the number of the organization stands beside it.
"""

from crawlers.platforms.adapter import Marks, Platform, Way

__all__ = ["PLATFORM"]

PLATFORM = Platform(
    name="membershipworks",
    title="MembershipWorks",
    marks=Marks(
        address=(
            r"^https?://[^/?#]*\b(?:membershipworks\.com|memberfind\.me)/v\d/ev[\w]*\?(?:[^#]*&)?org=(?P<org>\d{1,9})",
        ),
        page=(
            r"\bid=[\"']SFctr[\"'][^<>]{0,500}\bdata-org=[\"'](?P<org>\d{1,9})[\"']",
            r"\bdata-org=[\"'](?P<org>\d{1,9})[\"'][^<>]{0,500}\bid=[\"']SFctr[\"']",
            r"[\"'/](?:api|cdn|ld)\.(?:membershipworks\.com|memberfind\.me)/",
        ),
        prodid=(r"\bMembershipWorks\b",),
    ),
    ways=(Way(reader="ics", url="https://api.membershipworks.com/v2/events?_op=ics&org={org}"),),
    evidence=None,
)
