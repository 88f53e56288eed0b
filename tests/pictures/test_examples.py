"""PDQ is Meta's on Meta's own examples, which are not copied: FELINAR_PDQ_EXAMPLES names the folder pdq/data of their
repository ThreatExchange."""

import os
from pathlib import Path

import pytest

pdqhash = pytest.importorskip("pdqhash")
EXAMPLES = Path(os.environ.get("FELINAR_PDQ_EXAMPLES", "no such folder"))
ENDINGS = {".jpg", ".png", ".webp"}


@pytest.mark.skipif(not EXAMPLES.is_dir(), reason="FELINAR_PDQ_EXAMPLES names no folder with Meta's examples of PDQ")
def test_every_example_has_the_hash_of_the_reference():
    import numpy as np
    from PIL import Image

    from felinar.pictures.intake import look

    files = [file for file in sorted(EXAMPLES.rglob("*")) if file.suffix in ENDINGS]
    assert files
    for file in files:
        with Image.open(file) as picture:
            bits, _ = pdqhash.compute(np.asarray(picture.convert("RGB")))
        assert look(file.read_bytes()).pdq == np.packbits(bits.astype(np.uint8)).tobytes().hex(), file.name
