"""Number words that are written wrong: the twin of `extract/phone_misspelt.py`, over tables of sounds."""

# ruff: noqa: SIM110 -- numba compiles these loops, not their short forms

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from felinar.extract import phone_misspelt
from felinar.extract.native.lexis import find_row, lexis_of
from felinar.extract.native.phone_columns import (
    R_SOUND,
    T_ENTRIES,
    T_LETTERS,
    T_MEMBERS,
    T_PARTS,
    T_SOUNDS,
    T_STEPS,
)
from felinar.extract.native.phone_vocabulary import AS_NUMBERS, ORDER_SHIFT, languages_mask
from felinar.kernels.compile import kernel

_SHORTEST, _LONGEST = phone_misspelt._SHORTEST, phone_misspelt._LONGEST
_AMBIGUOUS = -2
_LANGUAGES = (1 << ORDER_SHIFT) - 1


def sound_tables() -> tuple[NDArray[np.int64], ...]:
    """Return the tables of sounds: their trie, the trie of their parts, entries, members, steps and letters.

    The trie of sounds has (first entry, stop) of each; that of the parts that a near miss leaves (first member, stop).
    Entries are (digit, languages), members (first entry, stop, first letter, stop) of a sound. The steps are the
    replacements (length, letters, sound), behind their number.
    """
    rows = phone_misspelt._by_sound()
    entries: list[tuple[int, int]] = []
    letters: list[int] = []
    known: dict[str, list[int]] = {}
    parts: dict[str, list[str]] = {}
    for sound, found in rows.items():
        known[sound] = [2 * len(entries), 2 * (len(entries) + len(found)), len(letters), len(letters) + len(sound)]
        entries += [(int(digit), languages_mask(spoken, AS_NUMBERS)) for _, digit, spoken in found]
        letters += map(ord, sound)
        if len(sound) >= _SHORTEST:
            for part in dict.fromkeys((sound, *phone_misspelt._shortened(sound))):
                parts.setdefault(part, []).append(sound)
    stops = np.cumsum([0, *(4 * len(names) for names in parts.values())]).tolist()
    bounds = {part: [first, stop] for part, first, stop in zip(parts, stops, stops[1:], strict=False)}
    members = [place for names in parts.values() for name in names for place in known[name]]
    steps = [len(phone_misspelt._SOUNDS)]
    for written, sound in phone_misspelt._SOUNDS:
        steps += [len(written), *[ord(c) for c in (written + "\0\0\0")[:3]], ord(sound) if sound else 0]
    plain = [np.array(row, dtype=np.int64).reshape(-1) for row in (entries, members, steps, letters)]
    return lexis_of(known), lexis_of(bounds), *plain


@kernel
def write_sound(t: Any, text: Any, start: Any, end: Any, r: Any) -> Any:
    """Write how a word of up to twelve letters sounds to R_SOUND; return the length."""
    size = end - start
    steps = t[T_STEPS]
    for k in range(size):
        r[R_SOUND + k] = text[start + k]
    for step in range(steps + 1, steps + 1 + 5 * t[steps], 5):
        width = t[step]
        read = write = 0
        while read < size:
            same = read + width <= size
            for k in range(width):
                same = same and r[R_SOUND + read + k] == t[step + 1 + k]
            if same:
                read += width
                if t[step + 4]:
                    r[R_SOUND + write] = t[step + 4]
                    write += 1
            else:
                r[R_SOUND + write] = r[R_SOUND + read]
                write += 1
                read += 1
        size = write
    write = 0
    for k in range(size):
        if write == 0 or r[R_SOUND + write - 1] != r[R_SOUND + k]:
            r[R_SOUND + write] = r[R_SOUND + k]
            write += 1
    return write


@kernel
def same_rest(  # type: ignore[no-untyped-def]
    a, a_from, a_end, b, b_from, b_end
) -> Any:
    """Say whether a[a_from:a_end] and b[b_from:b_end] are equal; a place beyond the end is the end."""
    a_from, b_from = min(a_from, a_end), min(b_from, b_end)
    if a_end - a_from != b_end - b_from:
        return False
    for k in range(a_end - a_from):
        if a[a_from + k] != b[b_from + k]:
            return False
    return True


@kernel
def are_one_apart(a: Any, begin: Any, end: Any, b: Any, first: Any, last: Any) -> Any:
    """Say whether one letter more, less, changed or swapped makes a[begin:end] and b[first:last] equal."""
    size, other = end - begin, last - first
    if abs(size - other) > 1 or min(size, other) < 2:
        return False
    at = 0
    while at < min(size, other) and a[begin + at] == b[first + at]:
        at += 1
    left, right = begin + at, first + at
    swapped = (
        size == other and size - at > 1 and a[left + 1] == b[right] and a[left] == b[right + 1]
        and same_rest(a, left + 2, end, b, right + 2, last)
    )  # fmt: skip
    return (
        swapped
        or same_rest(a, left + 1, end, b, right + 1, last)
        or same_rest(a, left + 1, end, b, right, last)
        or same_rest(a, left, end, b, right + 1, last)
    )


@kernel
def digit_of(t: Any, first: Any, stop: Any, languages: Any, digit: Any) -> Any:
    """Return the digit of a sound in these languages: the one given where it has none, _AMBIGUOUS for two."""
    entries = t[T_ENTRIES]
    for row in range(entries + first, entries + stop, 2):
        if t[row + 1] & languages and digit != t[row]:
            digit = t[row] if digit == -1 else _AMBIGUOUS
    return digit


@kernel
def misspelt_digit(t: Any, text: Any, start: Any, end: Any, languages: Any, r: Any) -> Any:
    """Return the digit of a misspelt number word of these languages, -1 for none."""
    if end - start < _SHORTEST or end - start > _LONGEST:
        return -1
    languages = languages & _LANGUAGES
    size = write_sound(t, text, start, end, r)
    digit = np.int64(-1)
    known = find_row(t, t[T_SOUNDS], r, np.int64(R_SOUND), R_SOUND + size)
    if known >= 0:
        digit = digit_of(t, t[known], t[known + 1], languages, digit)
    if digit == -1:
        digit = near_digit(t, size, languages, r)
    return digit if digit >= 0 else -1


@kernel
def near_digit(t: Any, size: Any, languages: Any, r: Any) -> Any:
    """Return the digit of the sounds one letter apart from that at R_SOUND, -1 for none, _AMBIGUOUS for two."""
    digit = np.int64(-1)
    scratch = np.int64(R_SOUND + 16)
    letters, members = t[T_LETTERS], t[T_MEMBERS]
    for left_out in range(size, -1, -1):
        n = 0
        for k in range(size):
            if k != left_out:
                r[scratch + n] = r[R_SOUND + k]
                n += 1
        part = find_row(t, t[T_PARTS], r, scratch, scratch + n)
        if part < 0:
            continue
        for member in range(members + t[part], members + t[part + 1], 4):
            first, last = letters + t[member + 2], letters + t[member + 3]
            if are_one_apart(r, np.int64(R_SOUND), R_SOUND + size, t, first, last):
                digit = digit_of(t, t[member], t[member + 1], languages, digit)
    return digit
