"""Links as they are compared: the twin of `url.normal_form` for links in ASCII."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from felinar.extract.native.charsets import codes_of
from felinar.extract.native.page import Page
from felinar.extract.native.table import WordTable, find_word, word_table
from felinar.kernels.compile import kernel

# Parameters that only follow a visitor, as in `url._TRACKING`; there `utm_` begins any name, too.
_TRACKING = ("fbclid", "gclid", "yclid", "igshid", "igsh", "mc_cid", "mc_eid", "ref", "ref_src", "si")
_HASH, _QUESTION, _SLASH, _AND, _EQUALS, _AT, _LOW = (np.int64(ord(c)) for c in "#?/&=@_")
_HTTP, _HXXP, _S, _SLASHES, _WWW, _UTM, _PORT, _SAFE_PORT = (
    codes_of(letters) for letters in ("http", "hxxp", "s", "://", "www.", "utm_", ":80", ":443")
)
_ASCII = 128


@lru_cache(maxsize=1)
def _tracking() -> WordTable:
    return word_table(_TRACKING)


def forms_of(
    page: Page, text: Any, start: Any, end: Any, first: Any, last: Any, same: Any, *, plain: bool = False
) -> tuple[pa.StringArray, NDArray[np.bool_]]:
    """Return the forms of links and whether each could be made; a link that is not ASCII has none.

    Where the text folds character by character (`same`) the form is that of the original first to last, else that of
    the folded start to end.
    """
    content = np.empty(int((end - start).sum() + (last - first).sum()), dtype=np.uint8)
    offsets, fine = np.zeros(len(text) + 1, dtype=np.int32), np.zeros(len(text), dtype=np.bool_)
    shift = page.first[text]
    buffer = np.zeros(8, dtype=np.uint32)
    low, high = np.where(same, shift + first, start), np.where(same, shift + last, end)
    run = write_forms.plain if plain else write_forms
    run(page.original, page.folded, same, low, high, _tracking(), buffer, content, offsets, fine)
    array = pa.StringArray.from_buffers(len(text), pa.py_buffer(offsets), pa.py_buffer(content[: offsets[-1]]))
    return array, fine


@kernel
def write_forms(  # type: ignore[no-untyped-def]
    original, folded, same, start, end, tracking, buffer, content, offsets, fine
) -> None:
    """Write the form of every link and its bounds."""
    n: Any = np.int64(0)
    for i in range(len(start)):
        codes = original if same[i] else folded
        fine[i] = True
        for k in range(start[i], end[i]):
            if codes[k] >= _ASCII:
                fine[i] = False
        if fine[i]:
            n = write_form(codes, start[i], end[i], tracking, buffer, content, n)
        offsets[i + 1] = n


@kernel
def write_form(codes: Any, start: int, end: int, tracking: WordTable, buffer: Any, content: Any, n: int) -> int:
    """Write one form at content[n]; return the place after it."""
    start = after_scheme(codes, start, end)
    stop = place_of(codes, _HASH, start, end)
    query = place_of(codes, _QUESTION, start, stop)
    host_end = place_of(codes, _SLASH, start, query)
    path = host_end
    for k in range(start, host_end):
        if codes[k] == _AT:
            start = k + 1
    if begins(codes, max(start, host_end - len(_PORT)), host_end, _PORT):
        host_end -= len(_PORT)
    if begins(codes, max(start, host_end - len(_SAFE_PORT)), host_end, _SAFE_PORT):
        host_end -= len(_SAFE_PORT)
    first = n
    for k in range(start, host_end):
        content[n] = lower(codes[k])
        n += 1
    for k in range(path, query):
        content[n] = codes[k]
        n += 1
    while n > first and content[n - 1] == _SLASH:
        n -= 1
    joint = _QUESTION
    place = query + 1
    while place < stop:
        after = place_of(codes, _AND, place, stop)
        if after > place and not is_tracking(codes, place, after, tracking, buffer):
            content[n] = joint
            n += 1
            joint = _AND
            for k in range(place, after):
                content[n] = codes[k]
                n += 1
        place = after + 1
    return n


@kernel
def lower(code: int) -> int:
    """Return a character of ASCII in lower case."""
    return code + 32 if code >= 65 and code <= 90 else code


@kernel
def place_of(codes: Any, code: Any, start: int, end: int) -> int:
    """Return where a character stands first, or the end."""
    for k in range(start, end):
        if codes[k] == code:
            return k
    return end


@kernel
def begins(codes: Any, start: int, end: int, letters: Any) -> bool:
    """Say whether these letters, of either case, stand here."""
    if end - start < len(letters):
        return False
    for k in range(len(letters)):  # noqa: SIM110 (a kernel has no generators)
        if lower(codes[start + k]) != letters[k]:
            return False
    return True


@kernel
def after_scheme(codes: Any, start: int, end: int) -> int:
    """Return the place after `https://`, `hxxp://` and `www.`, any of them."""
    if begins(codes, start, end, _HTTP) or begins(codes, start, end, _HXXP):
        k = start + len(_HTTP)
        if begins(codes, k, end, _S):
            k += 1
        if begins(codes, k, end, _SLASHES):
            start = k + len(_SLASHES)
    return start + len(_WWW) if begins(codes, start, end, _WWW) else start


@kernel
def is_tracking(codes: Any, start: int, end: int, tracking: WordTable, buffer: Any) -> bool:
    """Say whether a parameter only follows a visitor."""
    stop = place_of(codes, _EQUALS, start, end)
    if stop == end:
        return False
    if stop - start <= len(buffer):
        for k in range(start, stop):
            buffer[k - start] = lower(codes[k])
        first: Any = np.int64(0)
        if find_word(tracking, buffer, first, stop - start) >= 0:
            return True
    if not begins(codes, start, stop - 1, _UTM):
        return False
    for k in range(start + len(_UTM), stop):
        code = lower(codes[k])
        if not ((code >= 97 and code <= 122) or (code >= 48 and code <= 57) or code == _LOW):
            return False
    return True
