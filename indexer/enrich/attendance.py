"""How one takes part: on site, on a call, or either. A thing apart from the place."""

import re

from hobnob.observations import Attendance, Observation, Place, Status

__all__ = ["attendance", "says_online"]

_MEETING = (
    r"(?:event|meet-?ups?|meeting|conference|summit|workshop|session|edition|talk|lecture|class|course|training|seminar"
    r"|panel|discussion|tour|fair|expo|symposium|gathering|happy hour|coffee|camp|hackathon|info(?:rmation)? session"
    r"|open house|office hours|town ?hall|hearing|forum|q&a|networking|round ?table"
    r"|veranstaltung|konferenz|treffen|tagung|kurs|vortrag|vorlesung|messe|stammtisch|sprechstunde|seminar"
    r"|conférence|réunion|atelier|rencontre|formation|cours|événement|evento|conferencia|taller|reunión|charla|curso"
    r"|riunione|incontro|convegno|corso|bijeenkomst|conferentie|cursus)"
)
# What makes a location one of the net: names of services, and words that no street or hall has alone.
_PLACE = re.compile(
    r"\b(?:online|on-line|virtual(?:ly)?|virtuell|virtuel(?:le)?|virtuale|virtueel|zoom|webinar|webex|ms teams"
    r"|microsoft teams|google (?:meet|hangouts?)|skype|jitsi|discord|gotomeeting|gotowebinar|hopin|big ?blue ?button"
    r"|livestream|live stream|video ?(?:call|conference)|videokonferenz|telefonkonferenz|teleconference|remote(?:ly)?"
    r"|internet|youtube|twitch|en ligne|à distance|distanciel|visio(?:conférence)?|en l[íi]nea|videoconferencia"
    r"|a distancia|videoconferenza|da remoto|zdalnie|オンライン|线上|線上|온라인|онлайн)\b",
    re.IGNORECASE,
)
# In a name the same words often are the subject ("virtual reality", "online marketing"): only where they tell how.
_NAME = re.compile(
    rf"\b(?:webinar|webinaire|webcast|live ?stream)\w*\b|\b(?:online|virtual|digital|remote|zoom)[ -]{_MEETING}\b"
    rf"|\b(?:online|digital)-?{_MEETING}\b|\bvirtuelle[srn]? {_MEETING}"
    rf"|\b{_MEETING} (?:virtual|virtuelle|en ligne|en l[íi]nea)\b"
    r"|[(\[](?:online|virtual|virtuell|zoom|via zoom|on zoom|remote|en ligne|en l[íi]nea|online only)[)\]]"
    r"|\b(?:via|on|over|per|por|sur) (?:zoom|webex|google meet|(?:ms |microsoft )?teams|jitsi|skype)\b"
    r"|(?:^|[-–|:] )(?:online|virtual|virtuell|en ligne|en l[íi]nea)(?:$|:| [-–|])|[-–|,:] (?:online|virtual)$",
    re.IGNORECASE,
)
_EITHER = re.compile(
    rf"\bhybrid(?:e[srn]?)?[ -]{_MEETING}\b|[(\[]hybrid(?:e|o|a)?[)\]]|\b{_MEETING} (?:híbrid[oa]|hybride|ibrid[oa])\b"
    r"|\b(?:in[- ]person|on[- ]?site|vor ort|präsenz|en présentiel|presencial|in presenza)"
    r" ?(?:and|&|\+|/|or|und|oder|et|ou|y|o|e) ?(?:online|virtual|zoom|remote|digital|en ligne|à distance|en l[íi]nea)"
    r"|\b(?:online|virtual|zoom|remote|en ligne) ?(?:and|&|\+|/|or|und|oder|et|ou|y|o|e)"
    r" ?(?:in[- ]person|on[- ]?site|vor ort|präsenz|en présentiel|presencial|in presenza)",
    re.IGNORECASE,
)
# Addresses under which one joins a call, by service.
_CALL = re.compile(
    r"https?://(?:[\w-]+\.)*(?:zoom\.us/(?:j|my|w|s|meeting|webinar)/|teams\.(?:microsoft|live)\.com/(?:l/)?meet"
    r"|meet\.google\.com/|webex\.com/|goto(?:meeting|webinar)\.com/|gotomeet\.me/|whereby\.com/|meet\.jit\.si/"
    r"|bigbluebutton\.|bbb\.|bluejeans\.com/|hopin\.com/events/|crowdcast\.io/|airmeet\.com/|streamyard\.com/)",
    re.IGNORECASE,
)
#: Of a text, this much is read.
READ_CHARS = 3000


def says_online(place: Place) -> bool:
    """Whether a declared location speaks of the net: its words, or the address of a call."""
    parts = (place.name, place.text, place.street_address, place.address_locality)
    words = " ".join(part[:READ_CHARS] for part in parts if part)
    return bool(_PLACE.search(words) or "http" in words or (place.url and _CALL.match(place.url)))


def attendance(observation: Observation, *, has_place: bool) -> Attendance:
    """What is declared; else judged from the words of name and location and from the address of a call.

    `has_place`: the observation itself says where on earth it is. An event with both a place and a call is mixed.
    """
    if observation.event_status is Status.MOVED_ONLINE:
        return Attendance.ONLINE
    if observation.event_attendance_mode is not None:
        return observation.event_attendance_mode
    name = observation.name[:READ_CHARS]
    where = observation.location
    said = " ".join(part[:READ_CHARS] for part in (where.name, where.text) if part) if where else ""
    if _EITHER.search(name) or _EITHER.search(said):
        return Attendance.MIXED
    if observation.virtual_location or (where and says_online(where)) or _name_or_text_says_online(observation):
        return Attendance.MIXED if has_place else Attendance.ONLINE
    return Attendance.OFFLINE


def _name_or_text_says_online(observation: Observation) -> bool:
    if _NAME.search(observation.name[:READ_CHARS]) or (observation.url and _CALL.match(observation.url)):
        return True
    description = (observation.description or "")[:READ_CHARS]
    return "http" in description and _CALL.search(description) is not None
