"""What must hold for every text, and how bytes of a fuzzer become one."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # a target imports the readers itself, traced
    from felinar.extract.contract import Context, Found
    from felinar.kernels.fold import Folded

COUNTRIES = ("", "GB", "US", "FR", "DE", "ES", "IT", "PT", "RO", "RU", "IN", "AU", "SE", "IE", "BR", "UA")
LANGUAGES = ("", "en", "ro", "es", "ru", "hi", "pt", "fr", "de", "it")
# Seconds of processor time that an input may take under the fuzzer's tracing: a fixed part and one per character.
FIXED, PER_CHARACTER = 0.3, 0.000_4


class Broken(AssertionError):
    """A promise that did not hold."""


def case_of(data: bytes, field: str = "body") -> tuple[str, Context]:
    """Return text and context; the first two bytes choose country and language, the rest is UTF-8."""
    from felinar.extract.contract import Context

    first, second = (*data[:2], 0, 0)[:2]
    country, language = COUNTRIES[first % len(COUNTRIES)], LANGUAGES[second % len(LANGUAGES)]
    return data[2:].decode("utf-8", "replace"), Context(field, country, "", language)


def check_spans(text: Folded, found: Iterable[Found]) -> list[Found]:
    """Return what was found; every span must lie in the original and hold at least one character."""
    kept = list(found)
    for item in kept:
        if item.start is None or item.end is None:
            if (item.start, item.end) != (None, None):
                raise Broken(f"half a span: {item}")
        elif not 0 <= item.start < item.end <= len(text.original):
            raise Broken(f"span outside of the text of {len(text.original)} characters: {item}")
        if not item.value or not 0 <= item.confidence <= 100:
            raise Broken(f"no value, or no confidence: {item}")
    return kept


def in_time(work: Callable[[], object], characters: int) -> None:
    """Do the work; it must take no more than its share of time, in the best of three runs."""
    allowed = FIXED + PER_CHARACTER * characters
    if min_seconds(work, 1) > allowed and (best := min_seconds(work, 2)) > allowed:
        raise Broken(f"{best:.2f} s for {characters} characters, {allowed:.2f} s are allowed")


def min_seconds(work: Callable[[], object], times: int) -> float:
    """Return the shortest processor time of some runs."""
    seconds = []
    for _ in range(times):
        began = time.process_time()
        work()
        seconds.append(time.process_time() - began)
    return min(seconds)
