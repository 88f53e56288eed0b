"""Links and domains, also without a scheme or with a spoken dot; the value is what two spellings have in common."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from felinar.extract.contract import Context, Extractor, Found
from felinar.extract.signs import hits, register
from felinar.kernels.fold import Folded

_GENERIC = (
    "com net org info biz online site shop store app dev club xyz top pro live life world space website tech agency"
    " jobs work careers company services group team center email link click page me tv cc io co ai gg ly"
)
_COUNTRIES = (
    "ad ae al am ar at au az ba be bg br by ca ch cl cn co cy cz de dk ee es eu fi fr ge gr hk hr hu ie "
    "il in is it jp"
    " ke kr kz li lt lu lv ma md me mk mt mx my ng nl no nz pe ph pk pl pt ro rs ru se sg si sk th tr tw "
    "ua uk us uz vn za"
    " xn--p1ai su"
)
_ENDINGS = frozenset(f"{_GENERIC} {_COUNTRIES}".split())
# Endings that are words too: after a full stop without a blank they are more often the next sentence.
_ALSO_WORDS = (
    "by in it is me at be no am as us my do la de es so to li al il ma se si co work jobs live top pro "
    "app page team group center link click life world space store shop online site club company services "
    "email info am ad "
)
_WORDS = frozenset(_ALSO_WORDS.split())
_LABELS = r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,5}"
_PLAIN = re.compile(
    rf"(?P<scheme>https?://|hxxps?://|www\.)[^\s<>\"'`{{}}|\\^]{{3,2000}}"
    rf"|(?<![\w@./-])(?<![0-9]:){_LABELS}(?P<end>[a-z][a-z0-9-]{{1,17}})(?![\w@-])(?P<path>(?::\d{{2,5}})?[/?#][^\s<>\"'`{{}}|\\^]{{0,2000}})?"
)
_DOT_WORDS = "dot|(dot)|[dot]|(.)|[.]|( . )|[ . ]|( dot )|punct|punkt|punto|ponto|point|точка"
_SPOKEN_DOT = (
    r"\s?(?:[(\[{]\s?(?:dot|\.|punct|punkt|punto|ponto|point|точка)\s?[)\]}]"
    r"|\s(?:dot|punct|punkt|punto|ponto|точка)\s)\s?"
)
_SPOKEN_END = r"(com|net|org|info|ro|ru|de|fr|es|it|pt|in|uk|eu|md|ua|co\.uk)(?![\w])"
_SPOKEN = re.compile(
    rf"(?<![\w@.-])((?:[a-z0-9][a-z0-9-]{{0,62}}{_SPOKEN_DOT}){{0,2}}[a-z0-9][a-z0-9-]{{1,62}}){_SPOKEN_DOT}"
    rf"{_SPOKEN_END}"
)
_LAST_DOT = re.compile(_SPOKEN_DOT + _SPOKEN_END)  # each spoken domain ends so
# Without a dot before a letter, or the sign of a scheme, there is no link; only what stands around one is read.
_DOT = re.compile(r"[.:](?=[^\W\d_]|/)(?<=[a-z0-9].)")
register("url", lambda: [(word, word) for word in _DOT_WORDS.split("|")])
_TRACKING = re.compile(r"^(?:utm_\w+|fbclid|gclid|yclid|igshid|igsh|mc_cid|mc_eid|ref|ref_src|si)=", re.IGNORECASE)
_END = ".,;:!?)]}>*_~'\"…»”’"


def find(text: Folded, context: Context) -> Iterator[Found]:
    """Return links without scheme, `www.`, tracking parameters and punctuation at the end; the host in lower case."""
    content = text.text
    done = 0
    for dot in _DOT.finditer(content):
        if dot.start() < done:
            continue
        start = max(content.rfind(" ", done, dot.start()), content.rfind("\n", done, dot.start()), done - 1) + 1
        space = content.find(" ", dot.start())
        done = space if space >= 0 else len(content)
        for match in _PLAIN.finditer(content, start, done):
            yield from _plain(text, match)
    if context.field != "url" and hits(text, "url"):
        yield from spoken(text, context)


def spoken(text: Folded, context: Context) -> Iterator[Found]:
    """Return the domains that are written with a word for the dot, or with the dot in brackets."""
    for match in _SPOKEN.finditer(text.text):
        start, end = text.span(*match.span())
        host = re.sub(_SPOKEN_DOT, ".", match[1])
        yield Found(start, end, normal_form(f"{host}.{match[2]}"), confidence=70, obscured=True)


def _plain(text: Folded, match: re.Match[str]) -> Iterator[Found]:
    start, end = match.span()
    trimmed = text.text[start:end].rstrip(_END)
    if match["scheme"] is None and not _is_domain(match, text):
        return
    if len(trimmed) <= len(match["scheme"] or ""):
        return
    first, last = text.span(start, start + len(trimmed))
    value = value_of(text.original[first:last] if text.is_identity else "", trimmed)
    if "." not in value:
        return
    sure = match["scheme"] is not None or match["path"] or match["end"] not in _WORDS
    yield Found(first, last, value, display=text.original[first:last], confidence=95 if sure else 45)


def _is_domain(match: re.Match[str], text: Folded) -> bool:
    ending = match["end"]
    if ending not in _ENDINGS:
        return False
    # "Call now.It is": the next sentence begins with a capital.
    first = text.original[text.starts[match.start("end")]]
    return not (ending in _WORDS and first.isupper() and not match["path"])


def value_of(written: str, trimmed: str) -> str:
    """Return the form of a link: of what is written where a text folds one to one, else of the folded characters."""
    return normal_form(unicodedata.normalize("NFKC", written) or trimmed)  # full-width letters; accents stay


def normal_form(link: str) -> str:
    """Return the link as it is compared: host in lower case, no scheme, `www.`, tracking, fragment or last slash."""
    bare = re.sub(r"^(?:h(?:tt|xx)ps?://)?(?:www\.)?", "", link, flags=re.IGNORECASE)
    bare = bare.partition("#")[0]
    address, _, query = bare.partition("?")
    host, slash, path = address.partition("/")
    kept = [p for p in query.split("&") if p and not _TRACKING.match(p)]
    host = host.rpartition("@")[2].lower().removesuffix(":80").removesuffix(":443")
    return (host + slash + path).rstrip("/") + ("?" + "&".join(kept) if kept else "")


URL = Extractor(
    "url",
    kind="url",
    version=3,
    find=find,
    examples=(
        ("See https://www.Example.com/Jobs/?utm_source=x&id=7.", ("example.com/Jobs?id=7",)),
        ("our site green-bridge.ro, open daily", ("green-bridge.ro",)),
        ("(www.example.org/)", ("example.org",)),
        ("green-bridge [dot] com", ("green-bridge.com",)),
        (
            "site:example.ro ｗｗｗ．ｅｘａｍｐｌｅ．ｃｏｍ example[.]co[.]uk",
            ("example.ro", "example.com", "example.co.uk"),
        ),
        ("Call now.It is open.We are here e.g. at 5.30 p.m.", ()),
        ("write to ana@example.com", ()),
        ("version 2.10.3 of file.docx", ()),
    ),
)
