"""Compiles or loads what looking at a picture needs, before the limits are set."""

from __future__ import annotations

import io

import numpy as np
from PIL import Image

from felinar.pictures.intake import look


def warm() -> None:
    """Look at a small picture of stripes."""
    stripes = np.zeros((96, 96, 3), dtype=np.uint8)
    stripes[::7] = 200
    stripes[:, ::5] += 40
    for kind in ("PNG", "JPEG"):
        out = io.BytesIO()
        Image.fromarray(stripes).save(out, kind)
        look(out.getvalue())
