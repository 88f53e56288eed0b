"""Abstract pictures: waves and rectangles, nothing that anybody could take for a person or a place."""

from __future__ import annotations

import io
from collections.abc import Callable

import numpy as np
import pytest

pytest.importorskip("simplejpeg", reason="the extra 'pictures' is not installed")

from PIL import Image


@pytest.fixture(scope="session")
def abstract() -> Callable[..., np.ndarray]:
    """Return a picture (rows, columns, three colours) made from a number."""

    def made(seed: int, height: int = 300, width: int = 400) -> np.ndarray:
        random = np.random.default_rng(seed)
        rows, columns = np.mgrid[0:height, 0:width] / max(height, width)
        picture = np.zeros((height, width, 3))
        for _ in range(10):
            across, down, shift = random.uniform(-20, 20, 3)
            picture += random.uniform(0, 40, 3) * np.sin(across * rows + down * columns + shift)[..., None]
        for _ in range(12):
            top, left = random.integers(0, height), random.integers(0, width)
            picture[top : top + height // 6 + 1, left : left + width // 6 + 1] += random.uniform(-90, 90, 3)
        return np.clip(picture + 128, 0, 255).astype(np.uint8)

    return made


@pytest.fixture(scope="session")
def as_file() -> Callable[..., bytes]:
    """Return the bytes of a picture file."""

    def written(pixels: np.ndarray, kind: str = "PNG", mode: str = "RGB", **options: object) -> bytes:
        out = io.BytesIO()
        picture = pixels if isinstance(pixels, Image.Image) else Image.fromarray(pixels)
        picture.convert(mode).save(out, kind, **options)
        return out.getvalue()

    return written
