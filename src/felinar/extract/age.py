"""Stated ages, in nine languages. Whether it is the person's age or a demand on applicants stands in the evidence.

An age under 18 is a mention like any other here; the score stage raises the gate for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from felinar.extract.contract import Context, Extractor, Found
from felinar.extract.words import AFTER, BEFORE, alternatives
from felinar.ids import canonical_json
from felinar.kernels.fold import Folded

_LEAST, _MOST = 10, 99
# After the number: words that only an age has, and words that a duration has too.
_OLD = alternatives(
    "years old|year old|years-old|year-old|yrs old|yr old|years of age|y/o|yo|y.o.|jahre alt|jahre jung|"
    "jährige|jährig|jähriger|"
    "años de edad|anos de idade|ani impliniti|ans revolus|-летняя|-летний|летняя|летний|साल की|साल का|"
    "वर्ष की|वर्ष का|"
    "saal ki|saal ka|sal ki|sal ka|jahrige|ani varsta|ani vârstă"
)
_YEARS = alternatives("years|yrs|ani|de ani|años|anos|ans|anni|лет|год|года|годиков|साल|वर्ष|saal|sal|jahre|jahren|j.")
_AGE = alternatives(
    "age|aged|ages|my age|age is|vârsta|varsta|vârstă|edad|idade|alter|età|âge|âgée|возраст|возрасте|"
    "उम्र|आयु|umar|umr|вік"
)
_CUED = re.compile(
    rf"{BEFORE}(?:{_AGE}){AFTER}\s?(?:is|de|von|între|intre|between|from|entre|zwischen|tra|от|of|limit|group|range)?"
    rf"\s?[:=\-–]?\s?(?P<a>[0-9]{{2}})(?![0-9.,]*[0-9%])"
    rf"(?:\s?(?P<to>-|–|—|to|și|si|and|y|e|et|und|bis|до|से|a|à|până la|al)\s?(?P<b>[0-9]{{2}})(?![0-9]))?"
)
_FOLLOWED = re.compile(
    rf"(?<![\w.,/:+-])(?:(?P<a>[0-9]{{2}})\s?(?P<to>-|–|—|to|și|si|and|y|e|et|und|bis|до|से|a|à|până la|al)\s?)?"
    rf"(?P<b>[0-9]{{2}})\s?(?P<plus>\+?)\s?-?\s?(?:(?P<old>{_OLD})|(?P<years>{_YEARS})){AFTER}"
)
_HINTS = re.compile(rf"[0-9]\s?\+?\s?-?\s?(?:{_OLD}|{_YEARS}){AFTER}|{BEFORE}(?:{_AGE}){AFTER}")
_ENOUGH = re.compile(r"[0-9]{2}")
# A duration says what it was spent on, or since when.
_SPENT = alternatives(
    "experience|exp|of experience|experiență|experienta|vechime|experiencia|опыта|опыт|стажа|стаж|अनुभव|"
    "experiência|experience|"
    "d'expérience|expérience|erfahrung|berufserfahrung|esperienza|ago|warranty|guarantee|garanție|"
    "garantie|garantía|гарантии|"
    "in business|in the business|of|on the market|pe piata|în domeniu|in domeniu|pe|contract|history|"
    "tradition|tradiție|anubhav|"
    "de experiencia|de experienta|de experiență|de experiência|di esperienza|im dienst|service|in"
)
_LASTS = alternatives(
    "for|over|since|within|last|past|de peste|de|timp de|desde hace|hace|durante|más de|mas de|depuis|"
    "pendant|seit|da|da oltre|"
    "per|há|ha|уже|за|более|mehr als|über|plus de|più di|oltre|with|peste|in|every|up to|contract|after|under"
)
_DURATION_AFTER = re.compile(rf"\s{{0,2}}[’']?(?:{_SPENT}){AFTER}")
_DURATION_BEFORE = re.compile(rf"{BEFORE}(?:{_LASTS})\s$")
_EXPERIENCE = re.compile(r"[^.!?;\n]{0,45}(?:experien|esperien|expérien|erfahr|опыт|стаж|अनुभव|\bexp\b)")
_THING = re.compile(
    r"\s{1,2}(?:company|firm|business|brand|building|house|organi[sz]ation|family business|agency|whisky|car)"
)
_AT_LEAST = ("least ", "over ", "minimum ", "min ", "above ")
_DEMAND = re.compile(
    r"(?:over|above|minimum|min\.?|at least|between|from|under|limit|peste|minim|intre"
    r"|mayor(?:es)? de|entre|от|старше|не моложе"
    r"|ab|mindestens|zwischen|plus de|au moins|oltre|almeno|tra|maior(?:es)? de|pelo menos"
    r"|candidat\w*|applicants?|required|must be)"
    r"[\s\w]{0,12}$"
)
_CHILD = re.compile(
    r"(?:child(?:ren)?|kids?|son|daughter|copi\w{1,4}|niñ[oa]s?|nin[oa]s?|hij[oa]s?|реб[её]н\w{1,3}|дет\w{1,3}|criancas?|filh[oa]s?"
    r"|enfants?|fils|fille|kind(?:er|ern)?|bambin[oiae]|figli[oa]?|बच्च\w?)[\s\w,:()]{0,20}$"
)


def find(text: Folded, context: Context) -> Iterator[Found]:
    """Return ages from 10 to 99; a range as two. The evidence's `role`: person, demand, or child (in "
    "someone's care)."""
    content = text.text
    if not _ENOUGH.search(content) or not _HINTS.search(content):
        return
    seen: set[int] = set()
    matches = [*_CUED.finditer(content), *_FOLLOWED.finditer(content)]
    for match in sorted(matches, key=lambda m: (m.start(), -m.end())):
        if match.re is _FOLLOWED and (
            _THING.match(content, match.end()) or (match["years"] and _is_duration(content, match))
        ):
            continue
        yield from _ages(text, match, seen)


