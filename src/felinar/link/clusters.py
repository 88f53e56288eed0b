"""Near-duplicate groups and templates of plain texts, outside any workspace: what `felinar templates` prints."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

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
    longer = [texts[row.row] for row in left]
    found = group_texts(longer)
    members: dict[int, list[int]] = defaultdict(list)
    for place, first in enumerate(found.group.tolist()):
        if first >= 0:
            members[first].append(place)
    corpus = corpus_of(longer)
    for first, places in members.items():
        medoid = int(found.medoid[first])
        fitted = fit(corpus, medoid, np.array(places))
        marked = fitted.marked(corpus.words(medoid, fitted.kept))
        template = " ".join("<*>" if token is None else token for token in marked)
        settle(answer, [left[place].row for place in places], template)
    return answer


def settle(answer: list[Row], rows: Sequence[int], template: str) -> None:
    """Write the group into the answer."""
    for row in rows:
        answer[row] = Row(row, rows[0], template)
