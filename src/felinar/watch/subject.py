"""What is watched: a contact, the near-duplicates of an advert (a template), or words with filters."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from felinar.errors import FelinarError
from felinar.ids import canonical_json
from felinar.search.look_up import look_up
from felinar.search.pasted import looks_pasted
from felinar.search.query import is_filtered, read_query
from felinar.search.readings import readings
from felinar.search.refused import refuse_young
from felinar.search.words import gated_operations
from felinar.store.index import WordIndex, WordsMissing
from felinar.store.published import Published

MOST = 10_000  # adverts; a watch on more is no watch but a reading of the pile
_THING = re.compile(r"(key|advert):(\d+)")
# Ways to read a text that name one contact.
_CONTACTS = ("phone", "phone ending", "email", "handle", "url", "user")


@dataclass(frozen=True)
class Subject:
    """What is watched: `kind` is contact, template or words; `what` its canonical JSON; `said` the same in words."""

    kind: str
    what: str
    said: str


def subject_of(published: Published, typed: str) -> Subject:
    """Return what was typed as something to watch; an error says why it cannot be, Refused that it must not be."""
    refuse_young(typed)
    text = " ".join(typed.split())
    thing = _THING.fullmatch(text)
    if thing:
        return _template(published, thing[1], int(thing[2]))
    found = [reading for reading in readings(text) if reading.kind in _CONTACTS] if not is_filtered(text) else []
    if looks_pasted(text):
        raise FelinarError("A pasted text is not watched: find its group with `felinar search`, then watch key:ID.")
    if found:
        # The value itself where it is read back as the same: so that one number is not watched in two notations.
        value = found[0].value if found[0] in readings(found[0].value) else text
        return Subject("contact", canonical_json({"typed": value}), found[0].how)
    read = read_query(text)
    if read.query.is_empty:
        raise FelinarError(f"'{typed}' holds nothing to watch: give a contact, key:ID, advert:ID or words.")
    return Subject("words", canonical_json({"typed": text}), f"adverts with {read.how}")


def said(kind: str, what: str) -> str:
    """Return a subject in words, from what the desk keeps of it."""
    content = json.loads(what)
    if kind == "template":
        return f"adverts with nearly the text of advert {content['advert_id']}"
    if kind == "words":
        return f"adverts with {read_query(content['typed']).how}"
    return next((r.how for r in readings(content["typed"]) if r.kind in _CONTACTS), content["typed"])


def adverts_of(published: Published, index: WordIndex | None, subject: tuple[str, str], most: int = MOST) -> list[int]:
    """Return the published adverts that fit a subject (kind, what), by id; of words, the first `most` and one more."""
    kind, content = subject[0], json.loads(subject[1])
    if kind == "template":
        return _same_text(published, int(content["advert_id"]))
    if kind == "words":
        return _with_words(published, index, content["typed"], most)
    answer = look_up(published, content["typed"])
    shown = {advert_id for key in answer.keys for advert_id in published.adverts_of_key(key["key_no"])}
    return sorted(shown | set(answer.weak_advert_ids))


def _with_words(published: Published, index: WordIndex | None, typed: str, most: int) -> list[int]:
    """Return the adverts with these words that do not stand behind the gate: who is young is not found by words."""
    if index is None:
        raise WordsMissing("Words cannot be watched without the index of words; `felinar search` says what is missing.")
    rows = published.plain_adverts(advert_id for advert_id, _ in index.find(read_query(typed).query, most + 1).rows)
    gated = gated_operations(published, (row["operation_id"] for row in rows))
    return [row["advert_id"] for row in rows if row["operation_id"] not in gated]


def _template(published: Published, kind: str, number: int) -> Subject:
    """A group's id changes when an epoch begins; an advert's never does: so the group is watched by one of its own."""
    advert_id = number
    if kind == "key":
        keys = [key for key in published.keys_by_id(number) if key["key_kind"] == "near_duplicate"]
        if not keys:
            raise FelinarError(f"key:{number} is no group of nearly the same texts. A contact is watched by its value.")
        advert_id = int(keys[0]["value"])
    elif published.advert(number) is None:
        raise FelinarError(f"There is no advert {number} here; nothing is watched.")
    what = canonical_json({"advert_id": str(advert_id)})
    return Subject("template", what, said("template", what))


def _same_text(published: Published, advert_id: int) -> list[int]:
    groups = [key for key in published.keys_of_advert(advert_id) if key["key_kind"] == "near_duplicate"]
    found = {i for key in groups for i in published.adverts_of_key(key["key_no"])}
    return sorted(found | ({advert_id} if published.advert(advert_id) else set()))
