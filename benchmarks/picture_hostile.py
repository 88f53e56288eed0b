"""What files that mean harm, or are only broken, cost: memory, time and the sentence that is said of each.

Each is looked at in a fresh process, as in use, on its way through hash lists (none here). Usage: picture_hostile.py
"""

from __future__ import annotations

import csv
import io
import struct
import time
import zlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import numpy as np
from PIL import Image

from _pictures import abstract, jpeg
from felinar.hashlists.known import Lists
from felinar.hashlists.reader import ListReader

RESULTS = Path(__file__).parent / "results"
MOST_MEGABYTES, MOST_SECONDS = 1_000, 10
Image.MAX_IMAGE_PIXELS = None


def chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def plain_png(side: int, extra: bytes = b"", kind: int = 2, bits: int = 8) -> bytes:
    """Return a PNG of one colour, packed row by row: it is small, and huge when it is opened."""
    row = bytes(1 + side * {0: 1, 2: 3, 6: 4}[kind] * bits // 8)
    packer = zlib.compressobj(9)
    rows = b"".join([*(packer.compress(row) for _ in range(side)), packer.flush()])
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, bits, kind, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + extra + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def saved(kind: str, side: int, mode: str = "RGB", **options: object) -> bytes:
    out = io.BytesIO()
    Image.new(mode, (side, side), 90 if mode in ("L", "P", "I;16") else None).save(out, kind, **options)
    return out.getvalue()


def many_frames() -> bytes:
    out = io.BytesIO()
    frame = Image.new("P", (2000, 2000))
    frame.save(out, "GIF", save_all=True, append_images=[frame.copy() for _ in range(300)], optimize=False)
    return out.getvalue()


def many_scans() -> bytes:
    """Return a progressive JPEG whose last scan is repeated: every one goes over all pixels again."""
    out = io.BytesIO()
    Image.new("RGB", (6000, 6000), (9, 90, 200)).save(out, "JPEG", progressive=True)
    data = out.getvalue()
    last = data[data.rindex(b"\xff\xda") : -2]
    return data[:-2] + last * 2_000 + data[-2:]


def bad_exif(count: int) -> bytes:
    """Return a JPEG whose EXIF names parts far outside, again and again."""
    entries = b"".join(struct.pack("<HHII", 0x8769 + n % 3, 4, 0xFFFFFFFF, n * 7) for n in range(count))
    exif = b"Exif\0\0II*\0\x08\0\0\0" + struct.pack("<H", count) + entries + b"\x08\0\0\0"
    data = jpeg(abstract(1))
    return data[:2] + b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif + data[2:]


def text_bomb() -> bytes:
    packed = zlib.compress(bytes(400_000_000), 9)
    return plain_png(64, chunk(b"zTXt", b"Comment\0\0" + packed) + chunk(b"iCCP", b"x\0\0" + packed))


def cut(data: bytes, share: float) -> bytes:
    return data[: int(len(data) * share)]


def random_bytes(start: bytes) -> bytes:
    return start + np.random.default_rng(3).bytes(300_000)


FILES: dict[str, Callable[[], bytes]] = {
    "zero bytes": lambda: b"",
    "one byte": lambda: b"\xff",
    "JPEG cut in the header": lambda: cut(jpeg(abstract(2)), 0.004),
    "JPEG cut in half": lambda: cut(jpeg(abstract(2)), 0.5),
    "PNG cut in half": lambda: cut(saved("PNG", 3000), 0.5),
    "JPEG of noise after the first bytes": lambda: random_bytes(jpeg(abstract(2))[:700]),
    "PNG of noise after the first bytes": lambda: random_bytes(saved("PNG", 300)[:60]),
    "WebP of noise after the first bytes": lambda: random_bytes(saved("WEBP", 300)[:40]),
    "TIFF of noise after the first bytes": lambda: random_bytes(saved("TIFF", 300)[:8]),
    "PNG 30,000 x 30,000": lambda: plain_png(30_000),
    "PNG 11,000 x 11,000": lambda: plain_png(11_000),
    "JPEG 11,000 x 11,000": lambda: saved("JPEG", 11_000),
    "PNG 8,000 x 8,000, the largest that is opened": lambda: plain_png(8_000),
    "PNG 8,000 x 8,000, 16 bits": lambda: plain_png(8_000, bits=16),
    "PNG 8,000 x 8,000, see-through": lambda: plain_png(8_000, kind=6),
    "JPEG 8,000 x 8,000": lambda: saved("JPEG", 8_000),
    "JPEG 8,000 x 8,000, CMYK": lambda: saved("JPEG", 8_000, "CMYK"),
    "WebP 8,000 x 8,000": lambda: saved("WEBP", 8_000),
    "GIF 8,000 x 8,000": lambda: saved("GIF", 8_000, "P"),
    "TIFF 8,000 x 8,000, packed": lambda: saved("TIFF", 8_000, compression="tiff_adobe_deflate"),
    "GIF of 301 pictures": many_frames,
    "JPEG of 2,000 more scans": many_scans,
    "EXIF of 5,000 broken parts": lambda: bad_exif(5_000),
    "400 MB of packed text in the metadata, twice": text_bomb,
    "SVG": lambda: b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>",
    "PostScript": lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\nshowpage\n",
    "120 MB of zeros behind a picture": lambda: jpeg(abstract(2)) + bytes(120_000_000),
}


def cost(data: bytes, folder: Path) -> tuple[float, float, str, str]:
    """Return the most megabytes, seconds of the processor, state and reason."""
    with ListReader(folder, Lists.load(folder), points=True) as reader:
        reader.ready()
        process = reader._process
        assert process is not None
        before = seconds_of(process.pid)
        seen = [before, 0.0]
        with ThreadPoolExecutor(1) as beside:
            done = beside.submit(reader.look_at, io.BytesIO(data))
            while not done.done():
                look_in(process.pid, seen)
                time.sleep(0.02)
        look_in(process.pid, seen)
        looked = done.result()
    return seen[1], seen[0] - before, looked.state, looked.reason


def look_in(process: int, seen: list[float]) -> None:
    """Write what a process has used so far: seconds of the processor, most megabytes; nothing once it is gone."""
    with suppress(OSError, StopIteration):
        rows = Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines()
        megabytes = next(int(row.split()[1]) for row in rows if row.startswith("VmHWM")) / 1000
        seen[:] = [seconds_of(process), megabytes]


def seconds_of(process: int) -> float:
    """Return how long a process has used the processor."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / 100


def main() -> None:
    rows = []
    for name, make in FILES.items():
        data = make()
        megabytes, seconds, state, reason = cost(data, Path("none"))
        kept = megabytes <= MOST_MEGABYTES and seconds <= MOST_SECONDS
        rows.append((name, len(data), round(megabytes), f"{seconds:.2f}", state, reason, "yes" if kept else "NO"))
        print(*rows[-1], sep="\t", flush=True)
    with (RESULTS / "picture_hostile.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("file", "bytes", "megabytes_at_most", "cpu_seconds", "state", "reason", "within_limits"))
        writer.writerows(rows)


if __name__ == "__main__":
    main()
