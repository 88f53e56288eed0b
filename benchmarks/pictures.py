"""Pictures read and hashed beside pdqhash, threatexchange and perception: JPEG of 600 x 800 pixels per CPU second.

Every engine gets the bytes of a file. Distance: bits in which the hash differs from that of pdqhash on the same pixels,
at most, over pictures of quality 50 or more. Usage: python benchmarks/pictures.py [PICTURES]
"""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pdqhash
from PIL import Image

from _clock import seconds
from _photographs import photograph
from _pictures import abstract, jpeg
from felinar.kernels.pdq import as_hex, pdq
from felinar.pictures.decode import decoded
from felinar.pictures.intake import look
from felinar.pictures.sniff import header_of

Engine = Callable[[bytes], str]
QUALITY = 50


def felinar(data: bytes) -> str:
    return as_hex(pdq(decoded(header_of(data), data).pixels).turns[0])


def felinar_intake(data: bytes) -> str:
    return look(data).pdq


def of_pdqhash(data: bytes) -> str:
    return _hex(pdqhash.compute(np.asarray(Image.open(io.BytesIO(data)).convert("RGB")))[0])


def of_threatexchange() -> Engine:
    from threatexchange.signal_type.pdq.pdq_hasher import pdq_from_bytes

    return lambda data: str(pdq_from_bytes(data)[0])


def of_perception() -> Engine:
    from perception.hashers import PDQHash

    hasher = PDQHash()
    return lambda data: str(hasher.compute(io.BytesIO(data), hash_format="hex"))


def _hex(bits: np.ndarray) -> str:
    return np.packbits(bits.astype(np.uint8)).tobytes().hex()


def _away(one: str, other: str) -> int:
    return (int(one, 16) ^ int(other, 16)).bit_count()


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    pictures = [jpeg(photograph(n) if n % 2 else abstract(n, 600, 800)) for n in range(count)]
    for data in pictures[:2]:
        felinar_intake(data)  # compile
    engines: dict[str, Engine] = {
        "felinar, decode and PDQ in 8 turns": felinar,
        "felinar, whole intake with points": felinar_intake,
        "Pillow and pdqhash, 1 turn": of_pdqhash,
    }
    for name, rival in (("threatexchange", of_threatexchange), ("perception", of_perception)):
        try:
            engines[f"{name}, 1 turn"] = rival()
        except ImportError:
            print(f"SKIPPED: {name} is not installed (pip install {name}; perception wants an older OpenCV).")
    truth = [pdqhash.compute(np.asarray(Image.open(io.BytesIO(data)).convert("RGB"))) for data in pictures]
    expected = [_hex(bits) for bits, _ in truth]
    clear = [number for number, (_, quality) in enumerate(truth) if quality >= QUALITY]
    path = Path(__file__).parent / "results" / "pictures.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("engine", "pictures", "ms_each", "per_cpu_second", "distance_at_most", "of_quality_50"))
        for name, engine in engines.items():
            hashes = [engine(data) for data in pictures]
            away = max((_away(hashes[n], expected[n]) for n in clear), default=0)
            each = seconds(lambda engine=engine: [engine(data) for data in pictures], 3) / len(pictures)
            row = (name, len(pictures), f"{1000 * each:.2f}", round(1 / each), away, len(clear))
            writer.writerow(row)
            print(*row, flush=True)


if __name__ == "__main__":
    main()
