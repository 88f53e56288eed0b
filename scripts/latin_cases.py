"""Forms of towns after a preposition in Polish, Czech, Slovak, South Slavic languages, Lithuanian and Hungarian.

`w Krakowie`, `z Łodzi`, `v Praze`, `u Novom Sadu`, `Klaipėdoje`, `Szegeden`: a rule says what replaces an ending.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

# An ending of the name and the endings that replace it, the longest first; endings of one word belong together by
# place (genitive, locative, a third case), so that adjective and noun agree.
Endings = tuple[tuple[str, tuple[str, str, str]], ...]


def _by_consonant(letters: str, pattern: tuple[str, str, str]) -> Endings:
    return tuple((c, (c + pattern[0], c + pattern[1], c + pattern[2])) for c in letters.split())


_POLISH: Endings = (
    ("białystok", ("białegostoku", "białymstoku", "białymstokiem")),
    ("zakopane", ("zakopanego", "zakopanem", "zakopanem")),
    ("bydgoszcz", ("bydgoszczy", "bydgoszczy", "bydgoszczą")),
    ("siedlce", ("siedlec", "siedlcach", "siedlcami")),
    ("łódź", ("łodzi", "łodzi", "łodzią")),
    ("ść", ("ścia", "ściu", "ściem")),
    ("ów", ("owa", "owie", "owem")),
    ("iec", ("ca", "cu", "cem")),
    ("ec", ("ca", "cu", "cem")),
    ("ek", ("ka", "ku", "kiem")),
    ("ń", ("nia", "niu", "niem")),
    ("aw", ("awia", "awiu", "awiem")),
    ("om", ("omia", "omiu", "omiem")),
    ("im", ("imia", "imiu", "imiem")),
    ("ł", ("ła", "le", "łem")),
    *_by_consonant("k g", ("a", "u", "iem")),
    *_by_consonant("rz sz cz dz ż c l j", ("a", "u", "em")),
    ("r", ("ra", "rze", "rem")),
    ("t", ("ta", "cie", "tem")),
    ("d", ("du", "dzie", "dem")),
    *_by_consonant("w n m b p s z", ("a", "ie", "em")),
    ("ka", ("ki", "ce", "ką")),
    ("ga", ("gi", "dze", "gą")),
    ("ra", ("ry", "rze", "rą")),
    ("ła", ("ły", "le", "łą")),
    ("ta", ("ty", "cie", "tą")),
    ("da", ("dy", "dzie", "dą")),
    *((f"{c}a", (f"{c}y", f"{c}y", f"{c}ą")) for c in ("rz", "sz", "cz", "ż", "c", "dz")),
    ("ia", ("i", "i", "ią")),
    ("ja", ("i", "i", "ją")),
    ("la", ("li", "li", "lą")),
    ("a", ("y", "ie", "ą")),
    ("ko", ("ka", "ku", "kiem")),
    ("go", ("ga", "gu", "giem")),
    ("ło", ("ła", "le", "łem")),
    ("to", ("ta", "cie", "tem")),
    ("ro", ("ra", "rze", "rem")),
    ("o", ("a", "ie", "em")),
    ("ce", ("c", "cach", "cami")),
    ("e", ("a", "u", "em")),
    *((f"{c}i", (c, f"{c}ach", f"{c}ami")) for c in "kg"),
    ("y", ("ów", "ach", "ami")),
)
_POLISH_ADJECTIVES: Endings = (
    ("ki", ("kiego", "kim", "kim")),
    ("ka", ("kiej", "kiej", "ką")),
    ("kie", ("kiego", "kiem", "kiem")),
    ("ia", ("iej", "iej", "ią")),
    ("cza", ("czej", "czej", "czą")),
    ("a", ("ej", "ej", "ą")),
    ("y", ("ego", "ym", "ym")),
    ("e", ("ego", "em", "em")),
)
_CZECH: Endings = (
    ("ec", ("ce", "ci", "cem")),
    ("ek", ("ku", "ku", "kem")),
    ("eň", ("ně", "ni", "ní")),
    ("ha", ("hy", "ze", "hu")),
    ("ka", ("ky", "ce", "ku")),
    ("ra", ("ry", "ře", "ru")),
    ("la", ("ly", "le", "lu")),
    ("ica", ("ice", "ici", "icu")),
    ("a", ("y", "ě", "u")),
    ("ice", ("ic", "icích", "icím")),
    ("ce", ("c", "cích", "cím")),
    ("no", ("na", "ně", "nu")),
    ("o", ("a", "u", "em")),
    ("ouc", ("ouce", "ouci", "oucí")),
    ("c", ("ce", "ci", "cem")),
    ("ary", ("arů", "arech", "arům")),
    ("y", ("", "ech", "ům")),
    *((c, (f"{c}a", f"{c}ě", f"{c}u")) for c in "vnmptd"),
    *((c, (f"{c}u", f"{c}u", f"{c}em")) for c in "bkhrlsz"),
)
_SLOVAK: Endings = (
    ("ica", ("ice", "ici", "icu")),
    ("ka", ("ky", "ke", "ku")),
    ("a", ("y", "e", "u")),
    ("ce", ("c", "ciach", "ciam")),
    ("no", ("na", "ne", "nom")),
    ("o", ("a", "e", "om")),
    ("ec", ("ca", "ci", "com")),
    ("ok", ("ku", "ku", "kom")),
    ("any", ("ian", "anoch", "anom")),
    *((c, (f"{c}a", f"{c}e", f"{c}om")) for c in "vnmptdrlsz"),
    *((c, (f"{c}u", f"{c}u", f"{c}om")) for c in "kh"),
)
_SOUTH_SLAVIC: Endings = (
    ("ka", ("ke", "ci", "ku")),
    ("ga", ("ge", "zi", "gu")),
    ("a", ("e", "i", "u")),
    ("zadar", ("zadra", "zadru", "zadrom")),
    ("ac", ("ca", "cu", "cem")),
    ("ec", ("ca", "cu", "cem")),
    ("o", ("a", "u", "om")),
    ("e", ("a", "u", "em")),
    *((c, (f"{c}a", f"{c}u", f"{c}om")) for c in "bdgklmnprstvzš"),
)
_SOUTH_SLAVIC_ADJECTIVES: Endings = (("i", ("og", "om", "im")), ("a", ("e", "oj", "u")), ("o", ("og", "om", "im")))
_LITHUANIAN: Endings = (
    ("ius", ("iaus", "iuje", "iumi")),
    ("us", ("aus", "uje", "umi")),
    ("as", ("o", "e", "u")),
    ("ys", ("io", "yje", "iu")),
    ("is", ("io", "yje", "iu")),
    ("ai", ("ų", "uose", "ais")),
    ("iai", ("ių", "iuose", "iais")),
    ("a", ("os", "oje", "a")),
    ("ė", ("ės", "ėje", "e")),
)
_HUNGARIAN = {True: ("ban", "ba", "ból", "on", "ra", "ról"), False: ("ben", "be", "ből", "en", "ön", "re", "ről")}
_VOWELS = re.compile("[aáeéiíoóöőuúüű]")
_TABLES: dict[str, tuple[Endings, Endings]] = {
    "PL": (_POLISH, _POLISH_ADJECTIVES),
    "CZ": (_CZECH, ()),
    "SK": (_SLOVAK, ()),
    "LT": (_LITHUANIAN, ()),
    **dict.fromkeys(("HR", "RS", "BA", "ME", "SI"), (_SOUTH_SLAVIC, _SOUTH_SLAVIC_ADJECTIVES)),
}
_ADJECTIVE = {
    "PL": re.compile(
        r"[sc]k[ia]e?$|icza$|^(?:now|star|zielon|biał|czarn|wielk|mał|dług|wysok|jeleni|stalow|górn|doln)[aey]?$"
    ),
    "HR": re.compile(r"^(?:nov|star|velik|mal|slavonsk|banj|bijel|gornj|donj)[iao]$"),
}
COUNTRIES = frozenset((*_TABLES, "HU"))
# Names that the source has in English.
OWN_NAMES = {
    "Warsaw": "Warszawa",
    "Prague": "Praha",
    "Pilsen": "Plzeň",
    "Belgrade": "Beograd",
    "Bielsko-Biala": "Bielsko-Biała",
}
_LEAST = 4


def latin_cases_of(name: str, country: str) -> Iterator[str]:
    """Return the inflected forms of a town's name in small letters, none where no rule knows one of its words."""
    name = OWN_NAMES.get(name, name).lower()
    if country == "HU":
        yield from _hungarian(name)
        return
    nouns, adjectives = _TABLES[country]
    parts = re.split(r"([\s-]+)", name)
    words = parts[::2]
    if len(words) > 2 or len(name) < _LEAST:
        return
    adjective = _ADJECTIVE.get(country if country == "PL" else "HR") if adjectives else None
    forms = []
    for word in words:
        is_adjective = len(words) > 1 and adjective is not None and adjective.search(word) is not None
        forms.append(_endings(word, adjectives if is_adjective else nouns))
    for case in range(3) if all(forms) else ():
        parts[::2] = [form[case] for form in forms]
        yield "".join(parts)


def _endings(word: str, rules: Endings) -> tuple[str, ...]:
    """Return the three forms of one word by the first rule whose ending it has."""
    for ending, replaced in rules:
        if word.endswith(ending):
            return tuple(word.removesuffix(ending) + new for new in replaced)
    return ()


def _hungarian(name: str) -> Iterator[str]:
    """Return a name with the endings of place, which agree with its last vowel."""
    vowels = _VOWELS.findall(name)
    for ending in _HUNGARIAN[not vowels or vowels[-1] in "aáoóuú"]:
        yield name + (ending[-1] if len(ending) == 2 and ending[-1] == "n" and _VOWELS.match(name[-1]) else ending)
