"""The common text of near-duplicates: align to a medoid, keep what most share, weigh it by description length.

Costs as in InfoShield (Lee et al., ICDE 2021; findings `text.md` 2.1): a template is worth having when writing it once
and every text's slots and edits takes fewer bits than writing every text out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz.distance import LCSseq

SAMPLE = 200  # members that a template is made from; the others are only aligned to it
LONGEST = 3_000  # tokens of a text that are aligned; aligning costs the square
KEEP_PERCENT, SLOT_PERCENT = 50, 30

Fillers = dict[int, tuple[int, int]]


@dataclass(frozen=True)
class Words:
    """One text as tokens: hashes for comparing, spans in the text, and which tokens are digits."""

    text: str
    hashes: list[int]
    spans: list[tuple[int, int]]
    digits: list[bool]

    def raw(self, token: int) -> str:
        """Return the original characters of a token."""
        start, end = self.spans[token]
        return self.text[start:end]

    @cached_property
    def identity(self) -> tuple[object, ...]:
        """What two texts must share to get the same template and the same slots."""
        return (*self.hashes, *(self.raw(i) for i, digit in enumerate(self.digits) if digit))


@dataclass(frozen=True)
class Template:
    """Constant tokens, and the gaps between them that are slots (gap g stands before constant g)."""

    hashes: list[int]
    words: list[str]
    slots: list[int]

    def tokens(self) -> list[str]:
        """Return the template's words in order, a slot as <*>."""
        return ["<*>" if token is None else token for token in self.marked()]

    def positions(self) -> list[int]:
        """Return where the slots stand in `tokens()`."""
        return [i for i, token in enumerate(self.marked()) if token is None]

    def marked(self) -> list[str | None]:
        """Return the words in order with None for a slot, so that a text that says <*> is not taken for one."""
        tokens: list[str | None] = []
        for gap in range(len(self.words) + 1):
            if gap in self.slots:
                tokens.append(None)
            tokens.extend(self.words[gap : gap + 1])
        return tokens


def build_template(medoid: Words, members: Sequence[Words]) -> Template:
    """Return the template of these members: medoid tokens that half of them share, slots where a third fill in more."""
    counted = list(Counter(member.identity for member in members).items())
    first = {member.identity: member for member in reversed(members)}
    support, changed, total = [0] * len(medoid.hashes), [0] * len(medoid.hashes), len(members)
    for identity, times in counted:
        member = first[identity]
        for mine, theirs in matches(medoid.hashes, member.hashes):
            support[mine] += times
            if medoid.digits[mine] and medoid.raw(mine) != member.raw(theirs):
                changed[mine] += times
    kept = [
        i
        for i in range(len(medoid.hashes))
        if 100 * support[i] >= KEEP_PERCENT * total and 100 * changed[i] < SLOT_PERCENT * total
    ]
    bare = Template([medoid.hashes[i] for i in kept], [medoid.raw(i) for i in kept], [])
    filled: Counter[int] = Counter()
    for identity, times in counted:
        filled.update(dict.fromkeys(fill(bare, first[identity]), times))
    slots = sorted(gap for gap, times in filled.items() if 100 * times >= SLOT_PERCENT * total)
    return Template(bare.hashes, bare.words, slots)


def matches(left: list[int], right: list[int]) -> list[tuple[int, int]]:
    """Return the pairs of positions that a longest common subsequence matches, in order."""
    pairs: list[tuple[int, int]] = []
    for step in LCSseq.opcodes(left, right):
        if step.tag == "equal":
            pairs.extend(zip(range(step.src_start, step.src_end), range(step.dest_start, step.dest_end), strict=True))
    return pairs


def fill(template: Template, words: Words) -> Fillers:
    """Return gap -> (first token, one past the last) of the text's tokens that the template does not hold."""
    fillers: Fillers = {}
    gap, token = 0, 0
    for mine, theirs in [*matches(template.hashes, words.hashes), (len(template.hashes), len(words.hashes))]:
        if theirs > token:
            # Several gaps may be meant where constants are missing; a slot among them takes the words.
            slot = next((g for g in range(gap, mine + 1) if g in template.slots), gap)
            fillers[slot] = (token, theirs)
        gap, token = mine + 1, theirs + 1
    return fillers


def universal(number: int) -> int:
    """Return the bits that a positive whole number takes: 2 * ceil(log2 x) + 1."""
    return 2 * log2_up(number) + 1


def log2_up(number: int) -> int:
    """Return the smallest k with 2**k >= number."""
    return max(0, (number - 1).bit_length()) if number > 0 else 0


def bits_alone(words: Words, word_bits: int) -> int:
    """Return the bits of a text written out."""
    return universal(len(words.hashes)) + len(words.hashes) * word_bits


def bits_of_template(template: Template, word_bits: int) -> int:
    """Return the bits of the template itself."""
    size = len(template.words)
    return universal(size) + size * word_bits + (len(template.slots) + 1) * log2_up(size)


def bits_with(template: Template, words: Words, fillers: Fillers, word_bits: int) -> int:
    """Return the bits of a text given the template: the match string, its edits, and the words in its slots."""
    added = sum(last - first for first, last in fillers.values())
    missing = len(template.hashes) - (len(words.hashes) - added)
    length = len(words.hashes) + missing
    bits = universal(length) + length + missing * (2 + log2_up(length))
    for gap, (first, last) in fillers.items():
        bits += (last - first) * word_bits
        bits += 0 if gap in template.slots else (last - first) * (2 + log2_up(length))
    for slot in template.slots:
        first, last = fillers.get(slot, (0, 0))
        bits += 1 + universal(last - first + 1)
    return bits
