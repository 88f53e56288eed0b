"""Identities under a mask: each number, address, user name and name becomes a label, the same in the whole dossier.

What is masked is what was read: keys and mentions of the kinds below, addresses of adverts, accounts and all columns
that nobody has looked at; in texts also whatever looks like a number, an address or a link. A name that no extractor
knows stays.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

from felinar.export.told import IDENTIFIERS
from felinar.ids import canonical_json
from felinar.store.published import Published, Row

KINDS = (*IDENTIFIERS, "name", "employer")
_BLOCK = "█"
_WITHHELD = ("url", "account", "source_id", "extra")  # each leads to the advert, and so to the person, in one step
_TEXTS = ("title", "body", "contact_text", "place_text", "price_text")
# Words as values have them (a@b.example, +44770…), and their pieces in any script: between blanks and punctuation.
_WORD = re.compile(r"[^\s,;()\[\]{}\"'“”„«»!?…।॥<>|=*#]+")
_PIECE = re.compile(r"[^\s!-/:-@\[-`{-~\u00a0-\u00bf\u0964\u0965\u2000-\u206f\u3000-\u303f]+")
_ENDS = ".,:/-_"
_LOOKS_LIKE = re.compile(
    r"https?://\S+|www\.\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|@[\w.]{3,}|(?:\+|\b)\d(?:[\s().,/-]{0,3}\d){6,}"
)
_IN_DATA = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\+\d{6,15}|@[\w.]{3,}")
_EVIDENCE = ("evidence", "link_evidence", "weakest_link", "history")


class Masks:
    """The labels of one dossier; `labels` gives each (kind, value) its label, in the order of `add`."""

    def __init__(self) -> None:
        self.labels: dict[tuple[str, str], str] = {}
        self._by_word: dict[str, str] = {}
        self._pieces: set[str] = set()  # of words in which adverts write an identity; for templates
        self._counts: dict[str, int] = {}

    def add(self, kind: str, value: str, raw: str = "") -> str:
        """Return the label of a value; `raw` is how an advert writes it."""
        kind, value = _identity(kind, value)
        if (kind, value) not in self.labels:
            self._counts[kind] = self._counts.get(kind, 0) + 1
            self.labels[kind, value] = f"{kind} {self._counts[kind]}"
        label = self.labels[kind, value]
        self._pieces.update(_PIECE.findall(raw.casefold()))
        named = kind in ("name", "employer")
        for word in [word for text in (value, raw) for word in (_PIECE if named else _WORD).findall(text.casefold())]:
            if _tells(kind, word.strip(_ENDS)):
                self._by_word.setdefault(word.strip(_ENDS), label)
        return label

    def add_advert(self, row: Row) -> None:
        """Add all that identifies somebody in an advert."""
        for mention in row["mentions"]:
            if _masks(mention):
                self.add(mention["kind"], mention["value"], _raw(row, mention))

    def gather(self, published: Published, operation_ids: Iterable[int], advert_ids: Iterable[int]) -> None:
        """Add all that identifies somebody in these operations and adverts."""
        operations, texts = list(operation_ids), set()
        for operation_id in operations:
            for key in published.keys_of_operation(operation_id):
                if _kind_is_masked(key["key_kind"]):
                    self.add(key["key_kind"], key["value"])
                elif key["key_kind"] == "near_duplicate":
                    texts.add(int(key["value"]))  # the advert whose words the common text has; it may be another's
        for operation_id in operations:
            for row in published.adverts_of_operation(operation_id):
                self.add_advert(row)
            for name in (published.operation(operation_id) or {"names": []})["names"]:
                self.add("name", name)
        for row in published.adverts({*advert_ids, *texts}):
            self.add_advert(row)

    def text(self, text: str) -> str:
        """Return a text of a person with every known or likely identity in it replaced."""
        return _LOOKS_LIKE.sub("[masked]", self._words_replaced(text))

    def data(self, value: Any) -> Any:
        """Return data with every text in it masked; names of fields, numbers and ids stay."""
        return self._deep(value)

    def identifies_nobody(self, details: str) -> bool:
        """Return whether JSON of the log says the same with and without masks."""
        value = json.loads(details)
        return bool(self._deep(value) == value)

    def row(self, row: Row) -> Row:
        """Return a published row with labels instead of identities; the shapes stay."""
        out = dict(row)
        if _kind_is_masked(row.get("key_kind", "")):
            out |= {"value": self.add(row["key_kind"], row["value"]), "key_id": 0, "backwards": ""}
        for name in _EVIDENCE:
            if isinstance(row.get(name), str) and row[name]:
                out[name] = self._data(row[name])
        for side in ("reasons_for", "reasons_against"):
            if side in row:
                out[side] = [{**reason, "evidence": self._data(reason["evidence"])} for reason in row[side]]
        if "names" in row:
            out["names"] = [self.add("name", name) for name in row["names"]]
        if "places" in row:  # a name may be read as a place
            out["places"] = [self._words_replaced(place) for place in row["places"]]
        if "tokens" in row:
            out["tokens"] = [_BLOCK * 3 if self._gives_away(token) else token for token in row["tokens"]]
        return self._advert(out) if "mentions" in row else out

    def _advert(self, row: Row) -> Row:
        """Return an advert whose identities are covered by blocks of the same length, so that all places stay."""
        covered = {name: self._covered(row, name) for name in _TEXTS}
        out = row | covered | dict.fromkeys(_WITHHELD, "")
        out["mentions"] = [self._mention(row, covered, one) for one in row["mentions"] if one["field"] != "url"]
        out["slots"] = [{**slot, "value": _slice(covered, slot)} for slot in row["slots"]]
        out["pictures"] = [{**picture, "path": "", "sha256": "", "image_id": ""} for picture in row["pictures"]]
        return out

    def _mention(self, row: Row, covered: Row, mention: dict[str, Any]) -> dict[str, Any]:
        """Return a mention with its label; what was read from characters that are covered says nothing either."""
        if _masks(mention):
            label = self.add(mention["kind"], mention["value"], _raw(row, mention))
        elif _BLOCK in _raw(covered, mention):
            label = "[masked]"
        else:
            return mention
        return {**mention, "value": label, "display": label, "evidence": "{}"}

    def _covered(self, row: Row, field: str) -> str:
        text = row[field] or ""
        spans = [(m["start"], m["end"]) for m in row["mentions"] if m["field"] == field and _masks(m)]
        spans += [found.span() for found in _LOOKS_LIKE.finditer(text)]
        spans += [found.span() for found in _WORD.finditer(text) if self._label_of(found[0])]
        spans += [found.span() for found in _PIECE.finditer(text) if self._label_of(found[0])]
        letters = list(text)
        for start, end in spans:
            for at in range(max(0, start or 0), min(end or 0, len(letters))):
                letters[at] = letters[at] if letters[at].isspace() else _BLOCK
        return "".join(letters)

    def _gives_away(self, token: str) -> bool:
        """Return whether a word of a common text is part of an identity in one of its adverts."""
        return any(piece in self._pieces for piece in _PIECE.findall(token.casefold()))

    def _data(self, text: str) -> str:
        """Return canonical JSON with every text in it masked; ids and numbers stay."""
        return canonical_json(self._deep(json.loads(text)))

    def _deep(self, value: Any) -> Any:
        if isinstance(value, str):
            return _IN_DATA.sub("[masked]", self._words_replaced(value))
        if isinstance(value, list):
            return [self._deep(one) for one in value]
        if isinstance(value, dict):
            return {name: self._deep(one) for name, one in value.items()}
        return value

    def _words_replaced(self, text: str) -> str:
        return _WORD.sub(lambda found: self._label_of(found[0]) or _PIECE.sub(self._piece_replaced, found[0]), text)

    def _piece_replaced(self, found: re.Match[str]) -> str:
        return self._label_of(found[0]) or found[0]

    def _label_of(self, word: str) -> str:
        return self._by_word.get(word.casefold().strip(_ENDS), "")


def _tells(kind: str, word: str) -> bool:
    """Return whether a word of a value gives it away by itself."""
    if kind.startswith("picture"):
        return True
    if kind in ("name", "employer"):
        return len(word) > (1 if kind == "name" else 3)
    return sum(letter.isdigit() for letter in word) >= 4 or (len(word) > 4 and any(c in word for c in ":@."))


def _kind_is_masked(kind: str) -> bool:
    """Return whether keys of a kind are masked: pictures too, because the name of a file may say anything."""
    return kind in KINDS or kind.startswith("picture")


def _masks(mention: dict[str, Any]) -> bool:
    return mention["kind"] in KINDS or mention["value"].startswith("employer:")


def _identity(kind: str, value: str) -> tuple[str, str]:
    """Return kind and value as they are labelled: an employer is read as a job field."""
    return ("employer", value.partition(":")[2]) if value.startswith("employer:") else (kind, value)


def _raw(row: Row, mention: dict[str, Any]) -> str:
    return _slice(row, mention) if mention["start"] is not None else ""


def _slice(texts: Row, span: dict[str, Any]) -> str:
    return str((texts.get(span["field"]) or "")[span["start"] : span["end"]])
