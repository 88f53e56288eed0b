"""All texts of a page scanned for what may be telephone numbers: parts of runs with their hints, links, atoms, digits.

The reading of the parts as numbers follows in `phone_found.py`; `phone.py` puts both together.
"""

# ruff: noqa: SIM102 -- numba compiles these loops, not their short forms

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from felinar.extract import phone_rare
from felinar.extract.native.page import Page, text_of
from felinar.extract.native.pattern import ANYWHERE, search
from felinar.extract.native.phone_around import language_region
from felinar.extract.native.phone_atoms import has_sign
from felinar.extract.native.phone_chunks import chunk_memory, write_chunks
from felinar.extract.native.phone_columns import (
    A_DIGITS,
    A_DIGITS_END,
    ATOM_COLUMNS,
    C_BEGIN,
    C_FIELD,
    C_LANGUAGE,
    C_LINK,
    C_LINK_STOP,
    C_LOCAL,
    C_ORIGINAL,
    C_PLUS,
    C_SECOND,
    C_SPAN,
    C_STOP,
    C_TEXT,
    C_TWICE,
    C_WIDE,
    DECLINED,
    L_TEXT,
    LINK_COLUMNS,
    MOST_LOCAL,
    N_ATOMS,
    N_DIGITS,
    N_PARTS,
    N_PIECES,
    N_RUN_ATOMS,
    P_FIRST,
    P_PIECE,
    P_PIECE_STOP,
    P_STOP,
    PART_COLUMNS,
    R_CHUNKS,
    R_OUT_ATOMS,
    R_OUT_DIGITS,
    R_OUT_PARTS,
    R_OUT_PIECES,
    T_MASKS,
    TEXT_ATOMS,
    TEXT_PARTS,
)
from felinar.extract.native.phone_masks import SIGN_AS_DIGIT
from felinar.extract.native.phone_prefilter import GUESSED, STRONG, enough_weight
from felinar.extract.native.phone_runs import PLUS_SIGN, read_span
from felinar.extract.native.phone_spans import MOST_WEAK, is_bridged, is_wide
from felinar.extract.native.phone_tables import room_for, tables
from felinar.extract.native.readings import FIELDS, About
from felinar.kernels.compile import kernel

FINE, DECLINES, MAY_BE_RARE, UNREAD_LINKS, SIGNED = 0, 1, 2, 4, 16
# What r[DECLINED] says of a text: declined for good, or only because of signs that look like digits.
_FOR_GOOD, _FOR_SIGNS = 1, 2
_URL, _CONTACT = FIELDS.index("url"), FIELDS.index("contact_text")
_FEWEST = 3 * STRONG
_MOST_SPANS = 2000
# Columns of what is known of a text: field, region of its language, its links, whether its second form follows it.
_FIELD, _LANGUAGE, _LINK, _LINK_STOP, _TWICE = range(5)


_NONE = np.zeros(0, dtype=np.int32)


class Scan(NamedTuple):
    """What may be numbers, in the columns of `phone_columns`, the texts that are declined, and those of them that
    `phone_second.py` reads (signs that look like digits); both in rising order.
    """

    atoms: NDArray[np.int64]
    digits: NDArray[np.uint8]
    parts: NDArray[np.int64]
    pieces: NDArray[np.int64]
    links: NDArray[np.int64]
    link_digits: NDArray[np.uint8]
    declined: NDArray[np.int32]
    signed: NDArray[np.int32] = _NONE


