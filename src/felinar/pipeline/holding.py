"""Which files of a pile hold given adverts: the others need not be read."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from felinar.pipeline.mentions import Mentions

Numbers = npt.NDArray[np.int64]


def holding(mentions: Mentions, adverts: Numbers) -> Mentions:
    """Return the files that hold any of these adverts, which ascend, with their mentions."""
    lake = mentions.lake
    return mentions.of(
        [
            part
            for part in mentions.adverts
            if _share(lake.read_part(part, ("advert_id",))["advert_id"].to_numpy(), adverts)
        ]
    )


def _share(ids: Numbers, adverts: Numbers) -> bool:
    """Return whether any of the ids is one of the adverts."""
    return bool((np.append(adverts, -1)[np.searchsorted(adverts, ids)] == ids).any())
