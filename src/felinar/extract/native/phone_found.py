"""From the scan of a page to its telephone numbers: windows chosen, then everything that a mention says of them."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from felinar.extract.native.page import Page, original_of
from felinar.extract.native.phone_around import LANGUAGE_REGIONS
from felinar.extract.native.phone_choice import ROW_COLUMNS, W_TEXT, read_parts, stack_room
from felinar.extract.native.phone_columns import (
    A_DIGITS,
    A_DIGITS_END,
    A_PLUS,
    L_TEXT,
    P_FIRST,
    P_PLUS,
    P_STOP,
    P_TEXT,
)
from felinar.extract.native.phone_digits import RANKS, DigitReading, plans, region_codes, region_id
from felinar.extract.native.phone_disguise import ASK, HIDDEN, LINK, WORDS, WRITTEN, meet, unseen_characters
from felinar.extract.native.phone_display import formats
from felinar.extract.native.phone_forms import clearest_windows, move_to_first
from felinar.extract.native.phone_links import read_links, regions_given
from felinar.extract.native.phone_readings import SOURCES
from felinar.extract.native.phone_rows import (
    F_CONFIDENCE,
    F_END,
    F_EVIDENCE,
    F_HOW,
    F_REGION,
    F_START,
    F_TEXT,
    FACTS,
    LANGUAGE_STEP,
    LONGEST_DISPLAY,
    LONGEST_VALUE,
    RANK_STEP,
    SOURCE_STEP,
    write_found,
)
from felinar.extract.native.phone_score import FEWEST, RUN_COLUMNS, W_FIRST, W_READING, room
from felinar.extract.native.phone_vocabulary import language_names, language_orders
from felinar.extract.native.readings import About, Readings
from felinar.extract.phone import MOST_REGIONS
from felinar.extract.phone_disguise import NEAR, disguise
from felinar.ids import canonical_json
from felinar.kernels.compile import Kernel

if TYPE_CHECKING:
    from felinar.extract.native.phone_scan import Scan


def readings_of_scan(page: Page, scan: Scan, about: About, *, plain: bool = False) -> Readings:
    """Return the telephone numbers of the scanned texts."""
    given = regions_given(about)
    linked = np.empty((len(scan.links), len(DigitReading._fields)), dtype=np.int64)
    _form(read_links, plain)(plans(), scan.links, scan.link_digits, given, linked)
    spoken = Spoken(len(given))
    spoken.add(scan.links[:, L_TEXT], linked[:, 0])
    windows = _windows(page, scan, given, spoken, plain)
    move_to_first(page, scan.atoms, scan.parts)
    return _readings(page, scan, given, windows, scan.links, linked, plain)


class Spoken:
    """The regions that each text speaks for: of its links, then of its numbers with a plus; at most MOST_REGIONS."""

    def __init__(self, texts: int) -> None:
        self.regions = np.empty((texts, MOST_REGIONS), dtype=np.int64)
        self.counts = np.zeros(texts, dtype=np.int64)

    def add(self, texts: NDArray[Any], regions: NDArray[Any]) -> None:
        """Add the regions of these texts, each once."""
        for text, region in dict.fromkeys(zip(texts.tolist(), regions.tolist(), strict=True)):
            if self.counts[text] < MOST_REGIONS:
                self.regions[text, self.counts[text]] = region
                self.counts[text] += 1


def _windows(page: Page, scan: Scan, given: NDArray[Any], spoken: Spoken, plain: bool) -> NDArray[Any]:
    """Return the windows that are read."""
    language = np.array([region_id(code) for code in LANGUAGE_REGIONS], dtype=np.int64)
    room_for = most_windows(scan.atoms, scan.parts) + most_windows(scan.atoms, scan.pieces) + 4

    def read(only_plus: bool) -> NDArray[Any]:
        gaps, inferred, windows, sums = room()
        out = np.empty((room_for, ROW_COLUMNS), dtype=np.int64)
        n = _form(read_parts, plain)(
            plans(), page.folded, page.kinds, scan.digits, scan.atoms, scan.parts, scan.pieces, given, spoken.regions,
            spoken.counts, language, only_plus, np.zeros(RUN_COLUMNS, dtype=np.int64), gaps, inferred, windows, sums,
            stack_room(), out,
        )  # fmt: skip
        return clearest_windows(page, scan.atoms, scan.parts, out[:n], plain=plain)

    abroad = (scan.parts[:, P_PLUS] != 0) & (given[scan.parts[:, P_TEXT]] < 0)
    if abroad.any():
        found = read(True)
        found = found[(found[:, W_READING] >= 0) & (scan.atoms[found[:, W_FIRST], A_PLUS] != 0)]
        spoken.add(found[:, W_TEXT], found[:, W_READING])
    return read(False)


def most_windows(atoms: NDArray[Any], runs: NDArray[Any]) -> int:
    """Return how many windows these runs can have at most: one for seven digits."""
    return int(((atoms[runs[:, P_STOP] - 1, A_DIGITS_END] - atoms[runs[:, P_FIRST], A_DIGITS]) // FEWEST).sum())


def _form(kernel: Kernel[Any, Any], plain: bool) -> Any:
    return kernel.plain if plain else kernel


def _readings(
    page: Page, scan: Scan, given: NDArray[Any], windows: NDArray[Any], links: NDArray[Any], linked: NDArray[Any],
    plain: bool,
) -> Readings:  # fmt: skip
    count = len(windows) + len(links)
    facts = np.empty((count, FACTS), dtype=np.int64)
    values, displays = (np.empty(count * size + 64, dtype=np.uint8) for size in (LONGEST_VALUE, LONGEST_DISPLAY))
    value_at, display_at = np.zeros(count + 1, dtype=np.int32), np.zeros(count + 1, dtype=np.int32)
    _form(write_found, plain)(
        page.original, page.original_kinds, page.first, page.last, page.place, plans(), formats().rows, formats().signs,
        language_orders(), scan.atoms, scan.digits, windows, links, linked, scan.link_digits, given,
        unseen_characters(), np.empty((3, LONGEST_DISPLAY), dtype=np.uint8), facts, values, value_at,
        displays, display_at,
    )  # fmt: skip
    _ask(page, facts)
    text, start, end, sure = (facts[:, c].astype(np.int32) for c in (F_TEXT, F_START, F_END, F_CONFIDENCE))
    return Readings(
        text,
        start,
        end,
        sure,
        (facts[:, F_HOW] != 0) & (facts[:, F_HOW] != LINK),
        pa.StringArray.from_buffers(count, pa.py_buffer(value_at), pa.py_buffer(values)),
        pa.StringArray.from_buffers(count, pa.py_buffer(display_at), pa.py_buffer(displays)),
        _region_names().take(pa.array(facts[:, F_REGION] + 1)),
        _evidence(facts),
    )


def _ask(page: Page, facts: NDArray[Any]) -> None:
    """Let Python say whether a character is hidden, where only Python knows."""
    for row in np.flatnonzero(facts[:, F_HOW] & ASK):
        text, start, end = original_of(page, facts[row, F_TEXT]), facts[row, F_START], facts[row, F_END]
        meet(text[start:end])
        hidden = (
            disguise(text[start:end], [], text[max(0, start - NEAR) : end + NEAR]).get("written") == WRITTEN[HIDDEN]
        )
        facts[row, F_HOW] = HIDDEN if hidden else facts[row, F_HOW] - ASK


@lru_cache(maxsize=1)
def _region_names() -> pa.Array:
    return pa.array(["", *region_codes()], pa.string())


def _evidence(facts: NDArray[Any]) -> pa.Array:
    """Return the evidence of each mention as JSON; few different ones occur."""
    kinds, row = np.unique(facts[:, F_HOW] + facts[:, F_EVIDENCE], return_inverse=True)
    return pa.array([_evidence_text(int(kind)) for kind in kinds], pa.string()).take(pa.array(row.reshape(-1)))


@lru_cache(maxsize=4096)
def _evidence_text(kind: int) -> str:
    how = kind % SOURCE_STEP
    if how == LINK:
        return canonical_json({"written": WRITTEN[LINK]})
    rank = kind // RANK_STEP % (LANGUAGE_STEP // RANK_STEP)
    evidence = {
        "rests_on": RANKS[rank] if rank else "length",
        "region_from": SOURCES[kind // SOURCE_STEP % (RANK_STEP // SOURCE_STEP)],
    }
    if how:
        evidence["written"] = WRITTEN[how]
    if how == WORDS:
        language = kind // LANGUAGE_STEP
        evidence["words"] = language_names()[language - 1] if language else ""
    return canonical_json(evidence)
