"""Times as adverts give them -> microseconds since 1970 in UTC. A time without a zone is taken as UTC."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

DAY_FIRST, MONTH_FIRST = "day_first", "month_first"
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_NUMERIC = re.compile(r"-?\d{1,17}(?:\.\d+)?")
_ISO = re.compile(r"\d{4,}-[\dW]|\d{8}(?:T|$)")
_CLOCK = r"(?:[T,\s]+(?:at\s+)?(\d{1,2})[:.h](\d{2})(?::(\d{2})(?:\.\d+)?)?\s*([ap]\.?m\.?)?)?"
_END = _CLOCK + r"\s*(?:z|utc|gmt|[+-]00:?00)?\.?"
_DAY_MONTH = re.compile(r"(\d{1,2})\s*([./-])\s*(\d{1,2})\s*[./-]\s*(\d{4}|\d{2})" + _END, re.IGNORECASE)
_YEAR_FIRST = re.compile(r"(\d{4})\s*[./]\s*(\d{1,2})\s*[./]\s*(\d{1,2})" + _END, re.IGNORECASE)
_NAMED = re.compile(
    r"(?:[^\W\d]+\.?,?\s+)?(\d{1,2})(?:st|nd|rd|th|er|º|\.)?[\s-]+(?:de\s+|of\s+)?([^\W\d]+)\.?,?[\s-]+(?:de\s+)?(\d{4})"
    + _END,
    re.IGNORECASE,
)
_NAME_FIRST = re.compile(r"([^\W\d]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})" + _END, re.IGNORECASE)
_MONTHS = (
    "jan january ianuarie ian enero ene janvier janv januar gennaio gen janeiro января январь янв styczen stycznia",
    "feb february februarie febrero fevrier fevr fev februar febbraio fevereiro февраля февраль фев luty lutego",
    "mar march martie marzo mars marz märz maerz marco марта март мар marzec marca",
    "apr april aprilie abril abr avril avr aprile апреля апрель апр kwiecien kwietnia",
    "may mai mayo mag maggio maio мая май maj maja",
    "jun june iunie iun junio juin juni giugno giu junho июня июнь июн czerwiec czerwca",
    "jul july iulie iul julio juillet juil juli luglio lug julho июля июль июл lipiec lipca",
    "aug august agosto ago aout augusto августа август авг sierpien sierpnia",
    "sep sept september septembrie septiembre septembre settembre set setembro сентября сентябрь сен wrzesien wrzesnia",
    "oct october octombrie octubre octobre oktober okt ottobre ott outubro out октября октябрь окт pazdziernik",
    "nov november noiembrie noi noviembre novembre novembro ноября ноябрь ноя listopad listopada",
    "dec december decembrie diciembre dic decembre dezember dez dicembre dezembro декабря декабрь дек grudzien grudnia",
)
_MONTH_OF = {word: number for number, words in enumerate(_MONTHS, 1) for word in words.split()}


class Time(NamedTuple):
    """A time read: microseconds (None: not readable), its ISO 8601 form, and what is odd about it."""

    micros: int | None
    iso: str
    problem: str


NO_TIME = Time(None, "", "")


class OpenOrder(Exception):
    """A date that can be read in two ways was met before anybody had decided which one it is."""


@lru_cache(maxsize=65_536)
def parse(text: str, order: str) -> Time:
    """Return the time that a text gives; `order` decides 03/04/2024, a text that fits only one order is read by it.

    Without an order such a text raises OpenOrder.
    """
    stripped = text.strip()
    if not stripped:
        return NO_TIME
    try:
        moment = _moment(stripped, order)
    except (ValueError, OverflowError):
        return Time(None, "", "this is not a date between the years 1 and 9999; the field was left empty")
    if moment is None:
        return Time(None, "", "this is not a date that we can read; the field was left empty")
    since = moment - _EPOCH
    micros = (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds
    odd = "the year 9999 is most often a placeholder; it was kept" if moment.year == 9999 else ""
    return Time(micros, moment.replace(tzinfo=None).isoformat() + "Z", odd)


def shows_order(text: str) -> str:
    """Return day_first or month_first if a date can be read in one way only, `open` if in both, else empty."""
    found = _DAY_MONTH.fullmatch(text.strip())
    if not found or found[2] == ".":
        return ""
    first, second = int(found[1]), int(found[3])
    if first == second:
        return ""
    return DAY_FIRST if first > 12 else MONTH_FIRST if second > 12 else "open"


def _moment(text: str, order: str) -> dt.datetime | None:
    if _NUMERIC.fullmatch(text) and not (len(text) == 8 and text[:2] in ("19", "20")):
        return _from_number(float(text))
    if _ISO.match(text):  # asked first, as Python also takes any 18 digits for a time
        try:
            return _utc(dt.datetime.fromisoformat(text))
        except ValueError:
            plain = re.sub(r"\s*(?:utc|gmt)$|(?<=\d)\s+(?=[+-]\d{2}:?\d{2}$)", "", text, flags=re.IGNORECASE)
            return _utc(dt.datetime.fromisoformat(plain))
    if found := _DAY_MONTH.fullmatch(text):
        first, second = int(found[1]), int(found[3])
        if not order and found[2] != "." and first != second and max(first, second) <= 12:
            raise OpenOrder(text)
        month_first = (order == MONTH_FIRST and found[2] != "." and first <= 12) or (second > 12 >= first)
        day, month = (second, first) if month_first else (first, second)
        year = int(found[4]) if len(found[4]) == 4 else 2000 + int(found[4]) - (100 if int(found[4]) > 69 else 0)
        return _at(year, month, day, found, 5)
    if found := _YEAR_FIRST.fullmatch(text):
        return _at(int(found[1]), int(found[2]), int(found[3]), found, 4)
    if (found := _NAMED.fullmatch(text)) and (named := _month(found[2])):
        return _at(int(found[3]), named, int(found[1]), found, 4)
    if (found := _NAME_FIRST.fullmatch(text)) and (named := _month(found[1])):
        return _at(int(found[3]), named, int(found[2]), found, 4)
    return None


def _at(year: int, month: int, day: int, found: re.Match[str], clock: int) -> dt.datetime:
    hour, half = int(found[clock] or 0), (found[clock + 3] or "").lower()
    if half:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    return dt.datetime(year, month, day, hour, int(found[clock + 1] or 0), int(found[clock + 2] or 0), tzinfo=dt.UTC)


def _month(word: str) -> int:
    folded = unicodedata.normalize("NFKD", word.casefold())
    return _MONTH_OF.get(word.casefold(), 0) or _MONTH_OF.get("".join(c for c in folded if c.isascii()), 0)


def _utc(moment: dt.datetime) -> dt.datetime:
    return moment.replace(tzinfo=dt.UTC) if moment.tzinfo is None else moment.astimezone(dt.UTC)


def _from_number(number: float) -> dt.datetime | None:
    """Return the time of an Excel serial, or of Unix seconds, milliseconds or microseconds, told by their size."""
    if 15_000 <= number < 110_000:
        return dt.datetime(1899, 12, 30, tzinfo=dt.UTC) + dt.timedelta(seconds=round(number * 86_400))
    for limit, unit in ((1e8, 0.0), (1e11, 1.0), (1e14, 1e3), (1e17, 1e6)):
        if 0 <= number < limit:
            return _EPOCH + dt.timedelta(microseconds=round(number / unit * 1e6)) if unit else None
    return None
