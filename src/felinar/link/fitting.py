"""A template for a group of texts: align to the medoid, keep what most share, weigh it by description length."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from felinar.kernels import common_text
from felinar.kernels.compile import Kernel
from felinar.kernels.shingle import whole_text_hashes
from felinar.kernels.tokens import DIGIT, Tokens, tokens_of
from felinar.link.costs import bits_alone, bits_of_template, bits_with
from felinar.link.grouping import is_small

SAMPLE = 200  # members that a template is made from; the others are only aligned to it
LONGEST = 3_000  # tokens of a text that are aligned; aligning costs the square
KEEP_PERCENT, SLOT_PERCENT = 50, 30

Numbers = NDArray[np.int64]


@dataclass(frozen=True)
class Corpus:
    """Texts as tokens, with what tells them apart.

    `raws` numbers the original characters of the digit tokens (0: not digits). Texts of one `identity` get the same
    template and the same slots: they have the same tokens, digits included. `lasts` is one past the last token of each
    text that is aligned.
    """

    texts: Sequence[str]
    tokens: Tokens
    raws: NDArray[np.int32]
    identity: Numbers
    lasts: Numbers
    word_bits: int
    plain: bool

    def run(self, kernel: Kernel[..., Any], *args: Any) -> Any:
        """Run a kernel, compiled or plain as befits the size."""
        return (kernel.plain if self.plain else kernel)(*args)

    def words(self, text: int, tokens: Numbers) -> list[str]:
        """Return the original characters of these tokens of a text."""
        places, whole = self.tokens.offsets[text] + tokens, self.texts[text]
        spans = zip(self.tokens.starts[places].tolist(), self.tokens.ends[places].tolist(), strict=True)
        return [whole[start:end] for start, end in spans]


@dataclass(frozen=True)
class Fitted:
    """A group's template and what it saves.

    `kept`: the medoid's tokens that stay; `gaps`: the gaps between them that are slots (gap g stands before token g).
    `version`: for each member the number of its wording. `fillers`: rows of version, slot, first token and one past
    the last, in this order; a version that is cheaper written out has none.
    """

    kept: Numbers
    gaps: list[int]
    bits_saved: int
    version: Numbers
    fillers: Numbers

    def marked(self, words: Sequence[str]) -> list[str | None]:
        """Return the kept words in order with None for a slot, so that a text that says <*> is not taken for one."""
        tokens: list[str | None] = list(words)
        for gap in reversed(self.gaps):
            tokens.insert(gap, None)
        return tokens


def corpus_of(texts: Sequence[str]) -> Corpus:
    """Return the texts as tokens."""
    plain = is_small(texts)
    tokens = tokens_of(texts, plain=plain)
    raws = digit_numbers(texts, tokens)
    told_apart = tokens._replace(hashes=tokens.hashes + raws.astype(np.uint64))
    _, identity = np.unique(whole_text_hashes(told_apart, plain=plain), return_inverse=True)
    ordered = np.sort(tokens.hashes)
    distinct = 1 + int(np.count_nonzero(ordered[1:] != ordered[:-1]))
    lasts = np.minimum(tokens.offsets[1:], tokens.offsets[:-1] + LONGEST)
    return Corpus(texts, tokens, raws, identity.astype(np.int64), lasts, max(8, (distinct - 1).bit_length()), plain)


def digit_numbers(texts: Sequence[str], tokens: Tokens) -> NDArray[np.int32]:
    """Return for each token of digits a number from 1 for its original characters, and 0 for all others."""
    places = np.flatnonzero(tokens.kinds == DIGIT)
    text_of = np.searchsorted(tokens.offsets, places, side="right") - 1
    columns = (text_of, tokens.starts[places], tokens.ends[places])
    known: dict[str, int] = {}
    raws = np.zeros(len(tokens.hashes), dtype=np.int32)
    raws[places] = [
        known.setdefault(texts[text][start:end], len(known) + 1)
        for text, start, end in zip(*(column.tolist() for column in columns), strict=True)
    ]
    return raws


def fit(corpus: Corpus, medoid: int, members: Numbers) -> Fitted:
    """Return the template of the members (rows of the corpus); if it saves 0 bits or less it is not worth having."""
    _, first, version = np.unique(corpus.identity[members], return_index=True, return_inverse=True)
    times = np.bincount(version)
    sampled = np.bincount(version[:SAMPLE], minlength=len(times))
    centre = slice(int(corpus.tokens.offsets[medoid]), int(corpus.lasts[medoid]))
    known = np.unique(corpus.tokens.hashes[centre])
    middle, _ = numbered(corpus, np.array([medoid]), known)
    versions = members[first]
    symbols, offsets = numbered(corpus, versions, known)

    support, changed = np.zeros((2, len(middle)), dtype=np.int64)
    raws = corpus.raws[centre], symbols, offsets, corpus.raws, corpus.tokens.offsets[versions]
    corpus.run(common_text.count_support, middle, *raws, sampled, support, changed)
    total = min(len(members), SAMPLE)
    kept = np.flatnonzero((100 * support >= KEEP_PERCENT * total) & (100 * changed < SLOT_PERCENT * total))

    no_slots = np.zeros(len(kept) + 1, dtype=np.bool_)
    filled, _, _ = fill(corpus, middle[kept], len(known), symbols, offsets, sampled, no_slots)
    is_slot = 100 * filled >= SLOT_PERCENT * total
    _, missing, fillers = fill(corpus, middle[kept], len(known), symbols, offsets, times, is_slot)

    lengths, bits = np.diff(offsets), corpus.word_bits
    saved = bits_alone(lengths, bits) - bits_with(lengths, missing, fillers, is_slot, bits)
    fillers = fillers[is_slot[fillers[:, 1]] & (saved > 0)[fillers[:, 0]]]
    fillers[:, 1] = (np.cumsum(is_slot) - 1)[fillers[:, 1]]
    worth = int((times * np.maximum(saved, 0)).sum()) - bits_of_template(len(kept), int(is_slot.sum()), bits)
    return Fitted(kept, np.flatnonzero(is_slot).tolist(), worth, version.astype(np.int64), fillers)


def numbered(corpus: Corpus, texts: Numbers, known: NDArray[np.uint64]) -> tuple[NDArray[np.int32], Numbers]:
    """Return the tokens of these texts as places among the known ones, -1 for others, and where each text begins."""
    firsts, lasts = corpus.tokens.offsets[texts], corpus.lasts[texts]
    symbols = np.empty(int((lasts - firsts).sum()), dtype=np.int32)
    offsets = np.zeros(len(texts) + 1, dtype=np.int64)
    corpus.run(common_text.number_tokens, corpus.tokens.hashes, firsts, lasts, known, offsets, symbols)
    return symbols, offsets


def fill(
    corpus: Corpus,
    template: NDArray[np.int32],
    most: int,
    symbols: NDArray[np.int32],
    offsets: Numbers,
    times: Numbers,
    is_slot: NDArray[np.bool_],
) -> tuple[Numbers, Numbers, Numbers]:
    """Return the members that fill each gap, the tokens that each version lacks, and the fillers."""
    filled, missing = np.zeros(len(is_slot), dtype=np.int64), np.zeros(len(times), dtype=np.int64)
    fillers = np.empty((len(symbols), 4), dtype=np.int64)
    n = corpus.run(common_text.fill_slots, template, most, symbols, offsets, times, is_slot, filled, missing, fillers)
    return filled, missing, fillers[:n]
