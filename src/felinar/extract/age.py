"""Stated ages, in nine languages. Whether it is the person's age or a demand on applicants stands in the evidence.

A number is an age only where its form says so: "26 years old", "age 26", "I am 26", "Ana, 26 ani", "18-45 ani". The
years of a trade, a firm or a guarantee ("seit 25 Jahren") are no age. An age under 18 is a mention like any other here;
the score stage raises the gate for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from felinar.extract import age_words as words
from felinar.extract.contract import Context, Extractor, Found
from felinar.extract.evidence import evidence
from felinar.extract.name import names
from felinar.extract.words import AFTER, BEFORE
from felinar.kernels.fold import Folded

_REACH = 45
# Begins with a digit, which is rare: so the search runs through a text at full speed.
_NUMBER = re.compile(r"[1-9](?<![\w.,:/+#@€$£].)(?<![0-9][-–].)[0-9](?![0-9]|[.,:/-]?[0-9]{3}|[.,:][0-9]|\s?%)")
_RANGE = re.compile(rf"\s?(?:{words.TO})\s?(?:(?:i|gli|los|les|os)\s)?([1-9][0-9])(?![0-9]|[.,:][0-9])")
_TAIL = re.compile(rf"\s?(?P<plus>\+?)\s?-?\s?(?:(?P<old>{words.OLD})|(?P<years>{words.YEARS})){AFTER}")
_WORDS = re.compile(r"[^\W\d_]+")
_AGE = re.compile(rf"{BEFORE}(?:{words.AGE}){AFTER}\s?(?:(?:{words.LINKS}){AFTER})?\s?[:=\-–]?\s?$")
_SAYS = re.compile(rf"{BEFORE}({words.SAYS})\s{{1,2}}$")
_PERSON = re.compile(rf"{BEFORE}(?:{words.PERSONS})\s?(?:{words.OF})?\s?$")
_DEMAND = re.compile(rf"{BEFORE}(?:{words.DEMANDS})\s$")
_APPLICANTS = re.compile(
    r"(?:minim\w*|min\.?|at least|candidat\w*|applicants?|required|must be|mindestens|limit|кандидат\w*)[\s\w]{0,12}$"
)
_SOUGHT = re.compile(rf"{BEFORE}(?:{words.SOUGHT})\w{{0,6}}[\s\w]{{0,12}}$")
# "Anna, 24, …", "girl of 23": an age though no word for years follows.
_JOINED = re.compile(r"(?:(?P<of>\s(?:of|de|di|von))|,|\s?(?P<bracket>\())\s?$")
_CLOSED = re.compile(r"\s?(?:[,;!?)|\n]|\.(?!\w)|-\s|$)(?!\s?[0-9])")
_LASTS = re.compile(rf"{BEFORE}(?:{words.LASTS})\s$")
_LASTED = re.compile(rf"\s{{0,2}}[’']?(?:{words.LASTED}){AFTER}")
_SPENT = re.compile(rf"{BEFORE}(?:{words.SPENT})")
_THING = re.compile(rf"\s{{1,2}}(?:(?:{words.THING}){AFTER}|(?:{words.SPENT}))")
_CHILD = re.compile(rf"{BEFORE}(?:{words.CHILD})[\s\w,:()]{{0,20}}$")
_FIRM = re.compile(rf"{BEFORE}(?:{words.FIRM})\s{{1,2}}(?:(?:{words.IS})\s{{1,2}}){{0,2}}$")
_CLAUSE = re.compile(r"[.!?;\n]")
# A number without a word for years is looked at only where one of these stands close before.
_CUE_WORDS = frozenset(w for cue in (words.AGE, words.SAYS) for w in _WORDS.findall(re.sub(r"\\s\{1,3\}|\\", " ", cue)))


def find(text: Folded, context: Context) -> Iterator[Found]:
    """Return ages from 10 to 99; a range as two. The evidence's `role`: person, demand, or child in someone's care."""
    content, done = text.text, 0
    for number in _NUMBER.finditer(content):
        start, end = number.span()
        if start < done:
            continue
        second = _RANGE.match(content, end)
        stop = second.end() if second else end
        tail = _TAIL.match(content, stop)
        before = content[max(0, start - _REACH) : start]
        role, sure = "", 0
        if tail or not _CUE_WORDS.isdisjoint(_WORDS.findall(before)[-4:]):
            role, sure = _role(text, number, second, tail, before)
        if not role and tail is None and second is None:
            role, sure = _bare(content, start, end, before)
        if not role:
            continue
        done = stop if tail is None or second else tail.end()
        spans = [(start, end), second.span(1)] if second else [(start, done)]
        for a, b in spans:
            first, last = text.span(a, b)
            value = content[a : a + 2]
            yield Found(first, last, value, confidence=sure, evidence=evidence(("role", role)))


def _bare(content: str, start: int, end: int, before: str) -> tuple[str, int]:
    """Return whose age a number is that stands by itself: `18+`, `Anna, 24, …`, `I (24)`, `girl of 23`."""
    years = int(content[start:end])
    if years in (18, 21) and content[end : end + 1] == "+":
        return ("demand", 75) if not content[end + 1 : end + 2].isalnum() else ("", 0)
    joint = _JOINED.search(before) if _CLOSED.match(content, end) else None
    word = _WORDS.findall(before[: joint.start()][-20:])[-1:] if joint else []
    if not joint or not word or not before[: joint.start()].endswith(word[0]):
        return "", 0
    if word[0] in words.ONE_PERSON and 13 <= years <= 70:
        return "person", 60
    named = word[0] in names() and word[0] not in words.MONTHS
    return ("person", 60) if named and not joint["of"] and 18 <= years <= 65 else ("", 0)


def _role(
    text: Folded, number: re.Match[str], second: re.Match[str] | None, tail: re.Match[str] | None, before: str
) -> tuple[str, int]:
    """Return whose age the number is and how sure that is; an empty role for no age."""
    content, end = text.text, tail.end() if tail else second.end() if second else number.end()
    child = _CHILD.search(before) is not None
    demand = second is not None or bool(tail and tail["plus"]) or content[end : end + 1] == "+"
    wanted = demand or _DEMAND.search(before) is not None or _APPLICANTS.search(before) is not None
    role = "child" if child else "demand" if wanted else "person"
    if _AGE.search(before):
        return role, 90
    if _FIRM.search(before):
        return "", 0
    if tail and tail["old"]:
        return ("", 0) if _THING.match(content, end) else (role, 90)
    says = _SAYS.search(before)
    if says and not second and tail is None:
        return ("person", 75) if says[1] in words.SAYS_ALONE and _ends(content, end) else ("", 0)
    if tail is None or _is_days(text, tail) or _LASTED.match(content, end):
        return "", 0
    if _is_person(before) and not _THING.match(content, end):
        return role, 75
    if _lasted(content, end):
        return "", 0
    if says and not second:
        return "person", 85
    if child or _is_age(text, number, second, before, wanted, end):
        return role, 75
    return "", 0


def _is_age(
    text: Folded, number: re.Match[str], second: re.Match[str] | None, before: str, wanted: bool, end: int
) -> bool:
    """Whether a number with a bare word for years is an age: as a demand, or standing by itself."""
    if _SPENT.search(_CLAUSE.split(before)[-1]):
        return False
    if wanted:
        return _is_demand(int(number[0]), second, before)
    closed = before.rstrip(" ")
    return (not closed or not closed[-1].isalnum()) and _ends(text.text, end)


def _is_demand(years: int, second: re.Match[str] | None, before: str) -> bool:
    """Whether applicants must have this age: 14 to 25 as one bound; `for 15-20 years` lasts."""
    demand = _DEMAND.search(before)
    if second:
        asked = demand is not None or any(pattern.search(before) for pattern in (_APPLICANTS, _SOUGHT))
        return 14 <= years < int(second[1]) and (asked or _LASTS.search(before) is None)
    return 14 <= years <= 25 and not (demand and _LASTS.search(before[: demand.start()]))


def _is_person(before: str) -> bool:
    """Whether a person stands right before: a word for one, or a listed first name."""
    if _PERSON.search(before):
        return True
    found = _WORDS.findall(before[-20:])
    return bool(found) and found[-1] in names() and before.rstrip(" ,:-–(").endswith(found[-1])


def _ends(content: str, end: int) -> bool:
    """Whether the statement ends here, or goes on with a word that may follow an age."""
    rest = content[end : end + 20].lstrip(" ")
    if not rest or not (rest[0].isalnum() or rest[0] in "%€$£°"):
        return True
    word = _WORDS.match(rest)
    return word is not None and word[0] in words.GOES_ON


def _lasted(content: str, end: int) -> bool:
    """Whether what follows says what the years were spent on."""
    return not _ends(content, end) and bool(_SPENT.search(_CLAUSE.split(content[end : end + _REACH], maxsplit=1)[0]))


def _is_days(text: Folded, tail: re.Match[str]) -> bool:
    """Whether a lone j stands for days: years are written `26 J.` in German, days `15 j` in French."""
    if tail["years"] is None or tail["years"].rstrip(".") != "j":
        return False
    start, _ = text.span(*tail.span("years"))
    return text.original[start] != "J"


AGE = Extractor(
    "age",
    kind="age",
    version=6,
    find=find,
    examples=(
        ("Anna, 26 years old, from Leeds", ("26",)),
        ("Ana, 26 ani. Luisa 26 años. Анна 26 лет", ("26", "26", "26")),
        ("26 साल की, umar 27", ("26", "27")),
        ("26 Jahre alt; 31 ans; 28 anni; 29 anos de idade", ("26", "31", "28", "29")),
        ("candidates aged 18-30, vârsta între 20 și 45 ani", ("18", "30", "20", "45")),
        ("Poster's age 26 Location city post id 1234567 ; other text 25 years old", ("26", "25")),
        ("Helpers 18+ wanted. Anna, 24, Leipzig. Ragazza di 23, ich (25) suche", ("18", "24", "23", "25")),
        ("coloc de 20 à 30 ans, coinquilina tra i 20 e i 30 anni", ("20", "30", "20", "30")),
        ("May, 24, women: 50, men: 60, girls, 24/7, a contract of 20 rooms, 18+ 2, Anna, 24 hours", ("18",)),
        ("I am 17. Tengo 26 años, мне 26 лет, j'ai 26 ans", ("17", "26", "26", "26")),
        ("30 years of experience, de peste 20 de ani, 15 ans d'expérience, open 10-18, room of 20 m2", ()),
        ("seit 25 Jahren für Sie da; более 20 лет опыта; lavoro da 12 anni; Llevo 14 años", ()),
        ("Our firm is 30 years old, la nostra azienda ha 30 anni, unsere Firma ist schon 30 Jahre alt", ()),
        (
            "nuestra empresa tiene 30 años; notre entreprise a 30 ans; нашей фирме уже 30 лет; firma mea are 30 ani",
            (),
        ),
        ("For almost 30 years; minimum 10 years related experience; a 33 year-old company", ()),
    ),
)
