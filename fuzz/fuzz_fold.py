"""Any text folds, to something that folds no further, with a map that never goes back and never leaves the text."""

from itertools import pairwise

import target
from checks import Broken, case_of, in_time

with target.traced():
    from felinar.kernels.fold import Folded, fold


def one(data: bytes) -> None:
    """Read one input and check it."""
    text, _ = case_of(data)
    folded = fold(text)
    in_time(lambda: fold(text), len(text))
    _check(text, folded)
    if fold(folded.text).text != folded.text:
        raise Broken(f"{folded.text!r} folds further")
    half = len(text) // 2
    if fold(text[:half]).text + fold(text[half:]).text != folded.text:
        raise Broken("a text and its halves fold differently")


def _check(text: str, folded: Folded) -> None:
    starts, ends = list(folded.starts), list(folded.ends)
    if not len(starts) == len(ends) == len(folded.text):
        raise Broken("not one place for each character")
    if any(a > b for a, b in pairwise(starts)) or any(
        not 0 <= a < b <= len(text) for a, b in zip(starts, ends, strict=True)
    ):
        raise Broken("places go back or out of the text")
    for i, (start, end) in enumerate(zip(starts, ends, strict=True)):
        if folded.text[i] not in fold(text[start:end]).text:
            raise Broken(f"{folded.text[i]!r} does not come from {text[start:end]!r}")


if __name__ == "__main__":
    target.run("fold", one)
