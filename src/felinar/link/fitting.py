"""Templates of groups of texts: texts to rows of tokens, and the template of each group with what fills its slots."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from felinar.kernels.fit_groups import Rows, bits_of_template, fit_groups, refill_groups
from felinar.kernels.shingle import hash_slices, whole_text_hashes
from felinar.kernels.tokens import DIGIT, tokens_of
from felinar.kernels.utf8 import Texts, slices, utf8
from felinar.link.grouping import is_small

SLOT = "<*>"
LONGEST = 3_000  # tokens of a text that are aligned; aligning costs the square

Numbers = NDArray[np.int64]


class Corpus(NamedTuple):
    """Texts as UTF-8 and as rows of tokens; token t stands at the characters starts[t] to ends[t] of its text."""

    content: NDArray[np.uint8]
    bounds: Numbers
    rows: Rows
    starts: NDArray[np.int32]
    ends: NDArray[np.int32]
    plain: bool

    def strings(self, texts: Numbers, starts: Numbers, ends: Numbers) -> pa.Array:
        """Return the original characters of these spans as Arrow strings."""
        data, bounds = slices(self.content, self.bounds, texts, starts, ends, plain=self.plain)
        return pa.LargeStringArray.from_buffers(len(texts), pa.py_buffer(bounds), pa.py_buffer(data))

    def template_words(self, fits: Fits) -> pa.Array:
        """Return the words of each template, with SLOT where a slot is: an Arrow list of strings per group."""
        medoids = np.repeat(fits.medoids, np.diff(fits.kept_bounds))
        tokens = self.rows.offsets[medoids] + fits.kept
        kept = self.strings(medoids, self.starts[tokens].astype(np.int64), self.ends[tokens].astype(np.int64))
        begins = np.repeat(fits.kept_bounds[:-1], np.diff(fits.gap_bounds))
        order = np.insert(np.arange(len(kept)), begins + fits.gaps, len(kept))
        words = pa.concat_arrays([kept, pa.array([SLOT], pa.large_string())]).take(pa.array(order)).cast(pa.string())
        return pa.ListArray.from_arrays(pa.array((fits.kept_bounds + fits.gap_bounds).astype(np.int32)), words)


class Fits(NamedTuple):
    """Templates of groups: kept tokens of each medoid, gaps between them that are slots, and the bits that they save.

    A template of n slots has n gaps; gap g stands before the g-th kept token.
    `fillers`: rows of text, slot, first token and one past the last. A template that saves 0 bits or less is not worth
    having.
    """

    medoids: Numbers
    kept: Numbers
    kept_bounds: Numbers
    gaps: Numbers
    gap_bounds: Numbers
    saved: Numbers
    fillers: Numbers

    def positions(self) -> Numbers:
        """Return where each slot stands among the words of its template, slots counted."""
        return self.gaps + np.arange(len(self.gaps)) - np.repeat(self.gap_bounds[:-1], np.diff(self.gap_bounds))


def corpus_of(texts: Texts, *, plain: bool | None = None, threads: int = 1) -> Corpus:
    """Return the texts as tokens; `plain` defaults to whether they are few."""
    plain = is_small(texts) if plain is None else plain
    content, bounds = utf8(texts)
    tokens = tokens_of(texts, plain=plain, threads=threads)
    places = np.flatnonzero(tokens.kinds == DIGIT)
    text_of = np.searchsorted(tokens.offsets, places, side="right") - 1
    spans = (tokens.starts[places].astype(np.int64), tokens.ends[places].astype(np.int64))
    raws = np.zeros(len(tokens.hashes), dtype=np.uint64)
    raws[places] = hash_slices(*slices(content, bounds, text_of, *spans, plain=plain), plain=plain)
    identity = whole_text_hashes(tokens._replace(hashes=tokens.hashes + raws), plain=plain)
    lasts = np.minimum(tokens.offsets[1:], tokens.offsets[:-1] + LONGEST)
    rows = Rows(tokens.offsets, lasts, tokens.hashes, raws, identity)
    return Corpus(content, bounds, rows, tokens.starts, tokens.ends, plain)


def fit(corpus: Corpus, members: Numbers, bounds: Numbers, medoids: Numbers) -> Fits:
    """Return the templates of groups: members[bounds[g]:bounds[g + 1]] and medoids[g] are rows of the corpus."""
    rows = corpus.rows
    room = int((rows.lasts[medoids] - rows.offsets[medoids]).sum()) + len(medoids)
    kept, gaps = np.empty((2, room), dtype=np.int64)
    kept_bounds, gap_bounds = np.zeros((2, len(medoids) + 1), dtype=np.int64)
    saved = np.zeros(len(medoids), dtype=np.int64)
    run = fit_groups.plain if corpus.plain else fit_groups
    fillers = run(rows, members, bounds, medoids, kept, kept_bounds, gaps, gap_bounds, saved)
    return Fits(medoids, kept[: kept_bounds[-1]], kept_bounds, gaps[: gap_bounds[-1]], gap_bounds, saved, fillers)


def refit(
    corpus: Corpus, members: Numbers, bounds: Numbers, words: pa.ListArray, slots: pa.ListArray, *, anew: bool
) -> tuple[Numbers, Numbers]:
    """Return the bits that these members save with given templates, and the fillers.

    `words` are those of each template, `slots` the places among them where a slot stands. `anew`: the bits of the
    templates themselves are taken off.
    """
    sizes, counts = (pc.list_value_length(lists).to_numpy().astype(np.int64) for lists in (words, slots))
    flat, places = pc.list_flatten(words), pc.list_flatten(slots).to_numpy().astype(np.int64)
    is_word = np.ones(len(flat), dtype=np.bool_)
    is_word[np.repeat(np.cumsum(sizes) - sizes, counts) + places] = False
    tokens = tokens_of(flat.filter(pa.array(is_word)), plain=corpus.plain)
    gap_bounds, hash_bounds = (np.cumsum([0, *some], dtype=np.int64) for some in (counts, sizes - counts))
    gaps = places - (np.arange(len(places)) - np.repeat(gap_bounds[:-1], counts))
    saved = np.zeros(len(sizes), dtype=np.int64)
    if anew:
        columns = (sizes - counts).tolist(), counts.tolist()
        saved -= np.array([bits_of_template.plain(*one) for one in zip(*columns, strict=True)], dtype=np.int64)
    run = refill_groups.plain if corpus.plain else refill_groups
    hashes = tokens.hashes[tokens.offsets[:-1]]  # a word of a template is one token
    return saved, run(corpus.rows, members, bounds, hashes, hash_bounds, gaps, gap_bounds, saved)
