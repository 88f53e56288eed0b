"""A question of hashes, in JSON: {"md5": …, "sha1": …, "sha256": …, "pdq": …, "quality": …}, any of them."""

from __future__ import annotations

from typing import Any

import numpy as np
import orjson

from felinar.hashlists.hashes import BYTES, EXACT, TITLES
from felinar.hashlists.known import Lists
from felinar.hashlists.turns import ALL_TURNS, turned
from felinar.kernels.pdq import TURN_NAMES, from_hex
from felinar.pictures.looked import KNOWN, KNOWN_REASON, READ, Hit, Looked

_BEST = 100


class BadQuestion(Exception):
    """A question that is not answered; `status` is that of HTTP."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


def answer_to(body: bytes, lists: Lists) -> tuple[str, Looked]:
    """Return which hashes were asked for and what the lists know of them; raises BadQuestion."""
    question = _question(body)
    digests = {kind: str(question[kind]).strip() for kind in EXACT if kind in question}
    hits: list[Hit] = lists.exact(**digests)
    if "pdq" in question:
        words = from_hex(str(question["pdq"]).strip())[None]
        turns = np.concatenate([turned(words, turn) for turn in ALL_TURNS])
        hits += lists.near(turns, TURN_NAMES, question.get("quality", _BEST))
    reason = KNOWN_REASON if hits else "not on a list"
    looked = Looked(KNOWN if hits else READ, reason, sha256=digests.get("sha256", "").lower(), hits=hits)
    looked.quality = question.get("quality", _BEST)
    return " ".join(kind for kind in BYTES if kind in question), looked


def _question(body: bytes) -> dict[str, Any]:
    try:
        question = orjson.loads(body)
    except ValueError:
        raise BadQuestion(400, "The body is no JSON.") from None
    if not isinstance(question, dict) or not set(question) & set(BYTES):
        raise BadQuestion(400, f"Name a hash: {', '.join(BYTES)}.")
    for kind, size in BYTES.items():
        value = question.get(kind)
        if kind in question and not (isinstance(value, str) and _is_hexadecimal(value.strip(), 2 * size)):
            raise BadQuestion(400, f"{TITLES[kind]} is a text of {2 * size} hexadecimal digits.")
    quality = question.get("quality", _BEST)
    if isinstance(quality, bool) or not isinstance(quality, int) or not 0 <= quality <= _BEST:
        raise BadQuestion(400, "The quality is a whole number from 0 to 100.")
    return question


def _is_hexadecimal(text: str, digits: int) -> bool:
    return len(text) == digits and text.isascii() and text.isalnum() and not text.strip("0123456789abcdefABCDEF")
