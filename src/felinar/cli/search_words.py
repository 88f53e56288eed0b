"""The part of `felinar search` that looks for words and for texts like a pasted one: what is told and logged."""

from __future__ import annotations

from typing import Any

from felinar.cli.reading import Reading
from felinar.export.sentences import count, day
from felinar.search.pasted import PastedAnswer, find_like, looks_pasted, near_rows
from felinar.search.words import WordsAnswer, as_rows, find_words
from felinar.store.index import WordIndex, WordsMissing

_MARKS = ("«", "»")


def words(reading: Reading, what: str, most: int, asked: bool) -> dict[str, Any]:
    """Return what was found by words or as a text, with `log` for the log; empty where no index is there to ask.

    `asked`: the person asked for words, so a missing index is an error.
    """
    try:
        index = WordIndex.open(reading.workspace.folder)
    except WordsMissing as missing:
        if asked:
            raise
        return {"said": str(missing), "log": {}}
    if looks_pasted(what) and not asked:
        return _pasted(find_like(reading.published, index, what))
    return _words(find_words(reading.published, index, what, limit=most))


def _words(answer: WordsAnswer) -> dict[str, Any]:
    rows = as_rows(answer)
    log = {"words": [row["advert_id"] for row in rows], "fit": answer.total}
    return {"said": answer.sentence, "total": answer.total, "found": rows, "log": log}


def _pasted(answer: PastedAnswer) -> dict[str, Any]:
    near = near_rows(answer)
    return {"said": answer.sentence, "near_texts": near, "log": {"like": [one["advert_id"] for one in near]}}


def words_text(data: dict[str, Any]) -> list[str]:
    """Return the lines of what was found by words or as a text."""
    lines = [data["said"]]
    for row in data.get("found", []):
        lines.append(f"{_advert(row)}  operation {row['operation_id']}")
        lines += [f"  {_marked(piece)}" for piece in row["snippets"] if piece["field"] != "title"]
    for near in data.get("near_texts", []):
        group = (
            f"near-duplicates: {count(near['adverts'], 'advert')} (key:{near['group']})" if near["group"] else "alone"
        )
        said = f"{near['like'] / 10:.0f} % the same, {near['held'] / 10:.0f} % of the pasted text in it"
        lines += [f"{_advert(near)}  operation {near['operation_id']}", f"  {said}; {group}"]
    return lines


def _advert(row: dict[str, Any]) -> str:
    return f"advert {row['advert_id']} [{row['source_id']}]  {day(row['posted_at'])}  {row['site']}  {row['title']}"


def _marked(piece: dict[str, Any]) -> str:
    """Return a piece of text in one line with the hits in marks, and dots where it was cut."""
    text, start, done = "", piece["start"], piece["start"]
    for first, last in piece["hits"]:
        if done <= first and last <= piece["end"]:
            text += piece["text"][done - start : first - start] + piece["text"][first - start : last - start].join(
                _MARKS
            )
            done = last
    text += piece["text"][done - start :]
    return ("… " if start else "") + " ".join(text.split()) + (" …" if len(piece["text"]) >= 240 else "")
