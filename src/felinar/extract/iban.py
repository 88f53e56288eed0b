"""Bank account numbers (IBAN), verified by length and check digits (ISO 13616, ISO 7064 MOD 97-10)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from felinar.extract.contract import Context, Extractor, Found
from felinar.kernels.fold import Folded

# Length by country, from the IBAN registry.
_LENGTHS_TEXT = (
    "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DK18 DO28 EE20 EG29 ES24"
    " FI18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32"
    " LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MR27 MT31 MU30 NL18 NO15 PK24 PL28 PS29 PT25 QA29 RO24 RS22"
    " SA24 SC31 SE24 SI19 SK24 SM27 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20"
)
_LENGTHS = {code[:2]: int(code[2:]) for code in _LENGTHS_TEXT.split()}
_SHAPE = re.compile(r"(?<![a-z0-9])[a-z]{2}[0-9]{2}(?:[ .\-\xa0]?[a-z0-9]){11,30}")
# Begins with the digit, which is rarer than a letter: so the search runs through a text at full speed.
_HINT = re.compile(r"[0-9](?<=[a-z]{2}.)[0-9][ .\-\xa0]?[a-z0-9]{4}")


def find(text: Folded, context: Context) -> Iterator[Found]:
    """Return the account numbers without blanks, in capitals, whose check digits are right."""
    if not _HINT.search(text.text):
        return
    for match in _SHAPE.finditer(text.text):
        length = _LENGTHS.get(match.group()[:2].upper())
        end = _end_of(match.group(), length or 0) + match.start()
        value = "".join(c for c in text.text[match.start() : end] if c.isalnum()).upper()
        if length == len(value) and is_valid(value) and not text.text[end : end + 1].isalnum():
            first, last = text.span(match.start(), end)
            grouped = " ".join(value[i : i + 4] for i in range(0, length, 4))
            yield Found(first, last, value, display=grouped, region=value[:2], confidence=99)


def _end_of(shape: str, length: int) -> int:
    """Return the place after `length` letters and digits."""
    end = 0
    while length and end < len(shape):
        length -= shape[end].isalnum()
        end += 1
    return end


def is_valid(value: str) -> bool:
    """Return whether the check digits of an account number in capitals are right."""
    return int("".join(str(int(c, 36)) for c in value[4:] + value[:4])) % 97 == 1


IBAN = Extractor(
    "iban",
    kind="iban",
    version=1,
    find=find,
    examples=(
        ("Pay to GB82 WEST 1234 5698 7654 32 today", ("GB82WEST12345698765432",)),
        ("IBAN:DE89370400440532013000", ("DE89370400440532013000",)),
        ("GB82 WEST 1234 5698 7654 33", ()),
        ("ro49aaaa1b31007593840000 scrie", ("RO49AAAA1B31007593840000",)),
    ),
)