def scan_texts(
    page: Page,
    texts: NDArray[np.int32],
    about: About,
    links: tuple[NDArray[np.int64], NDArray[np.uint8]] | None = None,
    *,
    twice: bool = False,
    plain: bool = False,
) -> Scan:
    """Return what may be numbers in these texts, which are in rising order.

    `links` are the rows of links and their digits; without them texts with a link are declined. `twice`: behind each of
    these texts the page has its second form. `plain` runs without numba.
    """
    lengths = page.at[texts + 1] - page.at[texts]
    size, longest = int(lengths.sum()), int(lengths.max(initial=0))
    rows, link_digits = links or (np.zeros((0, LINK_COLUMNS), dtype=np.int64), np.zeros(0, dtype=np.uint8))
    context, state = _context(texts, about, rows, twice), np.zeros(len(texts), dtype=np.uint8)
    known, room, memory = tables(), room_for(longest), chunk_memory()
    run: Any = scan.plain if plain else scan
    while True:
        out = [np.empty((size // n + m, k), dtype=np.int64) for n, m, k in _ROOM]
        digits, sizes = np.empty(size // 6 + 21_000, dtype=np.uint8), np.zeros(4, dtype=np.int64)
        if run(
            page.folded, page.kinds, page.place, page.original, page.original_kinds, page.at, page.first,
            texts, context, rows, known, memory, room, *out, digits, sizes, state,
        ):  # fmt: skip
            break
        size = 2 * size + 65_536
    n, declined = sizes, _declined(page, texts, state, links is None)
    kept = rows[np.isin(rows[:, L_TEXT], texts[(state & DROPS_LINKS) == 0]) & ~np.isin(rows[:, L_TEXT], declined)]
    signed = _signed(page, texts, state)
    return Scan(out[0][: n[0]], digits[: n[3]], out[1][: n[1]], out[2][: n[2]], kept, link_digits, declined, signed)


# Room for atoms, parts and pieces: characters to a row, rows at least, columns.
_ROOM = ((12, TEXT_ATOMS + 8, ATOM_COLUMNS), (64, TEXT_PARTS + 1, PART_COLUMNS), (64, TEXT_PARTS + 1, PART_COLUMNS))
DROPS_LINKS = 8


def _context(texts: NDArray[np.int32], about: About, links: NDArray[np.int64], twice: bool) -> NDArray[np.int64]:
    languages = np.array([language_region(name) for name in about.languages], dtype=np.int64)
    first, stop = (np.searchsorted(links[:, L_TEXT], texts, side=side) for side in ("left", "right"))
    shown = np.full(len(texts), twice)
    return np.stack([about.field[texts].astype(np.int64), languages[about.language[texts]], first, stop, shown], axis=1)


def _declined(page: Page, texts: NDArray[np.int32], state: NDArray[np.uint8], without_links: bool) -> NDArray[np.int32]:
    declined = (state & DECLINES) != 0
    if without_links:
        declined |= (state & UNREAD_LINKS) != 0
    for k in np.flatnonzero((state & MAY_BE_RARE) != 0):
        declined[k] = declined[k] or phone_rare.is_rare(text_of(page, int(texts[k])))
    found: NDArray[np.int32] = texts[declined]
    return found


def _signed(page: Page, texts: NDArray[np.int32], state: NDArray[np.uint8]) -> NDArray[np.int32]:
    signed = (state & SIGNED) != 0
    for k in np.flatnonzero(signed & ((state & MAY_BE_RARE) != 0)):
        signed[k] = not phone_rare.is_rare(text_of(page, int(texts[k])))
    found: NDArray[np.int32] = texts[signed]
    return found


@kernel
def scan(  # type: ignore[no-untyped-def]
    text, kinds, place, original, original_kinds, bounds, originals, texts, context, links, t, memory, r,
    atoms, parts, pieces, digits, sizes, state
) -> Any:  # fmt: skip
    """Scan texts one by one; say whether there was room for everything."""
    sizes[:] = 0
    for k in range(len(texts)):
        number = texts[k]
        begin, stop = bounds[number], bounds[number + 1]
        state[k] = FINE
        if context[k, _FIELD] == _URL:
            if has_mark(text, begin, stop):
                state[k] = UNREAD_LINKS
            continue
        n, total, maybe = write_chunks(t, text, kinds, begin, stop, memory, r)
        if maybe:
            state[k] = MAY_BE_RARE
        if not enough_weight(total):
            state[k] |= DROPS_LINKS
            continue
        if has_mark(text, begin, stop):
            state[k] |= UNREAD_LINKS
        r[C_TEXT], r[C_BEGIN], r[C_STOP], r[C_ORIGINAL] = number, begin, stop, originals[number]
        r[C_FIELD], r[C_LANGUAGE] = context[k, _FIELD] == _CONTACT, context[k, _LANGUAGE]
        r[C_LINK], r[C_LINK_STOP] = context[k, _LINK], context[k, _LINK_STOP]
        r[C_TWICE], r[C_SECOND] = context[k, _TWICE], 0
        r[N_ATOMS], r[N_DIGITS], r[N_PARTS], r[N_PIECES], r[N_RUN_ATOMS], r[DECLINED], r[C_SPAN] = 0, 0, 0, 0, 0, 0, 0
        read_groups(t, text, kinds, place, original, original_kinds, bounds, originals, links, n, r)
        if r[C_SPAN] == 0:
            state[k] |= DROPS_LINKS
        if r[DECLINED]:
            state[k] |= DECLINES | (SIGNED if r[DECLINED] == _FOR_SIGNS else 0)
        elif not write_out(r, atoms, parts, pieces, digits, sizes):
            return False
    return True


@kernel
def write_out(r: Any, atoms: Any, parts: Any, pieces: Any, digits: Any, sizes: Any) -> Any:
    """Write what was found in a text behind what was found before; say whether there was room."""
    first, used = sizes[0], sizes[3]
    if first + r[N_ATOMS] > len(atoms) or sizes[1] + r[N_PARTS] > len(parts):
        return False
    if sizes[2] + r[N_PIECES] > len(pieces) or used + r[N_DIGITS] > len(digits):
        return False
    for k in range(r[N_ATOMS]):
        for column in range(ATOM_COLUMNS):
            atoms[first + k, column] = r[R_OUT_ATOMS + ATOM_COLUMNS * k + column]
        atoms[first + k, A_DIGITS] += used
        atoms[first + k, A_DIGITS_END] += used
    for k in range(r[N_DIGITS]):
        digits[used + k] = r[R_OUT_DIGITS + k]
    write_rows(r, np.int64(R_OUT_PARTS), r[N_PARTS], first, sizes[2], parts, sizes[1])
    write_rows(r, np.int64(R_OUT_PIECES), r[N_PIECES], first, np.int64(0), pieces, sizes[2])
    sizes[0] += r[N_ATOMS]
    sizes[1] += r[N_PARTS]
    sizes[2] += r[N_PIECES]
    sizes[3] += r[N_DIGITS]
    return True


@kernel
def write_rows(r: Any, start: Any, n: Any, atom: Any, piece: Any, rows: Any, at: Any) -> None:
    """Write n rows of parts or pieces; their atoms and pieces count from `atom` and `piece` on."""
    for k in range(n):
        row = rows[at + k]
        for column in range(PART_COLUMNS):
            row[column] = r[start + PART_COLUMNS * k + column]
        row[P_FIRST] += atom
        row[P_STOP] += atom
        row[P_PIECE] += piece
        row[P_PIECE_STOP] += piece


@kernel
def has_mark(text: Any, begin: Any, stop: Any) -> Any:
    """Say whether one of `phone_links.MARKS` may stand here."""
    for k in range(begin + 3, stop):
        code = np.int64(text[k])
        if code == 58:
            if text[k - 1] == 108 and text[k - 2] == 101 and text[k - 3] == 116:
                return True
            if text[k - 1] == 111 and text[k - 2] == 116 and text[k - 3] == 108:
                return True
            if text[k - 1] == 115 and text[k - 2] == 109 and text[k - 3] == 115:
                return True
        elif code == 61:
            if text[k - 1] == 101 and text[k - 2] == 110 and text[k - 3] == 111:
                return True
            if text[k - 1] == 114 and text[k - 2] == 101 and text[k - 3] == 98:
                return True
        elif code == 101 and text[k - 1] == 109 and text[k - 2] == 46:
            if text[k - 3] == 97 or text[k - 3] == 116 or text[k - 3] == 108:
                return True
    return False


@kernel
def read_groups(  # type: ignore[no-untyped-def]
    t, text, kinds, place, original, original_kinds, bounds, originals, links, n, r
) -> None:
    """Read the groups of chunks around those with certain digits, as `_groups`."""
    first: Any = np.int64(-1)
    last: Any = np.int64(-1)
    done: Any = np.int64(0)
    r[C_LOCAL] = 0
    for hit in range(n + 1):
        if hit < n and r[R_CHUNKS + 3 * hit + 2] < STRONG:
            continue
        if first < 0:
            first = last = hit
            continue
        ends = hit == n
        if not ends and hit - last > 1:
            ends = not is_bridged(t, text, kinds, n, last, hit, r)
        if ends:
            if r[C_LOCAL] >= MOST_LOCAL:
                r[DECLINED] = 1
            start, stop = group_of(n, first, last, done, r)
            if start < stop:
                read_group(
                    t, text, kinds, place, original, original_kinds, bounds, originals, links, n, start, stop - 1, r
                )  # fmt: skip
            if r[DECLINED]:
                return
            first, done = hit, last + 1
            r[C_LOCAL] = 0
        last = hit


@kernel
def group_of(n: Any, first: Any, last: Any, done: Any, r: Any) -> Any:
    """Return the chunks (start, stop) of a group with its guessed digits, equal if not enough; as `_group`."""
    total: Any = np.int64(0)
    for k in range(first, last + 1):
        total += r[R_CHUNKS + 3 * k + 2]
    if total < _FEWEST:
        return 0, 0
    start, stop = first, last
    while start > max(done, first - MOST_WEAK) and r[R_CHUNKS + 3 * (start - 1) + 2]:
        start -= 1
        total += r[R_CHUNKS + 3 * start + 2]
    while stop < min(n - 1, last + MOST_WEAK):
        weight = r[R_CHUNKS + 3 * (stop + 1) + 2]
        if weight == 0 or weight >= STRONG:
            break
        stop += 1
        total += weight
    if not enough_weight(total + r[C_LOCAL] * GUESSED):
        return 0, 0
    return start, stop + 1


@kernel
def read_group(  # type: ignore[no-untyped-def]
    t, text, kinds, place, original, original_kinds, bounds, originals, links, n, start, last, r
) -> None:
    """Read the span of these chunks, and its second form where signs look like digits."""
    begin, left, right = r[C_BEGIN], r[R_CHUNKS + 3 * start], r[R_CHUNKS + 3 * last + 1]
    signs = has_signs(t, text, kinds, begin, left, right, r)
    if r[C_SPAN] >= _MOST_SPANS or (signs and not r[C_TWICE]):
        r[DECLINED] = _FOR_SIGNS if signs and r[C_SPAN] < _MOST_SPANS else _FOR_GOOD
        return
    r[C_PLUS] = has_sign(text, PLUS_SIGN, max(begin, left - 3), right)
    r[C_WIDE] = is_wide(t, text, kinds, n, start, last, r)
    parts = r[N_PARTS]
    number = r[C_TEXT]
    for form in range(2 if signs else 1):
        if form:
            r[C_BEGIN], r[C_STOP], r[C_ORIGINAL] = bounds[number + 1], bounds[number + 2], originals[number + 1]
            left, right = left + r[C_BEGIN] - begin, right + r[C_BEGIN] - begin
            r[C_PLUS] = 0
        r[C_SECOND] = form
        read_span(t, text, kinds, place, original, original_kinds, links, left, right, r)
    r[C_SECOND] = 0
    r[C_BEGIN], r[C_STOP], r[C_ORIGINAL] = begin, bounds[number + 1], originals[number]
    if r[C_WIDE] and (signs or r[N_PARTS] == parts):
        r[DECLINED] = _FOR_GOOD
    r[C_SPAN] += 1


@kernel
def has_signs(  # type: ignore[no-untyped-def]
    t, text, kinds, begin, left, right, r
) -> Any:
    """Say whether signs that look like digits stand beside digits, as `phone_signs.has_signs`."""
    for k in range(left, right):
        code = np.int64(text[k])
        if code == 33 or code == 36 or code == 38 or code == 124 or code == 161:
            return search(t, t[T_MASKS], SIGN_AS_DIGIT, text, kinds, begin, left, right, ANYWHERE, r) != -1
    return False
