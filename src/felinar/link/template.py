"""The common text of each near-duplicate group, its slots, and what every advert puts into them.

A group whose template does not save bits against writing its adverts out stays a group, without a template.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from felinar.link.fitting import Corpus, Fitted, corpus_of, fit
from felinar.link.slots import slot_kinds
from felinar.link.text import comparable_texts, title_lengths
from felinar.tables import SLOT_VALUES, TEMPLATES

Numbers = NDArray[np.int64]
Group = tuple[int, int, Numbers, Fitted]  # group_id, medoid and members as rows of the corpus, template


def templates(adverts: pa.Table, groups: pa.Table, mentions: pa.Table) -> tuple[pa.Table, pa.Table]:
    """Return the tables TEMPLATES and SLOT_VALUES of these groups; the mentions say what kind of thing fills a slot.

    template_id is the group_id, which is the id of the near-duplicate key.
    """
    chosen = adverts.filter(pc.is_in(adverts["advert_id"], pa.array(groups["advert_id"].to_numpy())))
    ids, texts = comparable_texts(chosen)
    corpus = corpus_of(texts)
    fitted = [group for group in fit_all(corpus, ids, groups) if group[3].bits_saved > 0]
    values = slot_values(corpus, ids, np.array(title_lengths(chosen), dtype=np.int64), fitted)
    kinds = slot_kinds(values, mentions)
    rows = [template_row(corpus, group, kinds) for group in fitted]
    return TEMPLATES.sort(TEMPLATES.from_rows(rows)), SLOT_VALUES.sort(values)


def fit_all(corpus: Corpus, ids: Numbers, groups: pa.Table) -> Iterator[Group]:
    """Yield each group with its template, by group_id; adverts that are not in the pile are left out."""
    grouped = groups.sort_by([("group_id", "ascending"), ("advert_id", "ascending")])
    group_ids, medoids, adverts = (grouped[name].to_numpy() for name in ("group_id", "medoid_id", "advert_id"))
    here = np.isin(adverts, ids)
    bounds = np.append(np.flatnonzero(np.diff(group_ids, prepend=-1)), len(adverts))
    rows = np.searchsorted(ids, adverts)
    centres = np.searchsorted(ids, medoids)
    for first, last in pairwise(bounds.tolist()):
        members = rows[first:last][here[first:last]]
        centre = int(centres[first])
        yield int(group_ids[first]), centre, members, fit(corpus, centre, members)


def slot_values(corpus: Corpus, ids: Numbers, titles: Numbers, fitted: list[Group]) -> pa.Table:
    """Return a row of SLOT_VALUES for each slot that a member fills, not sorted."""
    parts = [filled_by_members(group) for group in fitted]
    template, text, slot, first, last = np.concatenate([np.zeros((5, 0), dtype=np.int64), *parts], axis=1)
    begin = corpus.tokens.offsets[text]
    start = corpus.tokens.starts[begin + first].astype(np.int64)
    end = corpus.tokens.ends[begin + last - 1].astype(np.int64)
    # The text is title, line break, body: a value that begins in the title ends with it.
    title = titles[text]
    in_title = start < title
    end = np.where(in_title, np.minimum(end, title - 1), end)
    spans = zip(text.tolist(), start.tolist(), end.tolist(), strict=True)
    shift = np.where(in_title, 0, title)
    columns = {
        "template_id": template,
        "advert_id": ids[text],
        "slot": slot,
        "field": pa.array(["body", "title"]).take(pa.array(in_title.astype(np.int8))),
        "start": start - shift,
        "end": end - shift,
        "value": pa.array([corpus.texts[t][s:e] for t, s, e in spans], pa.string()),
    }
    return SLOT_VALUES.check(pa.table(columns))


def filled_by_members(group: Group) -> Numbers:
    """Return rows template_id, text, slot, first token and one past the last, a column for each filled slot."""
    group_id, _, members, fitted = group
    version = fitted.fillers[:, 0]
    begin = np.searchsorted(version, fitted.version)
    counts = np.searchsorted(version, fitted.version, side="right") - begin
    filler = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts - begin, counts)
    text = np.repeat(members, counts)
    return np.stack([np.full(len(text), group_id), text, *fitted.fillers[filler, 1:].T])


def template_row(corpus: Corpus, group: Group, kinds: dict[tuple[int, int], str]) -> dict[str, object]:
    """Return the row of TEMPLATES."""
    group_id, medoid, members, fitted = group
    marked = fitted.marked(corpus.words(medoid, fitted.kept))
    positions = [place for place, token in enumerate(marked) if token is None]
    return {
        "template_id": group_id,
        "tokens": ["<*>" if token is None else token for token in marked],
        "slots": [{"position": p, "kind": kinds.get((group_id, i), "text")} for i, p in enumerate(positions)],
        "adverts": len(members),
        "bits_saved": min(fitted.bits_saved, 2**31 - 1),
    }
