"""The words by which sites call their events, their calendars, and what is subscribed to, in many languages."""

import re
import unicodedata

__all__ = ["folded", "is_of_events", "is_of_the_past", "speaks_of_calendars", "speaks_of_one_event"]

_WORDS = frozenset(
    """
    event events calendar calendars agenda meeting meetings meetup meetups whats-on whatson what-s-on happenings gigs
    schedule upcoming-events diary conferences workshops seminars fixtures
    veranstaltung veranstaltungen veranstaltungskalender termin termine terminkalender kalender programm spielplan
    evenement evenements manifestations rendez-vous calendrier programme sorties
    evento eventos calendario actividades programacion eventi appuntamenti programma manifestazioni
    evenementen activiteiten evenemang kalendarium begivenheder arrangement arrangementer aktiviteter
    tapahtumat tapahtumakalenteri vidburdir uritused sundmused pasakumi renginiai wydarzenia kalendarz imprezy
    akce kalendar udalosti podujatia esemenyek rendezvenyek programok evenimente dogadanja dogodki dogadjaji prireditve
    etkinlikler etkinlik sobitiia sobytiya afisha meropriyatiya
    събития события мероприятия афиша календарь календар події заходи εκδηλωσεις
    イベント カレンダー 活動 活动 行事 일정 행사 행사일정 אירועים فعاليات
    """.split()  # noqa: SIM905 - a list of words is easier to read, and to add to, so
)
_PAST = re.compile(r"\b(?:past|archive|archives|archiv|previous|vergangene|passes|pasados|passati|report|reports)\b")
_ACCENTS = re.compile("[\u0300-\u036f]")
_SEPARATORS = re.compile(r"[\W_]+")
_CALENDAR = re.compile(
    r"\bi-?cal(?:endar)?\b|\bics\b|\bwebcal\b|(?:subscribe|abonnier|abonn|suscri|iscriv|prenumerera|tilaa|subskrybuj)\S*"
    r"\b.{0,30}\b(?:calend|kalend|agenda|termin)|(?:calend|kalend|agenda)\w*.{0,20}(?:subscribe|subscription|abonnieren|"
    r"abonnement|abo\b|feed|export)|\bgoogle calendar\b|\boutlook\b|\bapple calendar\b"
)
_ONE_EVENT = re.compile(
    r"\badd (?:this |event )?(?:event )?to (?:my |your )?(?:\w+ )?calendar\b|\bsave (?:this )?event\b"
    r"|\bsave to (?:my|your) calendar\b"
    r"|\badd to (?:i-?cal|google|outlook|apple)|zum kalender hinzufugen"
    r"|in (?:den )?kalender (?:eintragen|speichern|ubernehmen)"
    r"|ajouter (?:a|au) (?:l.|mon )?(?:agenda|calendrier)|(?:anadir|agregar) al calendario"
    r"|aggiungi al calendario|adicionar (?:ao|a) calendario|toevoegen aan (?:\w+ )?(?:agenda|kalender)"
    r"|lagg till i kalender|legg til i kalender|dodaj do kalendarza"
)


def folded(text: str) -> str:
    """Small letters without accents."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.replace("ß", "ss")).lower()
    return unicodedata.normalize("NFC", _ACCENTS.sub("", plain))


def is_of_events(text: str) -> bool:
    """Whether a short text, or a segment of a path, calls itself a list of events: one of its words says so."""
    words = _SEPARATORS.split(folded(text))
    return any(word in _WORDS for word in words) or "-".join(filter(None, words)) in _WORDS


def is_of_the_past(text: str) -> bool:
    return _PAST.search(_SEPARATORS.sub(" ", folded(text))) is not None


def speaks_of_calendars(text: str) -> bool:
    """Whether the text of a link promises a calendar to subscribe to or to download."""
    return _CALENDAR.search(folded(text)) is not None


def speaks_of_one_event(text: str) -> bool:
    """Whether the text of a link promises a calendar of just one event."""
    return _ONE_EVENT.search(folded(text)) is not None
