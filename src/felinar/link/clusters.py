"""Near-duplicate groups and templates of plain texts, outside any workspace: what `felinar templates` prints."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pyarrow.compute as pc

from felinar.link.fitting import corpus_of, fit
from felinar.link.grouping import group_texts
from felinar.link.lines import group_lines, is_short


class Row(NamedTuple):
    """One row of the answer; `cluster_id` is the smallest row of the group, None for a text that stands alone."""

    row: int
    cluster_id: int | None
    template: str


def clusters(texts: Sequence[str]) -> list[Row]:
    """Return one row per text, in order: short lines by pattern, all others by their shingles."""
    answer = [Row(row, None, "") for row in range(len(texts))]
    for group in group_lines([(row, text) for row, text in enumerate(texts) if is_short(text)]):
        if len(group.rows) > 1:
            settle(answer, group.rows, " ".join(group.pattern))
    left = [row for row in answer if row.cluster_id is None]
    longer = [readable(texts[row.row]) for row in left]
    found = group_texts(longer)
    members = np.flatnonzero(found.group >= 0)
    members = members[np.argsort(found.group[members], kind="stable")]
    firsts = np.flatnonzero(np.diff(found.group[members], prepend=-1))
    bounds = np.append(firsts, len(members))
    corpus = corpus_of(longer)
    fits = fit(corpus, members, bounds, found.medoid[members[firsts]])
    templates = pc.binary_join(corpus.template_words(fits), " ").to_pylist()
    for template, first, last in zip(templates, bounds[:-1].tolist(), bounds[1:].tolist(), strict=True):
        settle(answer, [left[place].row for place in members[first:last].tolist()], template)
    return answer


def readable(text: str) -> str:
    """Return the text with a question mark for half a character (a lone surrogate), which UTF-8 cannot hold."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def settle(answer: list[Row], rows: Sequence[int], template: str) -> None:
    """Write the group into the answer."""
    for row in rows:
        answer[row] = Row(row, rows[0], template)
