"""The loop that reads plain e-mail addresses outwards from their sign, and says where one may not be plain."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from felinar.extract.native.characters import SPACE, WORD_LETTER
from felinar.extract.native.charsets import codes_of, is_one_of
from felinar.extract.native.table import WordTable, find_word
from felinar.kernels.compile import kernel

_DOT, _DASH, _LOW, _COMMA, _AT = map(ord, ".-_,@")
_ALWAYS, _LISTS, _SPACED, _FRAMES = codes_of("&_"), codes_of(",;"), codes_of("._"), codes_of("-_")
_BRACKETED, _IN_LOCAL, _OPEN, _CLOSED = codes_of(".,_-"), codes_of("._+%-"), codes_of("([{<"), codes_of(")]}>")
_NEAR, _LONGEST, _ASCII = 96, 64, 128  # characters walked at most, of a local part; the first that is no ASCII


class Words(NamedTuple):
    """First and last words of what may be spoken for a joint, all of them, and endings of files."""

    first: WordTable
    last: WordTable
    spoken: WordTable
    files: WordTable


@kernel
def is_label(code: int) -> bool:
    """Say whether a character belongs to a label."""
    return (code >= 97 and code <= 122) or (code >= 48 and code <= 57)


@kernel
def label_end(folded: Any, k: int, hi: int) -> int:
    """Return where the label that begins here ends."""
    while k < hi and is_label(folded[k]):
        k += 1
    return k


@kernel
def label_start(folded: Any, k: int, low: int) -> int:
    """Return where the label that ends here begins."""
    while k > low and is_label(folded[k - 1]):
        k -= 1
    return k


@kernel
def word_ends(folded: Any, kinds: Any, k: int, hi: int) -> int:
    """Return where the letters that begin here end."""
    while k < hi and (kinds[k] & WORD_LETTER or folded[k] >= _ASCII):
        k += 1
    return k


@kernel
def word_begins(folded: Any, kinds: Any, k: int, low: int) -> int:
    """Return where the letters that end here begin."""
    while k > low and (kinds[k - 1] & WORD_LETTER or folded[k - 1] >= _ASCII):
        k -= 1
    return k


@kernel
def joined_after(folded: Any, kinds: Any, k: int, hi: int, with_dot: bool, words: Words) -> Any:
    """Say whether a domain that ends here may go on in a way that is not plain."""
    if k >= hi:
        return False
    code = folded[k]
    if is_one_of(code, _ALWAYS) or (code == _COMMA and not with_dot):
        return True
    if kinds[k] & SPACE:
        k += 1
        if k >= hi:
            return False
        if folded[k] == _DOT or folded[k] == _LOW:
            return True
        if not is_one_of(folded[k], _OPEN):
            return find_word(words.first, folded, k, word_ends(folded, kinds, k, hi)) >= 0
    if not is_one_of(folded[k], _OPEN):
        return False
    k += 1
    if k < hi and kinds[k] & SPACE:
        k += 1
    if k >= hi:
        return False
    code = folded[k]
    if is_one_of(code, _BRACKETED):
        return True
    return find_word(words.first, folded, k, word_ends(folded, kinds, k, hi)) >= 0


@kernel
def joined_before(folded: Any, kinds: Any, k: int, low: int, words: Words) -> Any:
    """Say whether a local part that begins here may begin earlier, in a way that is not plain."""
    if k <= low:
        return False
    code = folded[k - 1]
    if is_one_of(code, _CLOSED) or is_one_of(code, _LISTS) or code >= _ASCII:
        return True
    if (kinds[k - 1] & SPACE) == 0 or k - 1 <= low:
        return False
    code = folded[k - 2]
    if is_one_of(code, _CLOSED):
        return True
    if is_one_of(code, _SPACED):
        return k - 2 <= low or (kinds[k - 3] & SPACE) != 0
    return find_word(words.last, folded, word_begins(folded, kinds, k - 1, low), k - 1) >= 0


@kernel
def domain_end(folded: Any, kinds: Any, at: int, hi: int, words: Words) -> int:
    """Return where the plain domain after the sign ends; the sign's place for none, -1 where it may not be plain."""
    k = at + 1
    if k >= hi or not is_label(folded[k]):
        return -1
    with_dot: Any = np.bool_(False)
    start = k
    while True:
        start = k
        k = label_end(folded, k, hi)
        if k - at > _NEAR:
            return -1
        goes_on = k + 1 < hi and is_label(folded[k + 1])
        if not goes_on or (folded[k] != _DOT and folded[k] != _DASH):
            break
        if folded[k] == _DASH:
            after = label_end(folded, k + 1, hi)
            if after < hi and folded[after] == _DASH and find_word(words.spoken, folded, k + 1, after) >= 0:
                return -1
        with_dot = with_dot or folded[k] == _DOT
        k += 1
    single = k - start == 1 and k < hi and (kinds[k] & SPACE) != 0
    if single or joined_after(folded, kinds, k, hi, with_dot, words):
        return -1
    return k if with_dot and is_ending(folded, at, k, words) else at


