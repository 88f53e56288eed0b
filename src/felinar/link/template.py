"""The common text of each near-duplicate group, its slots, and what every advert puts into them.

A group whose template does not save bits against writing its adverts out stays a group, without a template.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from felinar.kernels.tokens import DIGIT, tokens_of
from felinar.link.alignment import (
    LONGEST,
    SAMPLE,
    Fillers,
    Template,
    Words,
    bits_alone,
    bits_of_template,
    bits_with,
    build_template,
    fill,
    log2_up,
)
from felinar.link.grouping import is_small
from felinar.link.text import comparable_texts, title_lengths
from felinar.tables import SLOT_VALUES, TEMPLATES

Spans = dict[int, list[tuple[str, int, int, str]]]


@dataclass(frozen=True)
class Member:
    """One advert of a group."""

    advert_id: int
    words: Words
    title: int  # characters of the title and its line break in front of the body; 0: the text is the body


@dataclass
class Fitted:
    """A group's template, what it saves, and each member's fillers (None: cheaper written out)."""

    template: Template
    bits_saved: int
    fillers: list[Fillers | None] = field(default_factory=list)


def templates(adverts: pa.Table, groups: pa.Table, mentions: pa.Table) -> tuple[pa.Table, pa.Table]:
    """Return the tables TEMPLATES and SLOT_VALUES of these groups; the mentions say what kind of thing fills a slot.

    template_id is the group_id, which is the id of the near-duplicate key.
    """
    grouped = groups.sort_by([("group_id", "ascending"), ("advert_id", "ascending")])
    chosen = adverts.filter(pc.is_in(adverts["advert_id"], grouped["advert_id"].combine_chunks()))
    members, word_bits = members_of(chosen)
    spans = spans_of(mentions, grouped["advert_id"].combine_chunks())
    rows: list[dict[str, Any]] = []
    values: list[dict[str, Any]] = []
    for group_id, medoid_id, ids in groups_in(grouped):
        group = [members[i] for i in ids if i in members]
        fitted = fit(members[medoid_id].words, [member.words for member in group], word_bits)
        if fitted.bits_saved > 0:
            own = list(slot_values(group_id, group, fitted))
            values += own
            rows.append(template_row(group_id, len(group), fitted, own, spans))
    return TEMPLATES.sort(TEMPLATES.from_rows(rows)), SLOT_VALUES.sort(SLOT_VALUES.from_rows(values))


def groups_in(grouped: pa.Table) -> Iterator[tuple[int, int, list[int]]]:
    """Yield group_id, medoid_id and the advert ids of each group."""
    names = ("group_id", "medoid_id", "advert_id")
    rows = zip(*(grouped[name].to_pylist() for name in names), strict=True)
    for (group_id, medoid_id), some in groupby(rows, key=lambda row: row[:2]):
        yield group_id, medoid_id, [row[2] for row in some]


def members_of(adverts: pa.Table) -> tuple[dict[int, Member], int]:
    """Return the adverts as tokens by id, and the bits that one word takes in a vocabulary of this size."""
    ids, texts = comparable_texts(adverts)
    titles = title_lengths(adverts)
    words, word_bits = words_of(texts)
    return {i: Member(i, w, t) for i, w, t in zip(ids.tolist(), words, titles, strict=True)}, word_bits


def words_of(texts: Sequence[str]) -> tuple[list[Words], int]:
    """Return each text's first tokens, and the bits that one word takes."""
    tokens = tokens_of(texts, plain=is_small(texts))
    hashes, digits = tokens.hashes.tolist(), (tokens.kinds == DIGIT).tolist()
    spans = list(zip(tokens.starts.tolist(), tokens.ends.tolist(), strict=True))
    words = []
    for text, first, last in zip(texts, tokens.offsets[:-1].tolist(), tokens.offsets[1:].tolist(), strict=True):
        last = min(last, first + LONGEST)
        words.append(Words(text, hashes[first:last], spans[first:last], digits[first:last]))
    return words, max(8, log2_up(len(set(hashes))))


