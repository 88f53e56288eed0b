"""Links that hold a number but are no longer links: `wa . me / 44 7700…`, `t (dot) me / +44…`, `tel%3A%2B44…`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from felinar.extract.phone_links import read_links
from felinar.extract.phone_plans import Reading

_DOT = r"(?:\.|\(dot\)|\[dot\]|\(\.\)|\[\.\]|\{\.\}|dot|punct|punkt|ponto|punto|point|точка)"
_SLASH = r"(?:/|%2f|slash|slech|strich)"
_HOST = rf"(?:wa\s?{_DOT}\s?me\s?{_SLASH}|t\s?{_DOT}\s?me\s?{_SLASH}\s?(?:\+|%2b|plus)|signal\s?{_DOT}\s?me\s?/\s?#p/)"
_CALL = r"(?:(?:tel|callto|sms)(?:\s?:\s?|%3a)|(?:phone|number)%3d)"
_NUMBER = r"\s?(?:%2b|\+|plus)?\s?(\d(?:[\d().\-/_]|%20|\s(?=\s?[\d().\-])){5,28}\d)"
_B = "[ \\t\\n]"  # a blank for any engine
_SAID = r"(?:\(dot\)|\[dot\]|\(\.\)|\[\.\]|\{\.\}|dot|punct|punkt|punto|ponto)"
LINK_GATE = (
    rf"(?:wa|t|signal)(?:{_B}{_DOT}|{_DOT}{_B}){_B}?me{_B}?{_SLASH}|(?:wa|t|signal){_B}?{_SAID}{_B}?me{_B}?{_SLASH}"
    rf"|(?:wa|t)\.me(?:{_B}/|{_B}?/{_B}|{_B}?%2f)|wa\.me/\+?[0-9]{{1,4}}[ (-]"
    r"|(?:tel|sms|callto)%3a|(?:phone|number)%3d"
)
_LINK = re.compile(rf"(?<![a-z0-9])(?:{_HOST}|{_CALL}){_NUMBER}")


def loose_links(text: str, region: str) -> Iterator[tuple[int, int, Reading]]:
    """Yield (start, end, reading) of the digits of each such link in the folded text."""
    return read_links(_LINK, text, region)