@kernel
def is_ending(folded: Any, at: int, end: int, words: Words) -> Any:
    """Say whether a domain ends as one may: 2 to 24 letters after its last dot, which name no kind of file."""
    start = end
    while start > at + 1 and folded[start - 1] != _DOT:
        start -= 1
        if folded[start] < 97 or folded[start] > 122:
            return False
    return end - start >= 2 and end - start <= 24 and find_word(words.files, folded, start, end) < 0


@kernel
def local_start(folded: Any, kinds: Any, at: int, low: int, words: Words) -> int:
    """Return where the plain local part before the sign begins; the sign's place for none, -1 where it may be odd."""
    if at <= low:
        return at
    if not is_label(folded[at - 1]):
        return -1 if kinds[at - 1] & SPACE or folded[at - 1] >= _ASCII else at
    k = at
    while True:
        end = k
        k = label_start(folded, k, low)
        if at - k > _NEAR:
            return -1
        framed = k > low and end < at and folded[end] == folded[k - 1] and is_one_of(folded[end], _FRAMES)
        if framed and find_word(words.spoken, folded, k, end) >= 0:
            return -1
        if k <= low or not is_one_of(folded[k - 1], _IN_LOCAL):
            break
        if k - 1 <= low:
            return k
        if not is_label(folded[k - 2]):
            return -1 if folded[k - 2] >= _ASCII or kinds[k - 2] & SPACE or is_one_of(folded[k - 2], _CLOSED) else k
        k -= 1
    single = end - k == 1 and k > low and (kinds[k - 1] & SPACE) != 0
    return -1 if single or joined_before(folded, kinds, k, low, words) else k


@kernel
def write_plain(  # type: ignore[no-untyped-def]
    folded, kinds, lo, hi, place, group, text, plain_sign, words, declined, rows
) -> int:
    """Write (text, start, end, group) of plain addresses, and mark the groups that may hold others; return how many.

    `place` are signs after which a domain may stand, in their order, in text[lo:hi].
    """
    n = 0
    done: Any = np.int64(0)
    for i in range(len(place)):
        done = max(done, lo[i])
        if place[i] < done or declined[group[i]]:
            continue
        if not plain_sign[i]:
            declined[group[i]] = True
            continue
        end = domain_end(folded, kinds, place[i], hi[i], words)
        start = local_start(folded, kinds, place[i], done, words) if end > place[i] else end
        if end < 0 or start < 0:
            declined[group[i]] = True
            continue
        if end == place[i] or start == place[i] or place[i] - start > _LONGEST:
            continue
        rows[n, 0] = text[i]
        rows[n, 1] = start
        rows[n, 2] = end
        rows[n, 3] = group[i]
        n += 1
        done = end
    return n


@kernel
def mark_odd(original: Any, first: Any, place: Any, rows: Any, n: int, declined: Any) -> None:
    """Mark the groups in which an address is not ASCII in the original."""
    for row in range(n):
        shift = first[rows[row, 0]]
        for k in range(shift + place[rows[row, 1]], shift + place[rows[row, 2] - 1] + 1):
            if original[k] >= _ASCII:
                declined[rows[row, 3]] = True


@kernel
def mark_lookalikes(folded: Any, lo: Any, hi: Any, at: Any, group: Any, looks: Any, declined: Any) -> None:
    """Mark the groups in which a letter that looks Latin stands in one stretch without blanks with a sign."""
    for i in range(len(at)):
        for step in (-1, 1):
            k = at[i]
            while k >= lo[i] and k < hi[i] and folded[k] > 32 and (folded[k] != _AT or k == at[i]):
                if folded[k] < len(looks) and looks[folded[k]]:
                    declined[group[i]] = True
                    break
                k += step


@kernel
def mark_single(folded: Any, kinds: Any, at: Any, texts: Any, looks: Any, single: Any) -> None:
    """Mark the texts in which a letter that looks Latin stands by itself before a letter, a figure or a sign."""
    for text in texts:
        for k in range(at[text], at[text + 1] - 2):
            code = folded[k]
            if code < _ASCII or code >= len(looks) or not looks[code] or (kinds[k + 1] & SPACE) == 0:
                continue
            alone = k == at[text] or (kinds[k - 1] & SPACE) != 0
            if alone and (is_label(folded[k + 2]) or folded[k + 2] == _AT):
                single[text] = True
                break
