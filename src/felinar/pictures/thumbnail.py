"""The thumbnail: 32 pixels along the longer side, which is all that any page will ever get of a picture."""

from __future__ import annotations

import io

import numpy as np
from numpy.typing import NDArray
from PIL import Image

LONGEST = 32


def thumbnail(small: NDArray[np.float32], width: int, height: int) -> bytes:
    """Return a PNG of 32 pixels along the longer side, from the averages of 64 x 64 areas; nobody can be recognised."""
    scale = LONGEST / max(width, height)
    size = max(1, round(width * scale)), max(1, round(height * scale))
    out = io.BytesIO()
    Image.fromarray(small.astype(np.uint8)).resize(size, Image.Resampling.BOX).save(out, "PNG", optimize=False)
    return out.getvalue()
