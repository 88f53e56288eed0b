"""Text written into a picture, read by the program tesseract where it is installed; off unless asked for.

It is read twice: near white alone, which is how numbers are written over photographs, and as it stands. The program is
given plain pixels, so that no decoder of its own meets a file from outside; it writes no file.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator

import cv2
import numpy as np
from numpy.typing import NDArray

PROGRAM = "tesseract"
NOT_INSTALLED = (
    "Text in pictures is not read: the program tesseract is not installed (Debian, Ubuntu: apt install tesseract-ocr)."
)
SECONDS = 2.5  # for each of two readings; a picture as a whole has ten
LONGEST, SHORTEST = 1600, 1000  # pixels of the longer side that the program is given
NEAR_WHITE = 215
SURE = 50  # of 100, for a word to count
MOST_CHARACTERS = 4_000
# How the program looks for text ("page segmentation"): scattered words; a page that it divides itself.
_SCATTERED, _PAGE = "11", "3"
_LINE, _CONFIDENCE, _TEXT = slice(1, 5), 10, 11  # columns of its answer: block, paragraph, line …


def can_read() -> bool:
    """Return whether the program is there."""
    return shutil.which(PROGRAM) is not None


def text_in(pixels: NDArray[np.uint8]) -> str:
    """Return the lines that were read, each once; empty where there are none, or nothing is there to read them."""
    program = shutil.which(PROGRAM)
    if program is None:
        return ""
    grey = _of_good_size(np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), dtype=np.uint8))
    white = _of_good_size(np.where(pixels.min(axis=2) >= NEAR_WHITE, 0, 255).astype(np.uint8), larger=False)
    lines = [*_lines(_asked(program, white, _SCATTERED)), *_lines(_asked(program, grey, _PAGE))]
    return "\n".join(dict.fromkeys(lines))[:MOST_CHARACTERS]


def _of_good_size(grey: NDArray[np.uint8], *, larger: bool = True) -> NDArray[np.uint8]:
    """Return the picture no larger than the program needs, and a small one twice as large."""
    side = max(grey.shape)
    scale = LONGEST / side if side > LONGEST else 2.0 if larger and side < SHORTEST else 1.0
    if scale == 1:
        return grey
    size = max(1, round(grey.shape[1] * scale)), max(1, round(grey.shape[0] * scale))
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(grey, size, interpolation=how), dtype=np.uint8)


def _asked(program: str, grey: NDArray[np.uint8], way: str) -> str:
    """Return what the program answers, empty where it fails or takes too long."""
    height, width = grey.shape
    picture = f"P5 {width} {height} 255\n".encode() + np.ascontiguousarray(grey).tobytes()
    command = [program, "stdin", "stdout", "--psm", way, "-c", "tessedit_create_tsv=1"]
    alone = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    try:
        done = subprocess.run(command, input=picture, capture_output=True, timeout=SECONDS, env=alone, check=False)  # noqa: S603
    except (subprocess.TimeoutExpired, OSError):
        return ""
    return done.stdout.decode("utf-8", "replace")


def _lines(answer: str) -> Iterator[str]:
    """Yield the lines of an answer, of the words that were read surely."""
    lines: dict[tuple[str, ...], list[str]] = {}
    for row in answer.splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) > _TEXT and cells[_TEXT].strip() and float(cells[_CONFIDENCE]) >= SURE:
            lines.setdefault(tuple(cells[_LINE]), []).append(cells[_TEXT].strip())
    return (" ".join(words) for words in lines.values())
