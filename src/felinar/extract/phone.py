"""Telephone numbers, plain or disguised, in all languages of the lexicon: prefilter, runs, masks, windows, best set."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from felinar.extract.contract import Context, Extractor, Found
from felinar.extract.lexicon import load
from felinar.extract.phone_disguise import disguise
from felinar.extract.phone_display import display_form, region_of
from felinar.extract.phone_links import links
from felinar.extract.phone_masks import masked
from felinar.extract.phone_plans import Reading, plan_of
from felinar.extract.phone_prefilter import may_hold
from felinar.extract.phone_readings import Hints
from felinar.extract.phone_atoms import Atom, Run, trimmed
from felinar.extract.phone_runs import runs
from felinar.extract.phone_score import Window, best_windows
from felinar.ids import canonical_json
from felinar.kernels.fold import Folded, fold

_LANGUAGE_REGIONS = {
    "ro": "RO", "sv": "SE", "pl": "PL", "it": "IT", "tr": "TR", "uk": "UA", "hi": "IN", "hi_latin": "IN",
    "nl": "NL", "cs": "CZ", "hu": "HU", "el": "GR", "bg": "BG", "da": "DK", "fi": "FI", "no": "NO",
}  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+")
_CUE_REACH = 32
MOST_RUNS = 3000


def find(folded: Folded, context: Context) -> Iterator[Found]:
    """Yield the telephone numbers of a text in order; a text without enough digits costs a few microseconds."""
    text = folded.text
    if not may_hold(text):
        return
    region = context.country.upper() if plan_of(context.country.upper()) else ""
    taken = list(links(text, region))
    for start, end, reading in taken:
        yield _found(folded, start, end, reading, region, 99, {"written": "link"}, False)
    seen = [(a, b) for a, b, _ in taken]
    abroad = tuple(dict.fromkeys((r.region, "text") for _, _, r in taken))
    for run in islice(_open_runs(folded, seen), MOST_RUNS):
        hints = Hints(region, abroad + _languages(run, context), _has_cue(text, run))
        for window in best_windows(text, run, hints):
            yield _from_window(folded, run, window, region)


def _open_runs(folded: Folded, taken: list[tuple[int, int]]) -> Iterator[Run]:
    """Yield the runs without what masks and links cover; a masked stretch cuts its run in two."""
    for run in runs(folded):
        hidden = masked(folded.text, run.atoms[0].start, run.atoms[-1].end) + taken
        if not hidden:
            yield run
            continue
        part: list[Atom] = []
        for atom in run.atoms:
            if any(a < atom.end and atom.start < b for a, b in hidden):
                yield from _part(part)
                part = []
            else:
                part.append(atom)
        yield from _part(part)


def _part(atoms: list[Atom]) -> Iterator[Run]:
    if atoms:
        yield from trimmed(Run(atoms))


@lru_cache(maxsize=1)
def _cues() -> frozenset[str]:
    phrases = [p for row in load().concepts["call_cue"].phrases.values() for p in row]
    extra = (
        "tlf phone cel ring wa wap zap telefone no nr tfn mob cell call me dial sms text sun sunati llamar "
        "numer zadzwon ara bel"
    )
    words = {w for p in phrases for w in _WORD.findall(fold(p).text) if len(w) > 1}
    return frozenset(words | set(extra.split()))


def _has_cue(text: str, run: Run) -> bool:
    start = run.atoms[0].start
    before = _WORD.findall(text, max(0, start - _CUE_REACH), start)
    after = _WORD.findall(text, run.atoms[-1].end, run.atoms[-1].end + 12)
    return not _cues().isdisjoint(before[-4:]) or not _cues().isdisjoint(after[:1])


def _languages(run: Run, context: Context) -> tuple[tuple[str, str], ...]:
    words = [a.word.languages for a in run.atoms if a.word and a.word.languages]
    shared = [k for k in words[0] if all(k in row for row in words)] if words else []
    regions = [_LANGUAGE_REGIONS[k] for k in [*shared, context.language] if k in _LANGUAGE_REGIONS]
    return tuple(dict.fromkeys((r, "language") for r in regions)) if len(set(regions)) == 1 else ()


def _from_window(folded: Folded, run: Run, window: Window, hint: str) -> Found:
    atoms = run.atoms[window.first : window.last + 1]
    start, end = folded.span(atoms[0].start, atoms[-1].end)
    why = disguise(folded.original[start:end], atoms)
    evidence = {"rests_on": window.rests_on, "region_from": window.region_from, **why}
    confidence = min(98, window.score)
    if window.reading is None:
        return Found(start, end, window.digits, window.digits, "", confidence, bool(why), canonical_json(evidence))
    return _found(folded, atoms[0].start, atoms[-1].end, window.reading, hint, confidence, evidence, bool(why))


def _found(
    folded: Folded, start: int, end: int, reading: Reading, hint: str, sure: int, evidence: dict[str, str], hidden: bool
) -> Found:
    left, right = folded.span(start, end)
    value = reading.e164
    return Found(
        left,
        right,
        value,
        display=display_form(reading.country_code, reading.national),
        region=region_of(reading.country_code, reading.national, hint),
        confidence=sure,
        obscured=hidden,
        evidence=canonical_json(evidence),
    )


PHONE = Extractor(
    name="phone",
    kind="phone",
    version=1,
    find=find,
    examples=(
        ("Call +44 7700 900123 after six", ("+447700900123",)),
        ("whatsapp me: https://wa.me/447700900123", ("+447700900123",)),
        ("+33 six trois neuf neuf huit douze trente-quatre", ("+33639981234",)),
        ("plus four four seven7zero0 nine00 one2three", ("+447700900123",)),
        ("text ７１３ ５５５ 𝟬𝟭𝟰𝟮 or 713.555.0143", ("7135550142", "7135550143")),
        ("2 rooms, 45 euro, 10 to 18, 2024-01-15, ref 2024170015", ()),
        ("two or three people, four to five hours, seven days", ()),
    ),
)
