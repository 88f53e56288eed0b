from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from felinar.sources import read

File = Callable[[str, bytes], Path]
TEXTS = {
    "utf-8": ["Ruhige Wohnung für Gäste, täglich geöffnet", "Уборка квартир", "Curățenie în casă"],
    "utf-8-sig": ["Ruhige Wohnung für Gäste", "Уборка квартир", "Curățenie"],
    "utf-16": ["Ruhige Wohnung für Gäste", "Уборка квартир", "Curățenie"],
    "utf-16-le": ["A quiet flat for guests, cleaned every day", "Cleaning of flats", "für alle"],
    "cp1252": [
        "Ruhige Wohnung für Gäste, täglich geöffnet – auch über Mittag",
        "Größere Räume, schöne Möbel",
        "Süße Küche",
    ],
    "cp1251": [
        "Уборка квартир и офисов, звоните каждый день",
        "Хороший массаж в центре города",
        "Работа для всех, жильё есть",
    ],
    "cp1250": [
        "Sprzątanie mieszkań, codziennie także w święta",
        "Masaż leczniczy w śródmieściu",
        "Praca dla każdego, żadnych opłat",
    ],
}


@pytest.mark.parametrize("form", ["csv", "jsonl"])
@pytest.mark.parametrize("encoding", TEXTS)
def test_letters_survive_their_encoding(file: File, encoding: str, form: str) -> None:
    texts = TEXTS[encoding] * 10
    lines = ["text;id", *(f"{t};{n}" for n, t in enumerate(texts))]
    if form == "jsonl":
        lines = [f'{{"text": "{t}", "id": {n}}}' for n, t in enumerate(texts)]
    batches = list(read(file(f"a.{form}", "\n".join(lines).encode(encoding))))
    assert [body for b in batches for body in b.adverts["body"].to_pylist()] == texts
    guessed = encoding.startswith("cp")
    assert [r.severity for b in batches for r in b.rejects] == ["note"] * guessed


def test_lines_may_end_as_on_an_old_mac_or_on_windows(file: File) -> None:
    for end in ("\r", "\r\n", "\n"):
        path = file("a.csv", end.join(["text,id", "one,1", "two,2", ""]).encode())
        assert [t for b in read(path) for t in b.adverts["body"].to_pylist()] == ["one", "two"]


def test_the_line_that_names_the_separator_is_understood(file: File) -> None:
    path = file("a.csv", b"sep=|\ntext|id\none, or; more|1\n")
    assert [t for b in read(path) for t in b.adverts["body"].to_pylist()] == ["one, or; more"]


def test_one_column_of_texts_may_hold_any_separator(file: File) -> None:
    path = file("a.csv", b'text\none, two; three\n"four, five"\n')
    assert [t for b in read(path) for t in b.adverts["body"].to_pylist()] == ["one, two; three", "four, five"]
