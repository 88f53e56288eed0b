"""Whether figures are given out as a number to call, or are an amount: the twins of `is_invited` and `is_amount`."""

from __future__ import annotations

from typing import Any

import numpy as np

from felinar.extract import phone_around
from felinar.extract.native.characters import LETTER
from felinar.extract.native.charsets import codes_of, is_one_of
from felinar.extract.native.phone_around import CUE, NUMBER, UNIT, bits_of
from felinar.kernels.compile import kernel

_REACH, _GAP, _LINK = phone_around._REACH, phone_around._GAP, phone_around._LINK
_SHORT, _ABBREVIATED, _NEAREST = phone_around._SHORT, phone_around._ABBREVIATED, phone_around._NEAREST
_CALL_SIGNS = codes_of(phone_around.CALL_SIGNS)


@kernel
def is_call_sign(code: Any) -> Any:
    """Say whether a sign stands for a telephone."""
    return is_one_of(code, _CALL_SIGNS)


@kernel
def is_invited(t: Any, text: Any, kinds: Any, begin: Any, start: Any) -> Any:
    """Say whether the last word before these figures, or one before short ones, invites to call or write."""
    for k in range(max(begin, start - _GAP), start):
        if is_call_sign(np.int64(text[k])):
            return True
    left, after = max(begin, start - _REACH), start
    for _ in range(_NEAREST):
        first, end = word_before(kinds, left, after)
        if first == end or after - end > (_GAP if after == start else _LINK):
            return False
        if invites(t, text, first, end):
            return True
        if end - first > _SHORT:
            return False
        after = first
    return False


@kernel
def word_before(kinds: Any, left: Any, at: Any) -> Any:
    """Return where the last word before a place begins and ends, the same place twice for none."""
    while at > left and not kinds[at - 1] & LETTER:
        at -= 1
    end = at
    while at > left and kinds[at - 1] & LETTER:
        at -= 1
    return at, end


@kernel
def invites(t: Any, text: Any, start: Any, end: Any) -> Any:
    """Say whether a word invites to call; `no` and `nr` alone may number anything."""
    bits = bits_of(t, text, start, end)
    return (bits & CUE) != 0 and not (end - start <= _ABBREVIATED and (bits & NUMBER) != 0)


@kernel
def is_amount(t: Any, text: Any, kinds: Any, at: Any, stop: Any) -> Any:
    """Say whether figures that end here are followed by a currency, a unit or a colon."""
    for _ in range(2):
        if at < stop and text[at] == 32:
            at += 1
    if at == stop:
        return False
    if bars_behind(text[at]):
        return True
    end = at
    while end < stop and kinds[end] & LETTER:
        end += 1
    return end > at and (bits_of(t, text, at, end) & UNIT) != 0


@kernel
def bars_behind(code: Any) -> Any:
    """Say whether a character behind figures says that they are no number: `€$£₹₽%:`."""
    return (
        code == 0x20AC or code == 36 or code == 0xA3 or code == 0x20B9 or code == 0x20BD or code == 37 or code == 58
    )  # fmt: skip
