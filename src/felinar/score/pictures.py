"""One picture counts once: its copies are keys inside each other, of which scoring looks at the widest."""

from __future__ import annotations

import numpy as np

from felinar.score.counting import Ties

# Widest first. A part in common (`picture_part`) is no sign that it is one picture.
KINDS = ("picture_small", "picture_copy", "picture")


def widest(ties: Ties) -> Ties:
    """Return the ties without the keys that stand only on adverts which show a wider group: they are inside it.

    A picture that always comes together with a copied one is left out with it.
    """
    if not set(ties.kinds) & set(KINDS[:-1]):
        return ties
    rank = np.array([KINDS.index(kind) for kind in ties.kinds], dtype=np.int64)[ties.code]
    covered = np.zeros(int(ties.advert.max()) + 1, dtype=np.bool_)
    keep = np.zeros(len(ties), dtype=np.bool_)
    for step in range(len(KINDS)):
        mine = rank == step
        outside = np.bincount(ties.code[mine & ~covered[ties.advert]], minlength=len(ties.values)) > 0
        keep |= mine & outside[ties.code]
        covered[ties.advert[mine]] = True
    return Ties(ties.advert[keep], ties.code[keep], ties.values, ties.kinds)