def _is_duration(content: str, match: re.Match[str]) -> bool:
    if _DURATION_AFTER.match(content, match.end()) or _EXPERIENCE.match(content, match.end()):
        return True
    before = content[max(0, match.start() - 14) : match.start()]
    if match["years"] in ("years", "yrs"):
        # In English "25 years" alone is an age only in a list ("Anna, 25 years") or as a demand ("at least 18 years").
        return not (before.rstrip(" ")[-1:] in tuple(",;:(\n|/") or before.endswith(_AT_LEAST) or match["plus"])
    return _DURATION_BEFORE.search(before) is not None and match["to"] is None


def _ages(text: Folded, match: re.Match[str], seen: set[int]) -> Iterator[Found]:
    groups = [g for g in ("a", "b") if match[g] and _LEAST <= int(match[g]) <= _MOST]
    role = _role(text.text, match, len(groups) == 2)
    stated = match.re is _CUED or match["old"]
    for group in groups:
        start, end = match.span(group)
        if start in seen:
            continue
        seen.add(start)
        if len(groups) == 1 and match.re is _FOLLOWED:
            end = match.end()
        first, last = text.span(start, end)
        evidence = canonical_json({"role": role})
        yield Found(first, last, str(int(match[group])), confidence=90 if stated else 75, evidence=evidence)


def _role(content: str, match: re.Match[str], is_range: bool) -> str:
    before = content[max(0, match.start() - 40) : match.start()]
    if _CHILD.search(before):
        return "child"
    plus = content[match.end() : match.end() + 1] == "+" or match.groupdict().get("plus")
    return "demand" if is_range or plus or _DEMAND.search(before) else "person"


AGE = Extractor(
    "age",
    kind="age",
    version=1,
    find=find,
    examples=(
        ("Anna, 26 years old, from Leeds", ("26",)),
        ("Ana, 26 ani. Luisa 26 años. Анна 26 лет", ("26", "26", "26")),
        ("26 साल की, umar 27", ("26", "27")),
        ("26 Jahre alt; 31 ans; 28 anni; 29 anos de idade", ("26", "31", "28", "29")),
        ("candidates aged 18-30, vârsta între 20 și 45 ani", ("18", "30", "20", "45")),
        ("Poster's age 26 Location city post id 1234567 ; other text 25 years old", ("26", "25")),
        ("30 years of experience, de peste 20 de ani, 15 ans d'expérience, open 10-18, room of 20 m2", ()),
        ("seit 25 Jahren für Sie da; более 20 лет опыта", ()),
        ("For almost 30 years; minimum 10 years related experience; a 33 year-old company", ()),
        ("age 17", ("17",)),
    ),
)
