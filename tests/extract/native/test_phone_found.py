"""What is chosen and said of a scan is what the plain reader says; the scan here is made by the plain reader itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from felinar.extract import phone
from felinar.extract import phone_lines as lines
from felinar.extract.contract import Context, Found
from felinar.extract.native.page import Page, page_of_texts
from felinar.extract.native.phone_around import LANGUAGE_REGIONS
from felinar.extract.native.phone_found import readings_of_scan
from felinar.extract.native.phone_scan import Scan
from felinar.extract.native.phone_vocabulary import language_names, language_orders
from felinar.extract.native.readings import about_of
from felinar.extract.phone_around import Around
from felinar.extract.phone_atoms import DIGITS, GUESS, WORD, Run
from felinar.extract.phone_links import links
from felinar.extract.phone_masks import masked, units
from felinar.extract.phone_plans import plan_of
from felinar.extract.phone_rare import is_rare
from felinar.extract.phone_readings import Budget, Prior
from felinar.extract.phone_runs import runs_in
from felinar.extract.phone_signs import has_signs
from felinar.extract.phone_spans import Span, spans
from felinar.kernels.fold import Folded, fold

_KINDS = {DIGITS: 0, WORD: 1, GUESS: 2}


class _Builder:
    """Collects the rows of a scan."""

    def __init__(self, page: Page) -> None:
        self._at = page.at
        self.atoms: list[list[int]] = []
        self.digits: list[int] = []
        self.parts: list[list[int]] = []
        self.pieces: list[list[int]] = []
        self.links: list[list[int]] = []
        self.link_digits: list[int] = []
        self.declined: list[int] = []

    def add_text(self, number: int, original: str, context: Context) -> None:
        """Add the runs of one text, or decline it."""
        folded = fold(original)
        region = context.country.upper() if plan_of(context.country.upper()) else ""
        stretches = list(spans(folded.text)) if context.field != "url" else []
        rare = context.field != "url" and is_rare(folded.text)
        if rare or any(has_signs(folded.text, span) for span in stretches):
            self.declined.append(number)
            return
        found = links(folded.text, region) if stretches or context.field == "url" else ()
        taken = [self._link(number, folded.text, start, end) for start, end, _ in found]
        prior = Prior(region, (), context.language, context.field == "contact_text", Budget(3000, 30000))
        for n, span in enumerate(stretches):
            self._add_span(number, n, folded, span, taken, prior)

    def _link(self, number: int, text: str, start: int, end: int) -> tuple[int, int]:
        digits = [int(c) for c in text[start:end].replace("%20", "") if c.isdigit()]
        first, at = int(self._at[number]), len(self.link_digits)
        self.links.append([number, first + start, first + end, at, at + len(digits)])
        self.link_digits += digits
        return start, end

    def _add_span(
        self, number: int, n: int, folded: Folded, span: Span, taken: list[tuple[int, int]], prior: Prior
    ) -> None:
        text = folded.text
        plus = text.find("+", max(0, span.start - 3), span.end) >= 0
        forms = [span, span.wide] if span.wide else [span]
        for wide, run in [(form is not span, run) for form in forms for run in runs_in(folded, form)]:
            start, end = run.atoms[0].start, run.atoms[-1].end
            hidden = masked(text, start, end) + [(a, b) for a, b in taken if a < end and b > start]
            around = Around(text, start, end)
            if (until := around.labelled(lines._after_numero(folded, start))) > start:
                hidden.append((start, until))
            for part in lines._without(run, hidden) if hidden else (run,):
                near = around if part is run else Around(text, part.atoms[0].start, part.atoms[-1].end)
                self._add_part(number, (n, plus, wide), folded, part, near, prior)

    def _add_part(
        self, number: int, span: tuple[int, bool, bool], folded: Folded, run: Run, near: Around, prior: Prior
    ) -> None:
        regions = lines._languages(run, prior)
        region = LANGUAGE_REGIONS.index(regions[0][0]) if regions else -1
        hints = [int(near.cue) + 2 * int(prior.field), lines._odd(folded, run), near.ordered, region]
        last = run.atoms[-1]
        found = len(run.atoms) > 1 and last.kind == DIGITS and len(last.digits) <= 6 and last.gap.isspace()
        amounts = units(folded.text, last.start, last.end) if found else []
        amount = bool(amounts) and amounts[0][0] == last.start
        hidden = units(folded.text, run.atoms[0].start, last.end)
        first = len(self.pieces)
        row = self._run(number, folded.text, run, hints, span)
        if hidden:
            self.pieces += [
                [*self._run(number, folded.text, p, hints, span), 0, 0, 0, 0, 0, 0, 0]
                for p in lines._without(run, hidden)
            ]
        self.parts.append([*row, int(bool(hidden)), first, len(self.pieces), 0, int(amount), 0, 0])

    def _run(self, number: int, text: str, run: Run, hints: list[Any], span: tuple[int, bool, bool]) -> list[int]:
        first = len(self.atoms)
        for atom in run.atoms:
            at = int(self._at[number])
            begin = len(self.digits)
            self.digits += map(int, atom.digits)
            size, kind = (len(atom.word.digits), atom.word.kind) if atom.word else (0, -1)
            place = [at + atom.start, at + atom.end, _KINDS[atom.kind], begin, len(self.digits), int(atom.plus), kind]
            gap = _folded_gap(at, text, atom.end, atom.gap)
            self.atoms.append([*place, _mask_of(atom.word.languages if atom.word else ()), *gap, size])
        return [number, first, len(self.atoms), *map(int, run.letters), *map(int, hints), *map(int, span)]

    def scan(self) -> Scan:
        """Return what was collected."""

        def matrix(rows: list[list[int]], columns: int) -> Any:
            return np.array(rows, dtype=np.int64).reshape(-1, columns)

        return Scan(
            matrix(self.atoms, 11), np.array(self.digits, dtype=np.uint8), matrix(self.parts, 19),
            matrix(self.pieces, 19), matrix(self.links, 5), np.array(self.link_digits, dtype=np.uint8),
            np.array(self.declined, dtype=np.int32),
        )  # fmt: skip


def _folded_gap(at: int, text: str, end: int, gap: str) -> list[int]:
    """Return places where what stands before an atom is written (an atom that was joined has moved away from it)."""
    place = at + text.rfind(gap, 0, end)
    return [place, place + len(gap)]


def _mask_of(languages: tuple[str, ...]) -> int:
    """Return the languages of a word as bits, with the order that they stand in."""
    mask = sum(1 << language_names().index(k) for k in languages)
    for row, order in enumerate(language_orders()):
        if [k for k in order if k >= 0 and mask >> int(k) & 1] == [language_names().index(k) for k in languages]:
            return mask | row << 60
    raise AssertionError(languages)


def _plain_scan(page: Page, texts: Sequence[str], contexts: Sequence[Context]) -> Scan:
    """Return the scan of these texts, which are those of the page."""
    builder = _Builder(page)
    for number, (text, context) in enumerate(zip(texts, contexts, strict=True)):
        builder.add_text(number, text, context)
    return builder.scan()


EXAMPLES = (
    *(text for text, _ in phone.PHONE.examples),
    "call 07700 900123 or 07700 900456, 60 min 150 euro 07700 900789 14 euro",
    "512 739 316 512 389 745 and 06 39 98 12 34 06 39 98 12 35",
    "+33 6 39 98 12 34 et 06 39 98 12 35, https://wa.me/447700900123",
    "0\u200b7\u200b7\u200b0\u200b0 900123, 0\ufe0f\u20e37700900124, ०७७०० ९००१२३, (077) (00) 900123, 077–00–900123",
    "zero siedem siedem zero zero nine hundred, 0 7 7 0 0 9 0 0 1 2 3 a 30, zéro. six. trois. neuf. 98. 12. un. deux",
    "o77oo 9oo i23, 07700 poi 900 poi 123, 07700*900*123, 700 800 900 1000, 1234567890, 5 7 12 24 36 48",
    "12 07700 900123 0700 900 1234 5678 90 12 34 56 78 07 77 00 90 01 23 44 55 66 77 88 99 00 11 22 33",
)
COUNTRIES = ("", "GB", "US", "FR", "PL", "ro", "XX")


def compare(texts: list[str], contexts: list[Context], plain: bool) -> int:
    """Compare the mentions of these texts; return how many there are."""
    page = page_of_texts(texts, plain=True)
    scan = _plain_scan(page, texts, contexts)
    found = readings_of_scan(page, scan, about_of(contexts), plain=plain)
    skipped = set(scan.declined.tolist())
    numbers = zip(*(column.tolist() for column in found[:5]), strict=True)
    strings = zip(*(column.to_pylist() for column in found[5:]), strict=True)
    got = [
        (text, Found(start, end, words[0], words[1], words[2], sure, hidden, words[3]))
        for (text, start, end, sure, hidden), words in zip(numbers, strings, strict=True)
        if text not in skipped  # the assembly drops what was read of a text that is declined
    ]
    rows = [
        (i, text, context) for i, (text, context) in enumerate(zip(texts, contexts, strict=True)) if i not in skipped
    ]
    assert got == [(i, found) for i, text, context in rows for found in phone.find(fold(text), context)]
    return len(got)


@pytest.mark.parametrize("plain", [True, False])
def test_the_mentions_of_examples_are_the_plain_ones(plain: bool) -> None:
    countries = COUNTRIES[:3] if plain else COUNTRIES
    texts = [text for text in EXAMPLES for _ in countries]
    assert compare(texts, [Context("body", country) for _ in EXAMPLES for country in countries], plain) > 40


@pytest.mark.parametrize("field", ["title", "contact_text", "url"])
def test_the_field_counts_as_in_the_plain_reader(field: str) -> None:
    assert compare(list(EXAMPLES), [Context(field, "GB", "", "en")] * len(EXAMPLES), False) > 0


def test_no_texts_have_no_mentions() -> None:
    assert compare([], [], False) == 0


_PIECES = (
    "07700 900123", "+33 6 39 98 12 34", "713-555-0142", "0171 39 200 12", "7700", "900", "123", "0", "7",
    "seven", "nine", "zero", "double", "tres", "cinq", "o", "i", "poi", "+", "wa.me/447700900123", "150 euro",
    "60 min", "a", "call", "order", "Ana", "٧٧٠٠", "７７", "0\u200b7", "0\ufe0f\u20e3", "und", "ref", "12:30",
    "512 739 316", "44", "1 2 3 4 5 6",
)  # fmt: skip
PIECES = st.sampled_from(_PIECES)
SEPARATORS = st.sampled_from((" ", " ", " ", "", "-", ".", ", ", "\n", ". ", "*", "–", "\u2009", " (", ") "))
TEXTS = st.lists(st.tuples(PIECES, SEPARATORS).map("".join), max_size=14).map("".join)
CONTEXTS = st.builds(
    Context, st.sampled_from(("title", "body", "contact_text", "url")), st.sampled_from(COUNTRIES), st.just(""),
    st.sampled_from(("", "en", "ro", "it")),
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(TEXTS, CONTEXTS), max_size=20))
def test_the_mentions_of_random_texts_are_the_plain_ones(rows: list[tuple[str, Context]]) -> None:
    compare([text for text, _ in rows], [context for _, context in rows], False)
