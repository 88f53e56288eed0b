"""Time must grow with the length: a short text repeated eight times as often may take twelve times as long, no more."""

import target
from checks import Broken, case_of, min_seconds

with target.traced():
    from felinar.extract import EXTRACTORS
    from felinar.kernels.fold import fold

SHORT, TIMES, MOST, LEAST_SECONDS = 2_000, 8, 12, 0.05


def one(data: bytes) -> None:
    """Read one input and check it."""
    text, context = case_of(data[:40])
    if not text:
        return
    short, long = (fold(text * (size // len(text))) for size in (SHORT, SHORT * TIMES))
    for extractor in EXTRACTORS:
        _check(extractor, context, short.original, long.original)


def _check(extractor: object, context: object, short: str, long: str) -> None:
    def seconds(text: str, times: int) -> float:
        return min_seconds(lambda: list(extractor.find(fold(text), context)), times)

    if (after := seconds(long, 1)) < LEAST_SECONDS or after < MOST * seconds(short, 2):
        return
    if (after := seconds(long, 3)) > MOST * (before := seconds(short, 3)) and after > LEAST_SECONDS:
        raise Broken(f"{extractor.name}: {before:.3f} s for {len(short)} characters, {after:.3f} s for {len(long)}")


if __name__ == "__main__":
    target.run("growth", one)
