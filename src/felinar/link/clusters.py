"""Near-duplicate groups and templates of plain texts, outside any workspace: what `felinar templates` prints."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pyarrow.compute as pc

from felinar.link.fitting import corpus_of, fit
from felinar.link.grouping import group_texts
from felinar.link.line_merges import Fragment, merged
from felinar.link.lines import group_lines, is_short, words_of_line


class Row(NamedTuple):
    """One row of the answer; `cluster_id` is the smallest row of the group, None for a text that stands alone."""

    row: int
    cluster_id: int | None
    template: str


def clusters(texts: Sequence[str]) -> list[Row]:
    """Return one row per text, in order: short lines by pattern, all others by their shingles."""
    answer = [Row(row, None, "") for row in range(len(texts))]
    lines = group_lines([(row, text) for row, text in enumerate(texts) if is_short(text)])
    grouped = groups_of(texts, [Fragment(group.rows, tuple(group.pattern), group.variety) for group in lines])
    for group in grouped:
        if len(group) == 1 and len(group[0].rows) > 1:
            settle(answer, group[0].rows, " ".join(group[0].pattern))
    several = [group for group in grouped if len(group) > 1]
    for group, template in zip(several, templates_of(texts, several), strict=True):
        settle(answer, sorted(row for part in group for row in part.rows), template)
    return answer


def groups_of(texts: Sequence[str], lines: Sequence[Fragment]) -> list[list[Fragment]]:
    """Return the groups that line groups and longer texts make among each other; each begins with its centre."""
    short = {row for fragment in lines for row in fragment.rows}
    longer = [row for row, text in enumerate(texts) if row not in short and text.strip()]
    firsts = [fragment.rows[0] for fragment in lines] + longer
    found = group_texts([readable(texts[row]) for row in firsts])
    groups: dict[int, list[int]] = defaultdict(list)
    for place, group in enumerate(found.group.tolist()):
        groups[group if group >= 0 else -1 - place].append(place)
    answer: list[list[Fragment]] = []
    for places in groups.values():
        if places[0] >= len(lines):  # long texts alone, for lines stand first; their shingles have said enough
            centre = int(found.medoid[places[0]])
            answer.append([Fragment([firsts[place]], (), 1) for place in sorted(places, key=lambda p: p != centre)])
        else:
            parts = [lines[place] for place in places if place < len(lines)]
            rows = [firsts[place] for place in places if place >= len(lines)]
            answer += merged(parts + [Fragment([row], words_of_line(texts[row]), 1) for row in rows])
    return answer


def templates_of(texts: Sequence[str], groups: Sequence[list[Fragment]]) -> list[str]:
    """Return the common text of each group, from an alignment to its centre."""
    rows = [row for group in groups for part in group for row in part.rows]
    bounds = np.cumsum([0, *(sum(len(part.rows) for part in group) for group in groups)], dtype=np.int64)
    corpus = corpus_of([readable(texts[row]) for row in rows])
    fits = fit(corpus, np.arange(len(rows)), bounds, bounds[:-1])
    return pc.binary_join(corpus.template_words(fits), " ").to_pylist()  # type: ignore[no-any-return]


def readable(text: str) -> str:
    """Return the text with a question mark for half a character (a lone surrogate), which UTF-8 cannot hold."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def settle(answer: list[Row], rows: Sequence[int], template: str) -> None:
    """Write the group into the answer."""
    for row in rows:
        answer[row] = Row(row, rows[0], template)
