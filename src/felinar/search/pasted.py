"""A pasted advert: the adverts, near-duplicate groups and operations whose text is nearest, and how near.

The index of words gives adverts that hold the rarest words of the text; how near each of them is comes from comparing
all shingles (runs of three words), as the near-duplicates of a run are compared.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from felinar.search.refused import refuse_young
from felinar.search.words import gated_operations
from felinar.store.index import WordIndex
from felinar.store.index_words import words_of, words_text
from felinar.store.published import Published, Row

LEAST_LENGTH, LEAST_WORDS = 80, 12  # a shorter text is a search by words
_WORD = re.compile(r"[^\W\d]+|\d[\d ]*")
_RARE_WORDS, _CANDIDATES = 24, 400
_LEAST_LIKE = 100  # thousandths; below, the texts have no more in common than any two
MOST_GROUPS = 10
Shingles = frozenset[tuple[str, str, str]]


@dataclass(frozen=True)
class Near:
    """A near-duplicate group, or an advert without one, that is like the pasted text.

    `like`: thousandths of all shingles of both texts that both hold. `held`: of the pasted text's own shingles.
    """

    row: Row
    like: int
    held: int
    key: Row | None
    adverts: int


@dataclass
class PastedAnswer:
    """What is near a pasted text; the nearest group first."""

    words: int
    near: list[Near] = field(default_factory=list)
    compared: int = 0
    withheld: int = 0

    @property
    def sentence(self) -> str:
        """Return how the text was read, how near the nearest is, and why nothing was found where nothing was."""
        said = f"Read as an advert of {self.words:,} words."
        held = " Some that are like it stand behind the gate 'possible minor': report first." if self.withheld else ""
        if not self.near:
            why = (
                f"Of the {self.compared:,} adverts with most of its rare words, none has more in common with it than "
                "any two adverts have."
                if self.compared
                else "No advert holds any of its words."
            )
            return f"{said} {why}{held}"
        best = self.near[0]
        same = "word for word the same" if best.like == 1000 else f"{best.like / 10:.0f} % of both texts the same"
        return f"{said} The nearest is {same}; {best.held / 10:.0f} % of what was pasted stands in it.{held}"


def looks_pasted(what: str) -> bool:
    """Return whether a text is an advert rather than a few words to search for."""
    return len(what.strip()) >= LEAST_LENGTH and len(words_of(what)) >= LEAST_WORDS


def find_like(published: Published, index: WordIndex, text: str) -> PastedAnswer:
    """Return the groups and adverts that are like the text; Refused where it states an age under 18."""
    refuse_young(text)
    words = words_of(text)
    answer = PastedAnswer(len(words))
    ids = index.holding_most(index.rarest(words, _RARE_WORDS), _CANDIDATES)
    rows = published.plain_adverts(ids)
    gated = gated_operations(published, (row["operation_id"] for row in rows))
    answer.compared = len(rows)
    likeness = _likeness(text, rows)
    like_it = [(row, like) for row, like in zip(rows, likeness, strict=True) if like[0] >= _LEAST_LIKE]
    answer.withheld = sum(1 for row, _ in like_it if row["operation_id"] in gated)
    open_to_all = [(row, like) for row, like in like_it if row["operation_id"] not in gated]
    answer.near = _by_group(
        published, sorted(open_to_all, key=lambda one: (-one[1][0], -one[1][1], one[0]["advert_id"]))
    )
    return answer


def _by_group(published: Published, found: Sequence[tuple[Row, tuple[int, int]]]) -> list[Near]:
    """Return the nearest advert of each near-duplicate group, and those that belong to none."""
    near: list[Near] = []
    seen: set[int] = set()
    for row, (like, held) in found:
        groups = [key for key in published.keys_of_advert(row["advert_id"]) if key["key_kind"] == "near_duplicate"]
        key = groups[0] if groups else None
        if key and key["key_no"] in seen:
            continue
        seen |= {key["key_no"]} if key else set()
        near.append(Near(row, like, held, key, key["adverts"] if key else 1))
        if len(near) == MOST_GROUPS:
            break
    return near


def _likeness(text: str, rows: Sequence[Row]) -> list[tuple[int, int]]:
    """Return for each advert the share of both texts' shingles that both hold, and that of the text's own."""
    asked = shingles(text)
    # The pasted text may begin with the title or not: the better of the two counts.
    forms = [(shingles(row["body"] or ""), shingles(f"{row['title'] or ''}\n{row['body'] or ''}")) for row in rows]
    return [max(_shares(asked, body), _shares(asked, whole)) for body, whole in forms]


def _shares(asked: Shingles, other: Shingles) -> tuple[int, int]:
    both = len(asked & other)
    union = len(asked) + len(other) - both
    return (1000 * both // union if union else 0), (1000 * both // len(asked) if asked else 0)


def shingles(text: str) -> Shingles:
    """Return all runs of three words; digits up to the next letter are one word, whichever they are, as in `link`."""
    words = ["#" if word[0].isdigit() else word for word in _WORD.findall(words_text(text))]
    return frozenset(zip(words, words[1:], words[2:], strict=False))


def near_rows(answer: PastedAnswer) -> list[dict[str, Any]]:
    """Return what is near as plain data; `like` and `held` are thousandths, `group` is the id of a key or empty."""
    return [
        {
            "advert_id": str(one.row["advert_id"]),
            "operation_id": str(one.row["operation_id"] or ""),
            "group": str(one.key["key_id"]) if one.key else "",
            "adverts": one.adverts,
            "like": one.like,
            "held": one.held,
            **{name: one.row[name] for name in ("source_id", "posted_at", "site", "title")},
        }
        for one in answer.near
    ]
