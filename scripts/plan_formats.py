"""The international formats of every country code, as build_plans.py packs them."""

from __future__ import annotations

import re

import numpy as np
from digit_automata import Pool, matcher
from numpy.typing import NDArray
from phonenumbers import COUNTRY_CODE_TO_REGION_CODE

from felinar.extract import phone_display

LONGEST = 20


class Signs:
    """The ASCII sign before every digit of a number, 0 for none; row 0: does not fit, row 1: no sign."""

    def __init__(self) -> None:
        self.known: dict[bytes, int] = {b"\xff" * LONGEST: 0, bytes(LONGEST): 1}

    def row(self, signs: bytes | None) -> int:
        """Return the number of a row."""
        return 0 if signs is None else self.known.setdefault(signs, len(self.known))


def format_rows(pool: Pool, signs: Signs) -> NDArray[np.int64]:
    """Return the formats of all country codes: first state of the leading digits, then the signs for every length."""
    rows = []
    for code in sorted(COUNTRY_CODE_TO_REGION_CODE):
        for begins, whole, written in phone_display._formats(str(code)):
            leading = matcher(pool, begins.pattern if begins else "", lambda places: 1)
            rows.append([leading, *(signs.row(_signs(whole, written, size)) for size in range(1, LONGEST))])
    return np.array(rows)


def _signs(whole: re.Pattern[str], written: str, size: int) -> bytes | None:
    """Return the ASCII sign before every digit of a number of this size, 0 for none; None where it does not fit."""
    if re.fullmatch(r"(?:\(\\d(?:\{\d+(?:,\d+)?\})?\))+", whole.pattern) is None:
        raise SystemExit(f"The format '{whole.pattern}' is not read: its groups are not of any digits.")
    match = whole.fullmatch("0" * size)
    if match is None:
        return None
    shown = written.format(*match.groups())
    before = bytearray(LONGEST)
    at = 0
    for sign in shown:
        if sign == "0":
            at += 1
        elif at == size or before[at] or not sign.isascii():
            raise SystemExit(f"The format '{written}' is not read: it has more than one sign between digits.")
        else:
            before[at] = ord(sign)
    if at != size or re.sub(r"\{\d\}", "", written).strip(" -.") or not re.match(r"\{0\}", written):
        raise SystemExit(f"The format '{written}' is not read: it leaves digits out or adds some.")
    if [int(n) for n in re.findall(r"\{(\d)\}", written)] != list(range(len(match.groups()))):
        raise SystemExit(f"The format '{written}' is not read: its groups change places.")
    return bytes(before)
