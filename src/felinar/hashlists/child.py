"""The process that looks at pictures with lists at hand; speaks as `felinar.pictures.child` does.

python -m felinar.hashlists.child FOLDER [points] [text]
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from felinar.hashlists.known import Lists
from felinar.kernels.pdq import QUALITY, TURN_NAMES, TURNS, WORDS
from felinar.pictures import child

if __name__ == "__main__":
    lists = Lists.load(Path(sys.argv[1]))
    lists.near(np.zeros((TURNS, WORDS), dtype=np.uint64), TURN_NAMES, QUALITY)  # compiles before the limits
    child.main(lists, points="points" in sys.argv[2:], text="text" in sys.argv[2:])
