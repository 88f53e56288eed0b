"""Extensions behind a number: `x 12`, `ext. 12`, `Durchwahl 12`, `доб. 12`; the number without them is the value."""

from __future__ import annotations

import json
import re

from felinar.extract.contract import Found
from felinar.ids import canonical_json
from felinar.kernels.fold import fold

_WORDS = fold(
    r"x|ext|extn|exten|extension|poste|anexo|interno|int|ramal|durchwahl|dw|доб|добавочный|добавочныи|вн|внутр|wew|"
    r"toestel|dahili|linka|klapka|mellek|anknytning|ankn|lokal|εσωτ|εσωτερικο|एक्सटेंशन|تحويلة|interior|prelungire"
).text
# A number may not end in the letters of these, and an amount may follow `x`: so digits must stand on both sides.
_B = "[ \\t\\n]"  # a blank for any engine
_APART = rf"{_B}{{0,2}}[,;(/-]?{_B}{{0,2}}"
EXTENSION_GATE = rf"[0-9)](?:{_APART}(?:{_WORDS[2:]})|[0-9]{{2}}\)?{_APART}x)\.?{_B}{{0,2}}[:#]?{_B}{{0,2}}[0-9]"
_EXTENSION = re.compile(rf"\s*[,;(/-]?\s*(?:{_WORDS})\.?\s*[:#]?\s*([0-9]{{1,6}})(?![0-9])")
_REACH = 40


def with_extension(original: str, found: Found) -> Found:
    """Return the mention with `extension` in its evidence, if one follows the number in the original text."""
    match = _EXTENSION.match(fold(original[found.end or 0 : (found.end or 0) + _REACH]).text)
    if match is None:
        return found
    evidence = {**json.loads(found.evidence or "{}"), "extension": match[1]}
    return found._replace(evidence=canonical_json(evidence))
