"""Pictures of the world as files: own, reused, edited, stolen and stock ones, and the truth beside them."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import cast

from felinar.demo import places
from felinar.demo.advert import Advert
from felinar.demo.drawing import EDITS, card, drawn, png

FOLDER = "pictures"
HEADER = "source_id,file,picture,edit,whose\n"
CARD = "no-photo"
CARD_RATE, EDIT_RATE = 0.04, 0.5
# Operations of at least so many adverts have their pictures as files, and of each picture at most so many edits.
SMALLEST, MOST_EDITS = 3, 3


@dataclass
class Gallery:
    """Writes the picture files of the first `operations` operations that are large enough; 0: no files at all.

    `truth` are lines of pictures.csv: which picture a file shows, how it was edited, and whether it is the operation's
    own, stock, or a card that stands for no picture; a picture of two operations was stolen by one of them.
    """

    out: Path
    operations: int
    seed: int
    truth: list[str] = field(default_factory=list)
    _with_files: set[str] = field(default_factory=set)
    _written: set[str] = field(default_factory=set)
    _edits: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._rng = Random(f"pictures {self.seed}")  # noqa: S311 - a world that can be made again, nothing secret

    def hang(self, advert: Advert) -> None:
        """Give the advert picture files instead of names alone, where its operation has files."""
        operation = advert.operation
        own = operation.operation_id
        if own not in self._with_files:
            if len(self._with_files) >= self.operations or operation.size < SMALLEST:
                return
            self._with_files.add(own)
        names = cast(list[str], advert.record["images"])
        shown = [CARD] if self._rng.random() < CARD_RATE else [Path(name).stem for name in names]
        files = [self._file(picture) for picture in shown]
        advert.record["images"] = [file for file, _ in files]
        for picture, (file, edit) in zip(shown, files, strict=True):
            self.truth.append(f"{advert.record['id']},{file},{picture},{edit},{_whose(picture)}\n")

    def _file(self, picture: str) -> tuple[str, str]:
        """Return a file of this picture and how it was edited; written when it is met for the first time."""
        edit = ""
        if picture != CARD and self._rng.random() < EDIT_RATE:
            known = self._edits.setdefault(picture, [])
            if len(known) < MOST_EDITS:
                known.append(self._rng.choice(list(EDITS)))
            edit = self._rng.choice(known)
        file = f"{FOLDER}/{picture}{'-' if edit else ''}{edit}.png"
        if file not in self._written:
            self._written.add(file)
            pixels = card(picture) if picture == CARD else drawn(picture)
            (self.out / FOLDER).mkdir(exist_ok=True)
            (self.out / file).write_bytes(png(EDITS[edit](pixels) if edit else pixels))
        return file, edit

    def write_truth(self) -> None:
        """Write pictures.csv, by advert and file; none where the world has no picture files."""
        if self.operations:
            (self.out / f"{FOLDER}.csv").write_text(HEADER + "".join(sorted(self.truth)), encoding="utf-8")


def _whose(picture: str) -> str:
    if picture == CARD:
        return "card"
    return "stock" if any(Path(name).stem == picture for name in places.STOCK_PICTURES) else "own"
