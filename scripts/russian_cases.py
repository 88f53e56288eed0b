"""Forms in which Russian and Ukrainian write a town after a preposition: `в Москве`, `из Харькова`, `у Києві`."""

from __future__ import annotations

import re
from collections.abc import Iterator

# An ending of the name and the endings that replace it: genitive, prepositional, dative or accusative.
Endings = tuple[tuple[str, tuple[str, str, str]], ...]
_RUSSIAN: Endings = (
    ("ний", ("него", "нем", "нему")),
    ("кий", ("кого", "ком", "кому")),
    ("ий", ("его", "ем", "ему")),
    ("ый", ("ого", "ом", "ому")),
    ("ая", ("ой", "ой", "ую")),
    ("яя", ("ей", "ей", "юю")),
    ("ое", ("ого", "ом", "ому")),
    ("ые", ("ых", "ых", "ым")),
    ("ие", ("их", "их", "им")),
    ("ия", ("ии", "ии", "ию")),
    *((f"{c}а", (f"{c}и", f"{c}е", f"{c}у")) for c in "гкхжшчщ"),
    ("а", ("ы", "е", "у")),
    ("я", ("и", "е", "ю")),
    *((f"{c}о", (f"{c}а", f"{c}е", f"{c}у")) for c in ("ов", "ев", "ин", "ын", "ен")),
    ("цы", ("цов", "цах", "ц")),
    ("ы", ("ов", "ах", "ам")),
    *((f"{c}и", (f"{c}", f"{c}ах", f"{c}ам")) for c in "кгщшч"),
    ("лец", ("льца", "льце", "льцу")),
    ("ец", ("ца", "це", "цу")),
    ("ёл", ("ла", "ле", "лу")),
    ("ь", ("и", "е", "я")),
    ("й", ("я", "е", "ю")),
    *((c, (f"{c}а", f"{c}е", f"{c}у")) for c in "бвгджзклмнпрстфхцчшщ"),
)
_UKRAINIAN: Endings = (
    ("ий", ("ого", "ому", "ім")),
    ("ов", ("ова", "ові", "ову")),
    ("ів", ("ова", "ові", "ову")),
    ("їв", ("єва", "єві", "єву")),
    ("іль", ("оля", "олі", "олю")),
    ("ка", ("ки", "ці", "ку")),
    ("а", ("и", "і", "у")),
    ("ія", ("ії", "ії", "ію")),
    ("я", ("і", "і", "ю")),
    ("не", ("ного", "ному", "нім")),
    ("ці", ("ців", "цях", "цям")),
    ("и", ("ів", "ах", "ам")),
    ("во", ("ва", "ві", "ву")),
    ("ець", ("ця", "ці", "цю")),
    ("ь", ("я", "і", "ю")),
    ("й", ("я", "ї", "ю")),
    *((c, (f"{c}а", f"{c}і", f"{c}у")) for c in "бвгджзклмнпрстфхцчшщ"),
)
_ADJECTIVE = re.compile(r"(?:ий|ый|ая|яя|ое|ые|ие)$")
_FIXED = ("на", "над", "под")  # what follows them stays as it is: Ростове-на-Дону
_LEAST = 4  # letters of the last word


def cases_of(name: str, *, is_ukrainian: bool) -> Iterator[str]:
    """Return the inflected forms of a name in Cyrillic letters, its hyphens kept; none for a name without cases."""
    parts = re.split(r"([\s-]+)", name.lower())
    words = parts[::2]
    fixed = next((i for i, word in enumerate(words) if word in _FIXED), len(words))
    both = any(_ADJECTIVE.search(word) for word in words[:fixed])
    moving = [i for i in range(fixed) if both or i == fixed - 1]
    if not moving or len(words[moving[-1]]) < _LEAST:
        return
    for rules in (_UKRAINIAN, _RUSSIAN) if is_ukrainian else (_RUSSIAN,):
        endings = {i: _endings(words[i], rules) for i in moving}
        for case in range(3) if all(endings.values()) else ():
            for i in moving:
                parts[2 * i] = endings[i][case]
            yield "".join(parts)


def _endings(word: str, rules: Endings) -> tuple[str, ...]:
    """Return the three forms of one word by the first rule whose ending it has."""
    for ending, replaced in rules:
        if word.endswith(ending):
            stem = word.removesuffix(ending)
            return tuple(stem + new for new in replaced)
    return ()
