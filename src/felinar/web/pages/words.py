"""The part of the search page that looks for words, and for texts like a pasted one."""

from __future__ import annotations

from typing import Any

from felinar.audit import Contact
from felinar.search.pasted import find_like, looks_pasted, near_rows
from felinar.search.refused import Refused
from felinar.search.words import as_rows, find_words
from felinar.store.index import WordIndex, WordsMissing
from felinar.web.visit import Visit

MOST = 50
Told = dict[str, Any]


def by_words(visit: Visit, what: str) -> tuple[Told, Told]:
    """Return what words find, and what the log keeps of it; a search for a young age is refused, and logged as that."""
    try:
        index = WordIndex.open(visit.desk.workspace.folder)
    except WordsMissing as missing:
        return {"said": str(missing), "found": [], "near_texts": []}, {}
    try:
        if looks_pasted(what):
            return _pasted(visit, index, what)
        answer = find_words(visit.reading, index, what, limit=MOST)
    except Refused:
        visit.log("refused", {"search": Contact(what), "why": "a stated age under 18"})
        raise
    rows = [{**row, "snippets": [_pieces(piece) for piece in row["snippets"]]} for row in as_rows(answer)]
    told = {"said": answer.sentence, "found": rows, "near_texts": []}
    return told, {"words": [row["advert_id"] for row in rows], "fit": answer.total}


def _pasted(visit: Visit, index: WordIndex, what: str) -> tuple[Told, Told]:
    answer = find_like(visit.reading, index, what)
    near = near_rows(answer)
    told = {"said": answer.sentence, "found": [], "near_texts": near}
    return told, {"like": [one["advert_id"] for one in near]}


def _pieces(snippet: Told) -> Told:
    """Return a snippet cut into pieces, each with whether the words stand there."""
    start, text, done = snippet["start"], snippet["text"], snippet["start"]
    pieces = []
    for first, last in snippet["hits"]:
        if done <= first and last <= snippet["end"]:
            pieces += [{"text": text[done - start : first - start], "hit": False}]
            pieces += [{"text": text[first - start : last - start], "hit": True}]
            done = last
    pieces.append({"text": text[done - start :], "hit": False})
    cut = {"before": start > 0, "after": len(text) >= 240}
    return {"field": snippet["field"], "pieces": [piece for piece in pieces if piece["text"]], **cut}
