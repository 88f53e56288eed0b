"""E-mail addresses, written plainly or disguised: spaced, spoken, `(at)` and `[dot]`, in nine languages.

From each sign or word for "at" we read outwards: labels and dots to the right, words and joints to the left. So the
work is linear in the text, and a domain is only ever what stands there: `max at gmx` is no address.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import islice

from felinar.extract.contract import Context, Extractor, Found
from felinar.extract.signs import hits, register
from felinar.extract.words import AFTER, BEFORE, alternatives, folded, word_set
from felinar.kernels.fold import Folded, fold

_AT_WORDS = (
    "at the rate of|at the rate|at|ät|arroba|arobase|arobas|arobaze|chiocciola|chiocciolina|arond|aron|a "
    "rond|coada de maimuta|"
    "klammeraffe|affenschwanz|собака|собачка|собачка|эт|ат|sobaka|sobachka|एट|ऐट|एट द रेट|arrobase|"
    "małpa|malpa|apenstaartje|apestaartje|snabel-a|snabel a|krøllalfa|zavináč|zavinac|kukac|παπάκι|papaki|"
    "kuyruklu a|равлик|собачко|маймунско а|кльомба|majmun|eta ženklas"
)
# Of these none but an address makes use before a domain; `at example.com` may be any sentence.
_SURE_AT = (
    "arroba|arobase|arobas|arobaze|arrobase|chiocciola|chiocciolina|klammeraffe|affenschwanz|собака|собачка|sobaka|"
    "małpa|malpa|apenstaartje|apestaartje|snabel-a|krøllalfa|zavináč|zavinac|kukac|παπάκι|arond"
)
_SURE = word_set(_SURE_AT)
_ONLY_BRACKETED = "a|chez|bei|presso"
_ENTITIES = "&#64;|&#064;|&#x40;|&commat;"
_AT = re.compile(
    rf"@|{_ENTITIES}|[(\[{{<*_~-]\s?(?:{alternatives(_AT_WORDS)}|{_ONLY_BRACKETED}|@)\s?[)\]}}>*_~-]"
    rf"|{BEFORE}(?:{alternatives(_AT_WORDS)}){AFTER}"
)
_BRACKETED = tuple(f"{a}{w}{b}" for w in _ONLY_BRACKETED.split("|") for a, b in ("()", "[]", "{}", "<>", "**"))
register("email", lambda: [(w, w) for w in (*sorted(word_set(_AT_WORDS)), *_BRACKETED, *_ENTITIES.split("|"))])
_JOINTS = {
    ".": "dot|punkt|punto|punct|pct|ponto|point|tochka|точка|тчк|дот|डॉट|डाट|बिंदु|dt|"
    "kropka|punt|nokta|tečka|tecka|bodka|"
    "pont|τελεία|teleia|крапка|tačka|tacka|točka|punktum|piste|taškas|punkts",
    "_": "underscore|unterstrich|underline|подчеркивание|нижнее подчеркивание|tiret bas|guion bajo|trattino basso|"
    "barra baixa|sublinhado|sottolineatura|linie jos|liniuta jos|अंडरस्कोर|podkreślnik|podkreslnik|podtržítko|podtrzitko|"
    "alulvonás|alt çizgi|understreck|understrek|liggend streepje|підкреслення|κάτω παύλα",
    "-": "minus|dash|hyphen|bindestrich|tiret|guion|trattino|cratima|liniuta|hifen|дефис|тире|"
    "myślnik|kreska|pomlčka|kötőjel|streepje|koppelteken|bindestrek|παύλα|crtica",
    "+": "plus",
}
_JOINT_OF = {folded(word): sign for sign, words in _JOINTS.items() for word in words.split("|")}
_SPOKEN = alternatives(*_JOINTS.values())
# Latin labels as other scripts spell them.
_SPELT = {
    "ru": "ру", "com": "ком|कॉम", "net": "нет|नेट", "org": "орг", "in": "इन", "gmail": "гмаил|гмейл|джимейл|жмейл|जीमेल",
    "mail": "маил|мейл|меил|मेल", "yandex": "яндекс", "rambler": "рамблер", "yahoo": "яху|याहू", "hotmail": "हॉटमेल",
}  # fmt: skip
_LABEL_OF = {folded(word): label for label, words in _SPELT.items() for word in words.split("|")}
_FOREIGN = rf"(?:{alternatives(*_SPELT.values())}){AFTER}"
_ENDS = "com|net|org|info|ro|md|ru|ua|es|mx|ar|pt|br|fr|de|at|ch|it|in|uk|eu|pl|nl|se|cz|sk|hu|gr|tr|bg|rs|hr|fi|dk"
# A joint is one token: `.` between letters, ` . `, ` dot `, `[dot]`, `( . )`, `-dot-`, ` .com`, `,com`.
_TOKEN = re.compile(
    rf"(?P<joint>\s?[(\[{{<]\s?(?:{_SPOKEN}|[.,_-])\s?[)\]}}>]\s?|\s(?:{_SPOKEN})\s|\s[._]\s|([_-])(?:{_SPOKEN})\2(?=[a-z0-9])"
    rf"|[._+%-](?=[a-z0-9])|(?:\s\.|,)(?=(?:{_ENDS}){AFTER})|&\#(?:0?46|x2e);|&period;)"
    rf"|(?P<label>[a-z0-9]+|{_FOREIGN})|(?P<gap>\s+)|(?P<other>.)",
    re.DOTALL,
)
# A first look: a label and what begins a joint. It spares most of the sentences with the word "at".
_DOMAIN = re.compile(
    rf"\s?(?:[a-z0-9-]{{1,63}}|{_FOREIGN})(?:\s[a-z0-9]){{0,30}}"
    rf"(?:\.(?=[a-z0-9])|\s?[(\[{{<]|\s[._]\s|\s(?:{_SPOKEN})\s|([_-])(?:{_SPOKEN})\1|\s\.[a-z]|,[a-z]|&)"
)
_OPENERS = "([{<*_~-"
_REACH = 110  # characters read on either side
MOST_PLACES = 10_000  # signs and words for "at" that are read in one text: bounds the time for hostile input
# Words before "at" that make a sentence of it, not an address.
_NOT_LOCAL_TEXT = (
    "me us look apply visit available contact call text now find online website site page is or and email "
    "mail here see you it out shop work working job jobs arrive open only live start stay meet book order "
    "more info reach write message available today located based hosted found shown read"
)
_NOT_LOCAL = frozenset(_NOT_LOCAL_TEXT.split())
# Of these the ones that are boxes of a firm: with brackets, or with a word for nothing but addresses and a spoken dot.
_BOXES = frozenset(("contact", "info", "mail", "email", "book", "order", "shop", "work", "job", "jobs"))
_PROVIDERS_TEXT = (
    "gmail googlemail yahoo ymail hotmail outlook live icloud gmx web proton protonmail mail yandex "
    "rambler ukr aol msn orange wanadoo free laposte libero virgilio sapo uol bol terra rediffmail "
    "t-online tutanota zoho inbox bk list freenet seznam wp onet"
)
_PROVIDERS = frozenset(_PROVIDERS_TEXT.split())
# "IG @quiet.corner": the name of a platform before "@" makes a user name of it.
_PLATFORMS_TEXT = (
    "ig insta instagram tg telegram snap snapchat fb facebook twitter x tiktok wechat vk viber skype line kik"
)
_PLATFORMS = frozenset(_PLATFORMS_TEXT.split())
# Letters of other scripts that look like Latin ones, in their folded form.
_LOOKS = str.maketrans("аеорсухіјѕкмтнвһԁԛԝοανικρτυχ", "aeopcyxijskmthbhdqwoavikptux")
_LOOKING = "".join(map(chr, _LOOKS))
_SINGLE = re.compile(
    rf"(?<![^\s])[{_LOOKING}](?=\s[a-z0-9](?![^\s]))|(?<=[a-z0-9]\s)[{_LOOKING}](?=\s[a-z0-9@](?![^\s]))"
)
_CHUNK = re.compile(r"\S+")
_LABEL = re.compile(rf"(?<![^\W_])[a-z0-9{_LOOKING}]+(?![^\W_])")
_ENDINGS = frozenset(["com", "net", "org", "info", "biz", "edu", "gov", "mobi", "online", "site"])
_FILES = frozenset(["png", "jpg", "jpeg", "gif", "webp", "svg", "css", "js"])


def find(text: Folded, context: Context) -> Iterator[Found]:
    """Return the addresses in lower case; `obscured` where one does not stand there character by character."""
    content, done = _latin(text.text, signed=text.notes.get("signed", False)), 0
    for place in _places(text):
        at = _AT.match(content, place) if place >= done else None
        if at is None:
            continue
        domain, end, domain_plain, spoken = _domain(content, at.end())
        if not domain:
            continue
        local, start, local_plain = _local(content, at.start(), max(done, at.start() - _REACH))
        if not local or not _believable(local, domain, at.group(), spoken) or _is_handle(content, at, local, domain):
            continue
        done = end
        plain = at.group() == "@" and domain_plain and local_plain
        yield _found(text, start, end, f"{local}@{domain}", plain, at.group())


def _latin(content: str, *, signed: bool) -> str:
    """Return the text with Latin letters for those that only look so, in labels of addresses that have some of either.

    As long as before, character by character. `signed` says of a part of a text that there is an "@" elsewhere.
    """
    if content.isascii() or not (signed or "@" in content):
        return content
    plain = _CHUNK.sub(lambda chunk: _LABEL.sub(_latin_label, chunk[0]) if "@" in chunk[0] else chunk[0], content)
    return _SINGLE.sub(lambda match: match[0].translate(_LOOKS), plain)


def _latin_label(label: re.Match[str]) -> str:
    plain = label[0].translate(_LOOKS)
    own = any("a" <= character <= "z" for character in label[0])
    return plain if own else label[0]


def _places(text: Folded) -> list[int]:
    """Return the first places where an "at" may begin, in order: at its sign or word, or at the bracket before."""
    content = text.text
    starts = [start for start, _, _ in hits(text, "email")]
    starts += [sign.start() for sign in islice(re.finditer("@", content), MOST_PLACES)]
    opened = [s - back for s in starts for back in (1, 2) if s >= back and content[s - back] in _OPENERS]
    return sorted({*starts, *opened})[:MOST_PLACES]


def _found(text: Folded, start: int, end: int, value: str, plain: bool, at: str) -> Found:
    first, last = text.span(start, end)
    raw = text.original[first:last]
    as_written = raw.lower() == value
    confidence = 95 if as_written else 85 if plain or not at.isalpha() else 75
    exact = value if raw.isascii() else with_accents(raw, value)
    return Found(first, last, exact, confidence=confidence, obscured=raw.lower() != exact)


def with_accents(raw: str, value: str) -> str:
    """Return the address with the accents that were written: `müller@` and `muller@` are two people.

    Where it was also disguised, so that letters cannot be told from the disguise, the folded address stays.
    """
    kept = [c for c in unicodedata.normalize("NFKC", raw).casefold() if unicodedata.category(c) not in ("Cf", "Me")]
    digits = (str(unicodedata.decimal(c, c)) for c in kept if c not in "\ufe0e\ufe0f")
    exact = unicodedata.normalize("NFC", "".join(digits))
    return exact if fold(exact).text == value else value


def _believable(local: str, domain: str, at: str, spoken: bool) -> bool:
    if at == "@":
        return True
    if local in _NOT_LOCAL:
        return local in _BOXES and (not at[0].isalpha() or (at in _SURE and spoken))
    # "at" is an ordinary word: it needs a spoken dot, or a domain where people have their mail.
    return not at[0].isalpha() or spoken or at in _SURE or domain.split(".")[0] in _PROVIDERS


def _is_handle(content: str, at: re.Match[str], local: str, domain: str) -> bool:
    """Whether "@" belongs to the user name that follows: a blank stands before it only, and no known ending after."""
    if at.group() != "@" or not content[at.start() - 1].isspace() or content[at.end()].isspace():
        return False
    last = domain.rpartition(".")[2]
    return local in _PLATFORMS or (len(last) > 2 and last not in _ENDINGS)


class _Tokens:
    """Tokens in the order of a walk, read only as far as they are asked for; ("", "") behind the last."""

    def __init__(self, matches: Iterable[re.Match[str]]) -> None:
        self._matches = iter(matches)
        self._read: list[tuple[str, str]] = []

    def __getitem__(self, i: int) -> tuple[str, str]:
        """Return the kind and the text of a token."""
        missing = i + 1 - len(self._read)
        if missing > 0:
            self._read += [(m.lastgroup or "", m.group()) for m in islice(self._matches, missing)]
        return self._read[i] if i < len(self._read) else ("", "")


def _sign(joint: str) -> str:
    """Return the character that a joint stands for."""
    bare = joint.strip(" \t\n\r()[]{}<>")
    bare = bare.strip("_-") if len(bare) > 1 else bare
    if bare in (",", "&#46;", "&#046;", "&#x2e;", "&period;"):
        return "."
    return _JOINT_OF.get(bare, bare if len(bare) == 1 else _JOINT_OF.get(re.sub(r"\s+", " ", bare), "."))


def _walk(tokens: _Tokens, joints: str) -> tuple[list[str], int, bool, bool]:
    """Return labels and joints as far as they alternate, the characters used, whether plain, whether spoken."""
    i = 1 if tokens[0][0] == "gap" else 0
    used = size = len(tokens[0][1]) if i else 0
    parts: list[str] = []
    plain, spoken = i == 0, False
    while tokens[i][0] == "label":
        label, i, size, single = _label(tokens, i, size)
        parts.append(label)
        used, plain = size, plain and single
        kind, joint = tokens[i]
        if kind != "joint" or _sign(joint) not in joints or not _may_join(joint, parts):
            break
        parts.append(_sign(joint))
        plain, spoken = plain and len(joint) == 1, spoken or len(joint) > 3
        size, i = size + len(joint), i + 1
    return (parts if len(parts) % 2 else parts[:-1]), used, plain, spoken


def _may_join(joint: str, parts: list[str]) -> bool:
    """Whether the joint goes on: ` .com` after one label only, `,com` only after a provider of mail."""
    if joint == ",":
        return len(parts) == 1 and parts[0] in _PROVIDERS
    return joint[-1] != "." or not joint[0].isspace() or "." not in parts


def _label(tokens: _Tokens, i: int, size: int) -> tuple[str, int, int, bool]:
    """Return a label, the next token and the characters so far; single letters parted by a blank are one label."""
    written = tokens[i][1]
    letters, size, j = [_LABEL_OF.get(written, written)], size + len(written), i + 1
    while len(letters[-1]) == 1 and tokens[j][1] == " " and tokens[j + 1][0] == "label" and len(tokens[j + 1][1]) == 1:
        letters.append(tokens[j + 1][1])
        size, j = size + 2, j + 2
    return "\0".join(letters), j, size, j == i + 1


def _domain(content: str, start: int) -> tuple[str, int, bool, bool]:
    """Return the domain that follows, its end, whether it is written plainly, and whether a dot is spoken."""
    if not _DOMAIN.match(content, start):
        return "", 0, False, False
    parts, used, plain, spoken = _walk(_Tokens(_TOKEN.finditer(content[start : start + _REACH])), ".-")
    name = "".join(parts).replace("\0", "")
    last = name.rpartition(".")[2]
    if "." not in name or not 2 <= len(last) <= 24 or not last.isalpha() or last in _FILES:
        return "", 0, False, False
    return name, start + used, plain, spoken


def _local(content: str, end: int, limit: int) -> tuple[str, int, bool]:
    """Return the part before the "at", its start, and whether it stands there plainly."""
    parts, used, plain, _ = _walk(_Tokens(reversed(list(_TOKEN.finditer(content[limit:end])))), "._-+%")
    name = "".join(
        part.replace("\0", "") if len(part) == 1 else "".join(part.split("\0")[::-1]) for part in parts[::-1]
    )
    return (name, end - used, plain) if len(name) <= 64 else ("", end, False)


EMAIL = Extractor(
    "email",
    kind="email",
    version=5,
    find=find,
    examples=(
        ("Write to Ana.Pop@Example.com, thanks", ("ana.pop@example.com",)),
        ("ana punct pop arond example punct ro", ("ana.pop@example.ro",)),
        ("ana (at) example [dot] org", ("ana@example.org",)),
        ("ana arroba example punto es", ("ana@example.es",)),
        ("m a x at gmx punkt d e bitte", ("max@gmx.de",)),
        ("анна собака example точка ru", ()),  # the local part is not Latin: nothing is guessed
        ("anna собака example точка ru", ("anna@example.ru",)),
        ("anna chiocciola example punto it", ("anna@example.it",)),
        ("anna एट example डॉट in", ("anna@example.in",)),
        ("anna arobase example point fr", ("anna@example.fr",)),
        ("max at gmx, we work at example dot com, an order at example.com", ()),
        ("contact arobase example point org, info [ät] example [punkt] de", ("contact@example.org", "info@example.de")),
        ("Look at example.com or meet me at the station. Now.", ()),
        ("ａｎａ＠example．com", ("ana@example.com",)),
        ("ana-at-example-dot-com; ana_at_example_dot_ro", ("ana@example.com", "ana@example.ro")),
        (
            "ana&#64;example&#46;com ana@gmail,com ana@ example .fr",
            ("ana@example.com", "ana@gmail.com", "ana@example.fr"),
        ),
        ("ana собачка gmail точка ком, ana एट जीमेल डॉट कॉम", ("ana@gmail.com", "ana@gmail.com")),
        ("аnа@ехаmple.com", ("ana@example.com",)),  # Cyrillic letters among the Latin ones
        (
            "IG @quiet.corner, tg @casa.ro, venez chez ana point de vente, ana@example.com,de la 10",
            ("ana@example.com",),
        ),
        ("müller@example.de, muller@example.de", ("müller@example.de", "muller@example.de")),
        ("m i c h e l l e underscore r a m i r e z at the rate gmail dot com", ("michelle_ramirez@gmail.com",)),
    ),
)