def fit(medoid: Words, members: Sequence[Words], word_bits: int) -> Fitted:
    """Return the template of a group with the bits that it saves; 0 or less: it is not worth having."""
    template = build_template(medoid, members[:SAMPLE])
    fitted = Fitted(template, -bits_of_template(template, word_bits))
    known: dict[tuple[object, ...], tuple[Fillers | None, int]] = {}
    for words in members:
        if words.identity not in known:
            fillers = fill(template, words)
            saved = bits_alone(words, word_bits) - bits_with(template, words, fillers, word_bits)
            known[words.identity] = (fillers, saved) if saved > 0 else (None, 0)
        fillers_or_none, saved = known[words.identity]
        fitted.fillers.append(fillers_or_none)
        fitted.bits_saved += saved
    return fitted


def slot_values(template_id: int, group: Sequence[Member], fitted: Fitted) -> Iterator[dict[str, Any]]:
    """Yield a row of SLOT_VALUES for each slot that a member fills."""
    for member, fillers in zip(group, fitted.fillers, strict=True):
        for slot, gap in enumerate(fitted.template.slots):
            if fillers and gap in fillers:
                first, last = fillers[gap]
                place = place_of(member, member.words.spans[first][0], member.words.spans[last - 1][1])
                yield {"template_id": template_id, "advert_id": member.advert_id, "slot": slot, **place}


def place_of(member: Member, start: int, end: int) -> dict[str, Any]:
    """Return field, start, end and value of a span of the compared text; one that begins in the title ends with it."""
    text, title = member.words.text, member.title
    if start < title:
        end = min(end, title - 1)
        return {"field": "title", "start": start, "end": end, "value": text[start:end]}
    return {"field": "body", "start": start - title, "end": end - title, "value": text[start:end]}


def template_row(
    template_id: int, adverts: int, fitted: Fitted, values: Sequence[dict[str, Any]], spans: Spans
) -> dict[str, Any]:
    """Return the row of TEMPLATES."""
    positions = fitted.template.positions()
    kinds = [slot_kind([v for v in values if v["slot"] == slot], spans) for slot in range(len(positions))]
    return {
        "template_id": template_id,
        "tokens": fitted.template.tokens(),
        "slots": [{"position": p, "kind": k} for p, k in zip(positions, kinds, strict=True)],
        "adverts": adverts,
        "bits_saved": min(fitted.bits_saved, 2**31 - 1),
    }


def slot_kind(values: Sequence[dict[str, Any]], spans: Spans) -> str:
    """Return the kind of mention that more than half of a slot's values touch, else "text"."""
    kinds: Counter[str] = Counter()
    for value in values:
        near = spans.get(value["advert_id"], ())
        own = [(f, s, e, k) for f, s, e, k in near if f == value["field"] and s < value["end"] and e > value["start"]]
        kinds.update(sorted({kind for _, _, _, kind in own}))
    top = min(kinds.items(), key=lambda item: (-item[1], item[0]), default=("text", 0))
    return top[0] if 2 * top[1] > len(values) else "text"


def spans_of(mentions: pa.Table, advert_ids: pa.Array) -> Spans:
    """Return advert id -> (field, start, end, kind) of its mentions in title and body."""
    wanted = pc.and_(
        pc.is_in(mentions["advert_id"], advert_ids),
        pc.and_(pc.is_in(mentions["field"], pa.array(["title", "body"])), pc.is_valid(mentions["start"])),
    )
    found: Spans = {}
    columns = mentions.filter(wanted).select(["advert_id", "field", "start", "end", "kind"])
    for advert_id, *span in zip(*(column.to_pylist() for column in columns.columns), strict=True):
        found.setdefault(advert_id, []).append(tuple(span))
    return found
