"""What a text costs in bits, written out or as a template with its slots and edits.

As in InfoShield (Lee et al., ICDE 2021): a template is worth having when writing it once and every text's slots and
edits takes fewer bits than writing every text out.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]

MOST = 1 << 14  # twice the longest text that is aligned, and more
LOG2_UP = np.array([max(0, number - 1).bit_length() for number in range(MOST + 1)], dtype=np.int64)


def log2_up(numbers: Numbers) -> Numbers:
    """Return the smallest k with 2**k >= number, for each number from 0 to MOST; 0 for numbers under 2."""
    return LOG2_UP[numbers]


def universal(numbers: Numbers) -> Numbers:
    """Return the bits that each positive whole number takes: 2 * ceil(log2 x) + 1."""
    return 2 * log2_up(numbers) + 1


def bits_alone(lengths: Numbers, word_bits: int) -> Numbers:
    """Return the bits of texts of so many words written out."""
    return universal(lengths) + lengths * word_bits


def bits_of_template(size: int, slots: int, word_bits: int) -> int:
    """Return the bits of the template itself."""
    one = np.array([size], dtype=np.int64)
    return int(universal(one)[0] + size * word_bits + (slots + 1) * log2_up(one)[0])


def bits_with(
    lengths: Numbers, missing: Numbers, fillers: Numbers, is_slot: NDArray[np.bool_], word_bits: int
) -> Numbers:
    """Return the bits of texts given their template: the match string, its edits, and the words in its slots.

    `fillers` are rows of text, gap, first token and one past the last; `is_slot` says which gaps are slots.
    """
    places = lengths + missing
    place_bits = 2 + log2_up(places)
    bits: Numbers = (
        universal(places) + places + missing * place_bits + 2 * int(is_slot.sum())
    )  # an empty slot takes two bits
    text, gap, width = fillers[:, 0], fillers[:, 1], fillers[:, 3] - fillers[:, 2]
    in_slot = 2 * log2_up(width + 1)
    np.add.at(bits, text, width * word_bits + np.where(is_slot[gap], in_slot, width * place_bits[text]))
    return bits
