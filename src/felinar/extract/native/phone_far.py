"""Addresses of mail and of pages and masked tokens around a run: the twin of `_LONG` in `phone_masks.py`."""

# ruff: noqa: SIM109, SIM300 -- numba compiles these loops, not their short forms

from __future__ import annotations

from typing import Any

import numpy as np

from felinar.extract.native.characters import ALNUM, SPACE
from felinar.extract.native.phone_columns import MOST_HIDDEN, R_HIDDEN
from felinar.kernels.compile import kernel

_LONGEST_NAME, _LONGEST_LABEL, _MOST_LABELS, _LONGEST_PAGE = 64, 63, 5, 400
_AT, _HASH, _COLON, _SLASH, _DOT, _LINE, _DASH, _W = map(ord, "@#:/._-w")


@kernel
def hide_far(text: Any, kinds: Any, left: Any, right: Any, start: Any, end: Any, n: Any, r: Any) -> Any:
    """Add what `_LONG` finds and touches start to end to the n stretches at R_HIDDEN; return how many these are then.

    Of one sort no two overlap: the first one counts.
    """
    mail: Any = np.int64(left)  # behind the last one
    page: Any = np.int64(left)
    token: Any = np.int64(left)
    for k in range(left, right):
        code = np.int64(text[k])
        if code != _AT and code != _HASH and code != _COLON and code != _W:
            continue
        first: Any = np.int64(k)
        stop: Any = np.int64(-1)
        if code == _AT:
            if k >= mail:
                first = begin_of_name(text, kinds, mail, k)
                stop = np.int64(end_of_mail(text, kinds, first, k, right))
                mail = max(mail, stop)
        elif code == _HASH:
            if k >= token:
                stop = np.int64(end_of_token(text, k, right))
                token = max(token, stop)
        elif k >= page:
            first = np.int64(begin_of_page(text, page, k, right))
            if first >= 0:
                stop = np.int64(end_of_page(text, kinds, k, right))
                page = max(page, stop)
        if stop > start and first < end and n < MOST_HIDDEN:
            r[R_HIDDEN + 2 * n], r[R_HIDDEN + 2 * n + 1] = first, stop
            n += 1
    return n


@kernel
def begin_of_name(text: Any, kinds: Any, least: Any, at: Any) -> Any:
    r"""Return where the characters `[\w.+-]` begin that stand before this place."""
    first = np.int64(at)
    while first > least and at - first < _LONGEST_NAME:
        code = text[first - 1]
        if not (is_of_label(code, kinds[first - 1]) or code == 46 or code == 43):
            break
        first -= 1
    return first


@kernel
def is_of_label(code: Any, kind: Any) -> Any:
    r"""Say whether a character is one of `[\w-]`."""
    return (kind & ALNUM) != 0 or code == _LINE or code == _DASH


@kernel
def is_small(code: Any) -> Any:
    """Say whether a character is one of `[a-z]`."""
    return 97 <= code and code <= 122


@kernel
def end_of_mail(text: Any, kinds: Any, first: Any, at: Any, right: Any) -> Any:
    """Return where an address of mail ends whose `@` stands here, -1 where there is none."""
    found = -1
    label = at + 1
    for _ in range(_MOST_LABELS):
        stop = label
        while stop < right and is_of_label(text[stop], kinds[stop]):
            stop += 1
        if first == at or stop == label or stop - label > _LONGEST_LABEL or stop == right or text[stop] != _DOT:
            break
        label = stop + 1
        stop = label
        while stop < right and is_small(text[stop]):
            stop += 1
        if stop - label >= 2:
            found = stop
    return found


@kernel
def end_of_token(text: Any, at: Any, right: Any) -> Any:
    """Return where a masked token ends that begins here, -1 where there is none."""
    stop = at + 1
    while stop < right and is_small(text[stop]):
        stop += 1
    if stop == at + 1 or stop == right or text[stop] != _LINE:
        return -1
    inner = stop + 1
    stop = inner
    while stop < right and (is_small(text[stop]) or (48 <= text[stop] and text[stop] <= 57)):
        stop += 1
    if stop == inner:
        return -1
    return stop + 1 if stop < right and text[stop] == _HASH else stop


@kernel
def begin_of_page(text: Any, least: Any, at: Any, right: Any) -> Any:
    """Return where `http://`, `https://` or `www.` begins whose colon or first letter stands here, -1 for none."""
    if text[at] == _W:
        www = at + 4 <= right and text[at + 1] == _W and text[at + 2] == _W and text[at + 3] == _DOT
        return at if www else -1
    if at + 3 > right or text[at + 1] != _SLASH or text[at + 2] != _SLASH:
        return -1
    p = at - 1
    if p >= least and text[p] == 115:
        p -= 1
    if p - 3 >= least and text[p] == 112 and text[p - 1] == 116 and text[p - 2] == 116 and text[p - 3] == 104:
        return p - 3
    return -1


@kernel
def end_of_page(text: Any, kinds: Any, at: Any, right: Any) -> Any:
    """Return where the address of a page ends whose colon or first letter stands here, -1 if nothing follows."""
    begin = at + (4 if text[at] == _W else 3)
    stop = begin
    while stop < right and stop - begin < _LONGEST_PAGE and not kinds[stop] & SPACE:
        stop += 1
    return stop if stop > begin else -1
