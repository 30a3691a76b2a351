"""Numbers that are hours by the words beside them: "at 18", "7 p.m.", "18 Uhr 30", "8 Uhr abends", "ore 16,00"."""

from crawlers.readers.date_words.figures import Clock, Token, clock
from crawlers.readers.date_words.vocabulary import Vocabulary

__all__ = ["to_clock", "with_hours"]


def with_hours(found: list[Token], words: Vocabulary) -> list[Token]:
    """Numbers become hours by what stands beside them: "at 18", "7 pm", "18 Uhr 30", "8 Uhr abends"."""
    done: list[Token] = []
    at = 0
    while at < len(found):
        token = found[at]
        at = _with_comma(token, found, at + 1, done)
        if token.role in "dncvHi":
            at = _suffixes(token, found, at)
            _after_at(token, done, words)
        elif token.role in "AP" and at < len(found) and found[at].role == "c" and found[at].clock:
            at = _prefix(token, found, at)
        elif token.role == "l" and at < len(found) and found[at].role in "dov":
            found[at].role = "n"
        token.role = _role(token, found, at, done)
        done.append(token)
    return done


def _role(token: Token, found: list[Token], at: int, done: list[Token]) -> str:
    """A zone without a time, a word for hours without a number, "2h" that is a duration: words like any other."""
    if token.role in "CAP" or (token.role == "z" and not (done and done[-1].role in "czdvo")):
        return "x"
    before, after = done[-1].role if done else ".", found[at].role if at < len(found) else "."
    return "x" if token.role == "H" and after not in "rsa" and before not in "rsha" else token.role


def _prefix(token: Token, found: list[Token], at: int) -> int:
    """ "PM 7:30", as Korean has it."""
    clocked = found[at]
    if not to_clock(clocked, half=0 if token.role == "A" else 1):
        return at
    token.role, token.clock, token.end = "c", clocked.clock, clocked.end
    return at + 1


def _with_comma(token: Token, found: list[Token], at: int, done: list[Token]) -> int:
    """ "ore 16,00", "09,30 horas", "ore 15. 00": a time only where a word beside it says so."""
    comma = token.role == "d" and at + 1 < len(found) and found[at].role == "k" and found[at + 1].start == token.end + 1
    minute = found[at + 1] if comma else found[at] if token.role == "o" and at < len(found) else None
    if minute is None or minute.role not in "dn" or minute.end - minute.start != 2:
        return at
    after = at + 2 if comma else at + 1
    named = after < len(found) and found[after].role == "C"
    time = clock(str(token.number), f"{minute.number:02d}")
    if time is None or not ((done and done[-1].role in "hs") or (comma and named)):
        return at
    token.role, token.clock, token.end = "c", time, minute.end
    return after


def _suffixes(token: Token, found: list[Token], at: int) -> int:
    """Take the words for hours and halves of the day that follow; how far they went."""
    named = False
    while at < len(found):
        after = found[at]
        if after.role == "C" and token.role in "dncvH" and (named or not _is_duration(token, after)):
            if not to_clock(token, named=True):
                break
            named = True
            if _is_minutes(found, at + 1, token):
                token.clock = token.clock and token.clock._replace(minute=found[at + 1].number)
                at += 1
                after = found[at]
        elif after.role in "AP" and to_clock(token, half=0 if after.role == "A" else 1):
            pass
        elif after.role == "c" and after.clock in (Clock(12), Clock(24)) and _is_twelve(token) and after.number == 0:
            token.clock, token.role = after.clock, "c"
        else:
            break
        token.end = after.end
        at += 1
    return at


def _is_duration(token: Token, after: Token) -> bool:
    short = token.end - token.start == 1 or token.role == "H"
    return token.role in "dH" and token.number < 7 and short and after.end - after.start == 1


def _is_minutes(found: list[Token], at: int, token: Token) -> bool:
    """The 30 of "18 Uhr 30", but not of "18 Uhr 30. März"."""
    if at >= len(found) or found[at].role not in "dn" or found[at].number > 59 or found[at].end - found[at].start != 2:
        return False
    return (at + 1 >= len(found) or found[at + 1].role not in "mbgr/") and token.clock is not None


def _is_twelve(token: Token) -> bool:
    return (token.role == "d" and token.number == 12) or (token.clock is not None and token.clock.hour == 12)


def _after_at(token: Token, done: list[Token], words: Vocabulary) -> None:
    """A bare number after "at"; where the clock has twelve hours, it may be either half of the day: then nothing."""
    before = done[-1].role if done else ""
    if before not in ("h", "s") or token.role not in "dnvH":
        return
    if token.role in "dn" and token.number < 12 and words.clock_of_12:
        token.role = "x"
    else:
        to_clock(token, named=not words.clock_of_12)


def to_clock(token: Token, half: int | None = None, named: bool = False) -> bool:
    """Make a time of the number: in that half of the day (0 or 1), or because a word says so. False if it cannot be."""
    time = token.clock
    if time is None and token.role in "dn":
        time = clock(str(token.number)) if token.number <= 24 else _compact(token.number) if half is not None else None
    if time is None or (half is not None and time.half is not None and time.half != half):
        return False
    if half is not None and time.hour <= 12:
        time = time._replace(hour=time.hour % 12 + 12 * half, half=half, clear=True)
    token.clock = time._replace(clear=time.clear or named)
    token.role = "c"
    return True


def _compact(number: int) -> Clock | None:
    """ "730" of "730pm"."""
    return clock(str(number // 100), f"{number % 100:02d}") if 100 <= number <= 1259 else None
