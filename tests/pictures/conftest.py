"""Pictures as files."""

from __future__ import annotations

import io
from collections.abc import Callable

import numpy as np
import pytest

pytest.importorskip("simplejpeg", reason="the extra 'pictures' is not installed")

from PIL import Image


@pytest.fixture(scope="session")
def as_file() -> Callable[..., bytes]:
    """Return the bytes of a picture file."""

    def written(pixels: np.ndarray, kind: str = "PNG", mode: str = "RGB", **options: object) -> bytes:
        out = io.BytesIO()
        picture = pixels if isinstance(pixels, Image.Image) else Image.fromarray(pixels)
        picture.convert(mode).save(out, kind, **options)
        return out.getvalue()

    return written
