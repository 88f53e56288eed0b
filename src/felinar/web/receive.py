"""Take one uploaded file: streamed to the disk of the workspace as it comes in, never held in memory or elsewhere."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass, field
from io import BufferedWriter
from pathlib import Path
from typing import TYPE_CHECKING

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request

from felinar.errors import FelinarError, WorkspaceProblem

if TYPE_CHECKING:
    from python_multipart.multipart import MultipartCallbacks

_LONGEST_HEAD = 8 << 10  # bytes of the header of a part
_NO_FILE = "No file was sent. Choose one, then send it."


@dataclass(frozen=True)
class Received:
    """A file that came in: its name as the browser gave it (not to be trusted), and where it lies for now."""

    name: str
    path: Path


async def receive(request: Request, folder: Path) -> Received:
    """Write the first file of a multipart form into the folder, under a name that nobody lists; the caller moves it.

    FelinarError where there is no file, or the form is broken. How much may come is for the route to say.
    """
    kind, options = parse_options_header(request.headers.get("content-type", ""))
    if kind != b"multipart/form-data" or not options.get(b"boundary"):
        raise FelinarError(_NO_FILE)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f".{secrets.token_hex(8)}.part"
    with path.open("xb") as out:
        try:
            form = _Form(out)
            parser = MultipartParser(options[b"boundary"], form.callbacks())
            async for piece in request.stream():
                await run_in_threadpool(parser.write, piece)
            parser.finalize()
            if not form.name or not form.whole:
                raise FelinarError(_NO_FILE)
            out.flush()
            os.fsync(out.fileno())
        except (FormParserError, ClientDisconnect) as problem:
            path.unlink()
            raise FelinarError(f"The file did not arrive whole ({problem}). Send it again.") from None
        except OSError as problem:
            path.unlink()
            raise WorkspaceProblem(f"The file cannot be kept: {problem.strerror}. Make room on the disk.") from None
        except BaseException:
            path.unlink()
            raise
    return Received(form.name, path)


@dataclass
class _Form:
    """What the parser says, part by part: the first part with a file name is written, everything else is dropped."""

    out: BufferedWriter
    name: str = ""
    whole: bool = False
    _writing: bool = False
    _head: list[tuple[bytearray, bytearray]] = field(default_factory=list)

    def callbacks(self) -> MultipartCallbacks:
        """Return what the parser calls."""
        return {
            "on_part_begin": self._head.clear,
            "on_header_begin": lambda: self._head.append((bytearray(), bytearray())),
            "on_header_field": lambda data, start, end: self._more(0, data[start:end]),
            "on_header_value": lambda data, start, end: self._more(1, data[start:end]),
            "on_headers_finished": self._begin,
            "on_part_data": self._write,
            "on_part_end": self._end,
        }

    def _more(self, place: int, piece: bytes) -> None:
        self._head[-1][place].extend(piece)
        if sum(len(part) for pair in self._head for part in pair) > _LONGEST_HEAD:
            raise FormParserError("a header is too long")

    def _begin(self) -> None:
        head = {bytes(name).lower(): bytes(value) for name, value in self._head}
        _, options = parse_options_header(head.get(b"content-disposition", b""))
        name = options.get(b"filename", b"").decode("utf-8", "replace")
        self._writing = bool(name) and not self.name
        self.name = self.name or name

    def _write(self, data: bytes, start: int, end: int) -> None:
        if self._writing:
            self.out.write(data[start:end])

    def _end(self) -> None:
        self.whole |= self._writing
        self._writing = False
